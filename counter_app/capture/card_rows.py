"""The rows of print on the front of a resident card, measured from its number.

Positions are in widths of the number's 18 characters, from the number's left end: `u` along the
row, `v` down the card, so that a turned or larger card has the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from counter_app.capture import values
from counter_app.capture.text_engine import ReadLine
from counter_app.domain.reading import Box, box_around, weakest

TOP, BOTTOM = -1.02, -0.045
LEFT, RIGHT = -0.62, 0.70
"""The print beside the portrait lies within these bounds."""

SAME_ROW = 0.045
LABEL_ENDS = -0.245
"""Labels stand to the left of this, values begin to the right of it or at it."""
SURELY_LABEL = -0.33

MAX_LEAN_DEGREES = 9.0
MAX_HEIGHT = 1.6
"""Against the number's height."""

BETWEEN, AFTER_LAST = 1.45, 1.2
"""From the middle of a character to that of the next, and to the line's end, in heights of the
line; a line's box is a third higher than its print."""

BIRTH_AT, BIRTH_REACH = -0.463, 0.17
_BIRTH = re.compile(r"(?:19|20)\d{2}[年]?\d{1,2}[月]?\d{1,2}")
_SEX = re.compile(r"[男女]|民族|性别")


@dataclass(frozen=True, slots=True)
class Mark:
    """One character: what was read, how surely, and where it stands."""

    text: str = field(repr=False)
    confidence: float
    u: float
    line: ReadLine
    column: float


@dataclass(frozen=True, slots=True)
class Row:
    """Characters of one row from left to right."""

    v: float
    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        """The characters without blanks."""
        return "".join(mark.text for mark in self.marks)

    def part(self, start: int, end: int) -> Row:
        """Return some of the characters."""
        return Row(self.v, self.marks[start:end])

    def confidence(self) -> float:
        """Return the confidence of the least certain character."""
        return weakest(mark.confidence for mark in self.marks)

    def unlabelled(self, label: str) -> Row:
        """Return the row without the label it begins with.

        Args:
            label: The label's characters; each is dropped only where labels stand. What stands
                there by itself is a label, however it was read.
        """
        ends = {id(mark.line): mark.u for mark in self.marks}

        def is_label(mark: Mark) -> bool:
            is_named = mark.text in label and mark.u < LABEL_ENDS
            stands_alone = ends[id(mark.line)] < LABEL_ENDS
            return is_named or stands_alone or mark.u < SURELY_LABEL

        start = 0
        while start < len(self.marks) and is_label(self.marks[start]):
            start += 1
        return self.part(start, len(self.marks))

    def lines(self) -> int:
        """Return in how many pieces the row was read."""
        return len({id(mark.line) for mark in self.marks})

    def box(self) -> Box | None:
        """Return the rectangle around the characters, or None of none."""
        return around_marks(self.marks)


@dataclass(frozen=True, slots=True)
class CardRows:
    """The rows by what they hold; a row that was not found is None."""

    name: Row | None
    sex: Row | None
    birth: Row | None
    address: tuple[Row, ...]


def around_marks(marks: Sequence[Mark]) -> Box | None:
    """Return the upright rectangle around characters, or None of none."""
    return box_around(_cell(mark) for mark in marks)


def _cell(mark: Mark) -> Box:
    box = mark.line.box
    half = 0.55 * min(box.height, box.width)
    middle = box.left + mark.column * box.width
    return Box(middle - half, box.top, middle + half, box.bottom)


def has_gap(row: Row) -> bool:
    """Say whether there is room for a character between two that were read, or after the last.

    A character that the recogniser does not know is often left out, all others read clearly.
    """
    for mark, following in zip(row.marks, [*row.marks[1:], None], strict=True):
        box, following_column = mark.line.box, 1.0
        room = AFTER_LAST
        if following is not None and following.line is mark.line:
            following_column, room = following.column, BETWEEN
        elif following is not None:
            continue
        if (following_column - mark.column) * box.width > room * box.height:
            return True
    return False


def row_of(lines: Sequence[ReadLine]) -> Row | None:
    """Return lines known to stand side by side as one row without labels, or None of none."""
    marks = tuple(
        Mark(values.plain(text), confidence, 0.0, line, column)
        for line in sorted(lines, key=lambda each: each.box.left)
        for text, confidence, column in zip(line.text, line.confidences, line.columns, strict=True)
        if text.strip()
    )
    return Row(0.0, marks) if marks else None


def card_rows(lines: Iterable[ReadLine], number: ReadLine) -> CardRows:
    """Sort what stands above the number into the rows of a card.

    Args:
        lines: Everything read on the page, stamps left out.
        number: The line that ends in the 18 characters of the number.
    """
    print_of_card = [line for line in lines if line is not number and _is_print(line, number)]
    rows = _rows(_marks(print_of_card, _measure(number)))
    birth = _birth_row(rows)
    if birth is None:
        return CardRows(None, None, None, ())
    above, below = rows[:birth], tuple(rows[birth + 1 :])
    sex = next((n for n in reversed(range(len(above))) if _SEX.search(above[n].text)), None)
    names = above[:sex] if sex is not None else above
    return CardRows(
        names[-1] if names else None,
        above[sex] if sex is not None else None,
        rows[birth],
        below,
    )


def _is_print(line: ReadLine, number: ReadLine) -> bool:
    """Say whether a line is as high and as level as the card's print; stamps often are not."""
    (high, lean), (usual, level) = _height_and_angle(line), _height_and_angle(number)
    is_level = abs((lean - level + 180) % 360 - 180) < MAX_LEAN_DEGREES or len(line.text) < 3
    return is_level and high < MAX_HEIGHT * usual


def _height_and_angle(line: ReadLine) -> tuple[float, float]:
    corners = line.place.corners
    along = corners[1] - corners[0]
    angle = float(np.degrees(np.arctan2(along[1], along[0])))
    return float(np.linalg.norm(corners[3] - corners[0])), angle


def _measure(number: ReadLine) -> Callable[[float, float], tuple[float, float]]:
    """Return the map from pixels to `u` and `v`."""
    corners = number.place.corners.astype(np.float64)
    left, right = (corners[0] + corners[3]) / 2, (corners[1] + corners[2]) / 2
    share = min(1.0, 18 / max(1, len(values.plain(number.text))))
    along = (right - left) * share
    start, unit = right - along, along / float(along @ along)

    def measured(x: float, y: float) -> tuple[float, float]:
        dx, dy = x - start[0], y - start[1]
        return dx * unit[0] + dy * unit[1], dy * unit[0] - dx * unit[1]

    return measured


def _marks(
    lines: Iterable[ReadLine],
    measured: Callable[[float, float], tuple[float, float]],
) -> list[tuple[float, Mark]]:
    found = []
    for line in lines:
        corners = line.place.corners
        left, right = (corners[0] + corners[3]) / 2, (corners[1] + corners[2]) / 2
        for text, confidence, column in zip(line.text, line.confidences, line.columns, strict=True):
            x, y = left + (right - left) * column
            u, v = measured(float(x), float(y))
            if text.strip() and TOP < v < BOTTOM and LEFT < u < RIGHT:
                found.append((v, Mark(values.plain(text), confidence, u, line, column)))
    return found


def _rows(marks: list[tuple[float, Mark]]) -> list[Row]:
    """Put whole lines into rows, top to bottom."""
    by_line: dict[int, list[tuple[float, Mark]]] = {}
    for v, mark in marks:
        by_line.setdefault(id(mark.line), []).append((v, mark))
    lines = [
        (float(np.mean([v for v, _ in line])), [mark for _, mark in line])
        for line in by_line.values()
    ]
    rows: list[tuple[float, list[Mark]]] = []
    for v, some in sorted(lines, key=lambda line: line[0]):
        if rows and v - rows[-1][0] < SAME_ROW:
            rows[-1][1].extend(some)
        else:
            rows.append((v, list(some)))
    return [Row(v, tuple(sorted(some, key=lambda mark: mark.u))) for v, some in rows]


def _birth_row(rows: Sequence[Row]) -> int | None:
    """Return the place of the row that holds a date; its usual place decides between several."""
    near = [n for n, row in enumerate(rows) if abs(row.v - BIRTH_AT) < BIRTH_REACH]
    dated = [n for n in near if _BIRTH.search(rows[n].text)]
    named = [n for n in near if re.search(r"出生|\d年|年\d|\d月", rows[n].text)]
    return min(dated or named, key=lambda n: abs(rows[n].v - BIRTH_AT), default=None)
