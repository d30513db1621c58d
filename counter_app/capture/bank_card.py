"""Reads the number of a bank card, only to compare it with what is on record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from counter_app.capture import values
from counter_app.capture.fields import checked, from_parts, least_sure, proposed
from counter_app.capture.text_engine import ReadLine
from counter_app.capture.upright import UprightPage
from counter_app.domain.bank_account import passes_luhn
from counter_app.domain.reading import (
    DocumentKind,
    FieldName,
    FieldRead,
    Notice,
    Reading,
)

_GROUP = re.compile(r"[0-9OoIlSBZ]{3,4}")
FULL_GROUP = 4
FEWEST_GROUPS = 4
ALIGNED = 0.25
"""Two groups stand below each other when their left ends differ by less than this, in widths."""
FARTHEST_ROW = 2.6
"""The next group's top lies at most this far down, in heights."""
_EXPIRY = re.compile(r"(?<!\d)(0[1-9]|1[0-2])/(\d{2})(?!\d)")


def read_bank_card(page: UprightPage) -> Reading:
    """Read number and expiry; the number is sure only when its last digit checks (Luhn)."""
    fields = [field for field in (_number(page.lines), _expiry(page.lines)) if field is not None]
    return Reading(
        DocumentKind.BANK_CARD,
        tuple(fields),
        notices=page.notices() if fields else (*page.notices(), Notice.NOTHING_READ),
        lines=tuple(line.as_text_line() for line in page.lines),
    )


def _number(lines: tuple[ReadLine, ...]) -> FieldRead | None:
    candidates = []
    for row in (*_rows(lines), *_stacks(lines)):
        text = "".join(values.plain(line.text) for line in row)
        if re.search(r"[\u4e00-\u9fff]{2}", text):
            continue
        number = values.digits(re.sub(r"[^0-9OoIlSBZ]", "", text))
        if 13 <= len(number) <= 19 and len(number) >= 0.8 * len(text):
            candidates.append((number, row))
    if not candidates:
        return None
    number, row = max(candidates, key=lambda each: (passes_luhn(each[0]), len(each[0])))
    doubts = checked(passes_luhn(number))
    return from_parts(FieldName.CARD_NUMBER, number, least_sure(row), row[0].box, doubts)


def _rows(lines: tuple[ReadLine, ...]) -> list[list[ReadLine]]:
    """Return single lines, and the lines of each row together: numbers are set in groups."""
    rows: list[list[ReadLine]] = [[line] for line in lines]
    together: list[list[ReadLine]] = []
    for line in lines:
        middle = (line.box.top + line.box.bottom) / 2
        for row in together:
            if row[0].box.top < middle < row[0].box.bottom:
                row.append(line)
                break
        else:
            together.append([line])
    return rows + [sorted(row, key=lambda line: line.box.left) for row in together if len(row) > 1]


def _stacks(lines: tuple[ReadLine, ...]) -> Iterator[list[ReadLine]]:
    """Yield groups of four digits that stand below each other, as upright cards print them."""
    groups = [line for line in lines if _GROUP.fullmatch(values.plain(line.text))]
    for first in groups:
        stack = [first]
        for line in groups:
            if _stands_below(stack[-1], line):
                stack.append(line)
        if len(stack) >= FEWEST_GROUPS:
            yield stack


def _stands_below(upper: ReadLine, lower: ReadLine) -> bool:
    if len(values.plain(upper.text)) < FULL_GROUP:
        return False  # only the last group is short
    along = upper.place.corners[1] - upper.place.corners[0]
    down = upper.place.corners[3] - upper.place.corners[0]
    step = lower.place.corners[0] - upper.place.corners[0]
    sideways = float(step @ along) / float(along @ along + 1e-6)
    deep = float(step @ down) / float(down @ down + 1e-6)
    return abs(sideways) < ALIGNED and 0.6 < deep < FARTHEST_ROW


def _expiry(lines: tuple[ReadLine, ...]) -> FieldRead | None:
    for line in lines:
        match = _EXPIRY.search(values.plain(line.text))
        if match:
            return proposed(FieldName.CARD_EXPIRY, match.group(), line)
    return None
