"""Which characters can be printed: a value made from the fonts, asked by the rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

SHAPELESS = (
    (0x0000, 0x001F),
    (0x007F, 0x009F),
    (0xD800, 0xF8FF),  # half characters and private use
    (0xFFFD, 0xFFFF),  # the mark of a lost character
    (0xF0000, 0x10FFFF),  # private use
)
"""Code points that stand for no character of their own, whatever a font draws for them."""

BLANKS = " \u3000"
"""What prints as nothing and is meant to."""

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The characters that fonts draw.

    Attributes:
        spans: First and last code point of each stretch, in order, none touching another.
    """

    spans: Spans

    def missing(self, text: str) -> tuple[str, ...]:
        """List the characters of a text that cannot be printed, in order, each once."""
        return tuple(dict.fromkeys(char for char in text if not self.has(ord(char))))

    def has(self, point: int) -> bool:
        """Say whether a code point prints as what it is."""
        if chr(point) in BLANKS:
            return True
        return not is_shapeless(point) and _is_in(self.spans, point)


def is_shapeless(point: int) -> bool:
    """Say whether a code point has no shape of its own, whatever a font draws for it."""
    return _is_in(SHAPELESS, point)


def covering(stretches: Iterable[tuple[int, int]]) -> Coverage:
    """Return the coverage of stretches that may overlap and come in any order."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return Coverage(tuple(joined))


def code_point(character: str) -> str:
    """Write a character's code point as people look it up: U+2EBF0."""
    return f"U+{ord(character):04X}"


def character_of(point: str) -> str:
    """Return the character of a code point as `code_point` writes it."""
    return chr(int(point.removeprefix("U+"), 16))


def _is_in(spans: Spans, point: int) -> bool:
    place = bisect_right(spans, (point, 0x110000)) - 1
    return place >= 0 and point <= spans[place][1]


STANDARD = Coverage(
    (
        (0x0020, 0xD7FF),
        (0xF900, 0xFFFC),
        (0x10000, 0x1FFFF),
        (0x20000, 0x2A6DF),  # ideographs of extension B
        (0x2A700, 0x2B739),  # C
        (0x2B740, 0x2B81D),  # D
        (0x2B820, 0x2CEA1),  # E
        (0x2CEB0, 0x2EBE0),  # F
    )
)
"""What is taken for printable where no fonts were asked: all but ideographs of later extensions."""
