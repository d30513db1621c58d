"""The text of a letter as it was meant: lines that only the paper's edge cut are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.capture import values
from counter_app.capture.text_engine import ReadLine

FULL_WIDTH = 0.8
"""A line this wide, against the text block, is part of a paragraph."""
EDGE_MARKS = 2.6
"""A line that ends so many characters before the block's edge goes on in the next."""
NEXT_ROW = 3.0
"""The next line of a paragraph begins at most so many line heights lower."""


@dataclass(frozen=True, slots=True)
class LetterText:
    """The letter's text without blanks, and which line each character came from.

    A line feed stands where a line was ended on purpose.
    """

    text: str
    owners: tuple[int, ...]
    lines: tuple[ReadLine, ...]

    def line_at(self, place: int) -> ReadLine:
        """Return the line that holds the character at `place`."""
        return self.lines[self.owners[min(place, len(self.owners) - 1)]]


def joined(lines: Sequence[ReadLine]) -> LetterText:
    """Join the lines."""
    parts, owners = [], []
    left = min((line.box.left for line in lines), default=0.0)
    right = max((line.box.right for line in lines), default=0.0)
    for number, line in enumerate(lines):
        goes_on = number + 1 < len(lines) and _goes_on(line, lines[number + 1], left, right)
        part = values.plain(line.text) + ("" if goes_on else "\n")
        parts.append(part)
        owners += [number] * len(part)
    return LetterText("".join(parts), tuple(owners), tuple(lines))


def _goes_on(line: ReadLine, following: ReadLine, left: float, right: float) -> bool:
    high = max(1.0, line.box.height)
    is_wide = line.box.width >= FULL_WIDTH * (right - left)
    is_at_edge = right - line.box.right <= EDGE_MARKS * high
    starts_left = following.box.left - left <= EDGE_MARKS * high
    is_below = 0 < following.box.top - line.box.top <= NEXT_ROW * high
    return is_wide and is_at_edge and starts_left and is_below
