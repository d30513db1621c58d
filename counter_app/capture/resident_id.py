"""Reads the back of a resident identity card, and what both sides share.

The residence permits for people of Hong Kong, Macao and Taiwan share its layout.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from counter_app.capture import values
from counter_app.capture.fields import found_in, proposed
from counter_app.capture.text_engine import ReadLine
from counter_app.capture.upright import UprightPage
from counter_app.domain.reading import (
    DocumentKind,
    Doubt,
    FieldName,
    FieldRead,
    Notice,
    Reading,
)

STAMPS = re.compile(r"仅[限供].*|.*复印.*|样本|复?印?无效|.*比赛.*")
_VALIDITY = re.compile(
    r"((?:19|20)\d{2})[.,，。·年]?(\d{2})[.,，。·月]?(\d{2})日?[-—–~一至到]*"
    r"(长期|((?:19|20)\d{2})[.,，。·年]?(\d{2})[.,，。·月]?(\d{2}))"
)
_CHINESE = r"\u3400-\u9fff\U00020000-\U0003ffff"


def read_back(page: UprightPage) -> Reading:
    """Read the issuing authority and the validity."""
    lines = [line for line in page.lines if not STAMPS.fullmatch(line.text)]
    fields = [field for field in (_authority(lines), *_validity(lines)) if field is not None]
    return reading_of(DocumentKind.RESIDENT_ID_BACK, fields, page)


def reading_of(kind: DocumentKind, fields: list[FieldRead], page: UprightPage) -> Reading:
    """Return the reading of one side with what is odd about it."""
    notices = list(page.notices())
    if not fields:
        notices.append(Notice.NOTHING_READ)
    if any(re.search(r"复印|样本", line.text) for line in page.lines):
        notices.append(Notice.WATERMARKED_COPY)
    return Reading(
        kind,
        tuple(fields),
        notices=tuple(notices),
        lines=tuple(line.as_text_line() for line in page.lines),
    )


def _after_label(lines: Sequence[ReadLine], pattern: str) -> tuple[str, ReadLine] | None:
    """Return what follows a label, in its own line or in the next one of the same row."""
    for line in lines:
        match = re.match(pattern, values.plain(line.text))
        if match is None:
            continue
        rest = values.plain(line.text)[match.end() :]
        if rest:
            return rest, line
        beside = _right_of(line, lines)
        if beside is not None:
            return values.plain(beside.text), beside
    return None


def _right_of(label: ReadLine, lines: Sequence[ReadLine]) -> ReadLine | None:
    middle = (label.box.top + label.box.bottom) / 2
    row = [
        line
        for line in lines
        if line.box.left >= label.box.right - 0.3 * label.box.height
        and line.box.top < middle < line.box.bottom
    ]
    return min(row, key=lambda line: line.box.left, default=None)


def _authority(lines: Sequence[ReadLine]) -> FieldRead | None:
    found = _after_label(lines, r"^签?发?机关")
    if found is None:
        named = [
            (match.group(), line)
            for line in lines
            if (match := re.search(rf"[{_CHINESE}]{{2,}}公安局.*$", values.plain(line.text)))
        ]
        found = named[0] if named else None
    return proposed(FieldName.AUTHORITY, found[0], found[1]) if found else None


def _validity(lines: Sequence[ReadLine]) -> list[FieldRead]:
    for line in lines:
        match = _VALIDITY.search(values.plain(line.text))
        if match is None:
            continue
        start = values.dates("-".join(match.group(1, 2, 3)))
        end = ["长期"] if match.group(4) == "长期" else values.dates("-".join(match.group(5, 6, 7)))
        if start and end:
            doubts = _span_doubts(start[0], end[0])
            return [
                found_in(FieldName.VALID_FROM, start[0], line, match.span(), doubts),
                found_in(FieldName.VALID_UNTIL, end[0], line, match.span(), doubts),
            ]
    return []


def _span_doubts(start: str, end: str) -> tuple[Doubt, ...]:
    """Cards are valid for 5, 10 or 20 years to the day, or for good."""
    if end == "长期":
        return (Doubt.NO_CHECK,)
    years = int(end[:4]) - int(start[:4])
    if years in (5, 10, 20) and start[5:] == end[5:]:
        return (Doubt.NO_CHECK,)
    return (Doubt.NO_CHECK, Doubt.BAD_FORMAT)
