"""The text of a letter as it was meant: lines that only the paper's edge cut are one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.capture import values
from counter_app.capture.text_engine import ReadLine

FULL_WIDTH = 0.8
"""A line this wide, against the text block, is part of a paragraph."""
EDGE_MARKS = 2.6
"""A line that ends so many characters before the block's edge goes on in the next."""
CUT_WIDTH = 0.5
"""A line this wide may have been cut in the middle of a number; people do not always fill rows."""
PEOPLES = frozenset({11, 18})
COMPLETE = frozenset({*PEOPLES, 15})
"""Phone, identity and merchant numbers of these lengths are whole."""
NEXT_ROW = 3.0
"""The next line of a paragraph begins at most so many line heights lower."""


_FIGURES = "0-9Xx十" + "".join(values.DIGITS)


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
    starts_left = following.box.left - left <= EDGE_MARKS * high
    is_below = 0 < following.box.top - line.box.top <= NEXT_ROW * high
    if not (starts_left and is_below):
        return False
    begun = _begun(line.text, following.text)
    if begun is not None and not begun:
        return False
    is_wide = line.box.width >= FULL_WIDTH * (right - left)
    is_at_edge = right - line.box.right <= EDGE_MARKS * high
    is_cut = line.box.width >= CUT_WIDTH * (right - left) and bool(begun)
    return (is_wide and is_at_edge) or is_cut


def _begun(line: str, following: str) -> bool | None:
    """Say whether a number or a day was begun on one line and ended on the next.

    Returns:
        None where no figures meet.
    """
    end, start = values.plain(line), values.plain(following)
    run = re.search(rf"[{_FIGURES}]*[年月./-]?$", end)
    goes_on = re.match(rf"[{_FIGURES}]+|[年月日./-]", start)
    if run is None or goes_on is None or not run.group():
        return None
    whole = len(run.group()) + len(goes_on.group())
    return whole in PEOPLES or len(run.group()) not in COMPLETE
