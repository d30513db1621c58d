"""Data objects as chips write them: tag, length, value.

Source: ISO/IEC 8825-1 (definite lengths only), ISO/IEC 7816-4 section 5.2.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from counter_app.errors import CounterError, FailureCode

MOST_OBJECTS = 4096
MOST_TAG_BYTES = 4
MOST_LENGTH_BYTES = 3


@dataclass(frozen=True, slots=True)
class Tlv:
    """One data object; `tag` holds all its bytes, for example 0x5F1F."""

    tag: int
    value: bytes = field(repr=False)


def _broken(fact: str) -> CounterError:
    return CounterError(FailureCode.CARD_PROTOCOL, tlv=fact)


def header(data: bytes, start: int = 0) -> tuple[int, int, int]:
    """Read the tag and length of the data object at `start`.

    Returns:
        The tag, where its value begins, and the length of the value (which may lie outside).

    Raises:
        CounterError: CARD_PROTOCOL, the tag or length is cut off or of an unknown form.
    """
    tag, place = _tag(data, start)
    if place >= len(data):
        raise _broken("no length")
    first = data[place]
    if first < 0x80:
        return tag, place + 1, first
    count = first & 0x7F
    if not 1 <= count <= MOST_LENGTH_BYTES or place + 1 + count > len(data):
        raise _broken("bad length")
    return tag, place + 1 + count, int.from_bytes(data[place + 1 : place + 1 + count], "big")


def _tag(data: bytes, start: int) -> tuple[int, int]:
    if start >= len(data):
        raise _broken("no tag")
    if data[start] & 0x1F != 0x1F:
        return data[start], start + 1
    for place in range(start + 1, start + MOST_TAG_BYTES):
        if place < len(data) and not data[place] & 0x80:
            return int.from_bytes(data[start : place + 1], "big"), place + 1
    raise _broken("bad tag")


def objects(data: bytes) -> Iterator[Tlv]:
    """Yield the data objects that follow each other, skipping the fillers 00 and FF between them.

    Raises:
        CounterError: CARD_PROTOCOL, a length goes past the end or there are too many objects.
    """
    place = 0
    for _ in range(MOST_OBJECTS):
        while place < len(data) and data[place] in (0x00, 0xFF):
            place += 1
        if place >= len(data):
            return
        tag, begin, length = header(data, place)
        if begin + length > len(data):
            raise _broken("length past the end")
        place = begin + length
        yield Tlv(tag, data[begin:place])
    raise _broken("too many objects")


def leaves(data: bytes, templates: Collection[int]) -> Iterator[Tlv]:
    """Yield the whole data objects of a record, also of one that is cut off.

    Args:
        data: May hold fillers, nothing, or an end that makes no sense, which is left out.
        templates: Tags whose content is yielded instead, as far as it goes.
    """
    place = 0
    for _ in range(MOST_OBJECTS):
        while place < len(data) and data[place] in (0x00, 0xFF):
            place += 1
        try:
            tag, begin, length = header(data, place)
        except CounterError:
            return
        place = begin + length
        if tag in templates:
            yield from leaves(data[begin:place], frozenset(templates) - {tag})
        elif place <= len(data):
            yield Tlv(tag, data[begin:place])


def find(data: bytes, *path: int) -> bytes | None:
    """Return the value of the first data object on a path of tags, or None.

    Raises:
        CounterError: CARD_PROTOCOL.
    """
    value: bytes | None = data
    for tag in path:
        if value is None:
            return None
        value = next((item.value for item in objects(value) if item.tag == tag), None)
    return value


def need(data: bytes, *path: int) -> bytes:
    """Return what `find` returns.

    Raises:
        CounterError: CARD_PROTOCOL, also when there is no such object.
    """
    value = find(data, *path)
    if value is None:
        raise CounterError(FailureCode.CARD_PROTOCOL, tlv="missing", tag=f"{path[-1]:X}")
    return value


def encode(tag: int, value: bytes) -> bytes:
    """Return the data object with the shortest length."""
    size = len(value)
    if size < 0x80:
        length = bytes([size])
    else:
        digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
        length = bytes([0x80 | len(digits)]) + digits
    return tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big") + length + value
