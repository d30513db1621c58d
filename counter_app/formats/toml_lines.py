"""Where in a TOML text a key stands, so that an error can name the line."""

from __future__ import annotations

import re

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*([A-Za-z0-9_\-."']+)\s*=""")

Place = tuple[str | int, ...]


def line_of(text: str, place: Place) -> int:
    """Return the line (from 1) where a key stands, or where the nearest part above it does.

    Args:
        text: The whole file.
        place: Keys and array indices from the top, for example ("visit", "documents", 0, "type").
    """
    lines = _lines_by_place(text)
    for length in range(len(place), 0, -1):
        found = lines.get(place[:length])
        if found is not None:
            return _line_inside(text, found, place[length:])
    return 1


def _lines_by_place(text: str) -> dict[Place, int]:
    places: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header is not None:
            table = _table(header.group(2), counts, is_array=header.group(1) == "[[")
            places.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key is not None:
            places.setdefault((*table, *_parts(key.group(1))), number)
    return places


def _table(name: str, counts: dict[Place, int], *, is_array: bool) -> Place:
    place: Place = ()
    parts = _parts(name)
    for index, part in enumerate(parts):
        place = (*place, part)
        is_last = index == len(parts) - 1
        if is_last and is_array:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place


def _parts(dotted: str) -> tuple[str, ...]:
    found: list[str] = re.findall(r'"[^"]*"|\'[^\']*\'|[^.\s]+', dotted)
    return tuple(part.strip("\"'") for part in found)


def _line_inside(text: str, start: int, rest: Place) -> int:
    """Look for the last named key of an inline value below the line where the value begins."""
    keys = [part for part in rest if isinstance(part, str)]
    if not keys:
        return start
    pattern = re.compile(rf"""(?<![\w-])["']?{re.escape(keys[-1])}["']?\s*=""")
    for number, line in enumerate(text.splitlines()[start - 1 :], start=start):
        if number > start and (_HEADER.match(line) or _KEY.match(line)):
            break
        if pattern.search(line):
            return number
    return start
