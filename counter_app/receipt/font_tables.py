"""Which characters a font file draws, from its tables alone; glyphs are not read."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from counter_app.errors import CounterError, FailureCode

_UNICODE = ((3, 10), (0, 4))
"""Platform and encoding of the map from every Unicode code point."""

Tables = dict[bytes, bytes]


@dataclass(frozen=True, slots=True)
class _Group:
    """A stretch of characters whose glyphs follow one another."""

    first: int
    last: int
    glyph: int


def spans_of(path: Path) -> tuple[tuple[int, int], ...]:
    """Return the stretches of characters that have a glyph with an outline.

    Raises:
        CounterError: FONT_MISSING: no TrueType font that can be read.

    Source: OpenType 1.9, tables cmap (format 12), head, loca.
    """
    try:
        tables = _tables(path)
        places = _places(tables)
        groups = _groups(tables[b"cmap"])
        return tuple(span for group in groups for span in _drawn(group, places))
    except (OSError, struct.error, KeyError, IndexError) as error:
        raise CounterError(FailureCode.FONT_MISSING, font=path.name) from error


def _tables(path: Path) -> Tables:
    with path.open("rb") as file:
        (count,) = struct.unpack(">4xH6x", file.read(12))
        entries = [struct.unpack(">4s4xLL", file.read(16)) for _ in range(count)]
        found: Tables = {}
        for tag, start, length in entries:
            if tag in {b"cmap", b"head", b"loca"}:
                file.seek(start)
                found[tag] = file.read(length)
    return found


def _places(tables: Tables) -> tuple[int, ...]:
    """Return where each glyph begins; one that ends where it begins has no outline."""
    is_long = struct.unpack_from(">h", tables[b"head"], 50)[0] == 1
    raw = tables[b"loca"]
    return struct.unpack(f">{len(raw) // 4}L" if is_long else f">{len(raw) // 2}H", raw)


def _groups(cmap: bytes) -> Iterator[_Group]:
    start = _subtable(cmap)
    count: int = struct.unpack_from(">L", cmap, start + 12)[0]
    for place in range(count):
        yield _Group(*struct.unpack_from(">LLL", cmap, start + 16 + 12 * place))


def _subtable(cmap: bytes) -> int:
    (count,) = struct.unpack_from(">2xH", cmap)
    starts: dict[tuple[int, int], int] = {}
    for place in range(count):
        platform, encoding, start = struct.unpack_from(">HHL", cmap, 4 + 8 * place)
        starts[platform, encoding] = start
    return next(starts[kind] for kind in _UNICODE if kind in starts)


def _drawn(group: _Group, places: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield a group without its blank glyphs."""
    first = group.first
    for point in range(group.first, group.last + 1):
        glyph = group.glyph + point - group.first
        if glyph == 0 or places[glyph] == places[glyph + 1]:
            if first < point:
                yield first, point - 1
            first = point + 1
    if first <= group.last:
        yield first, group.last
