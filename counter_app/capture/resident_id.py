"""Reads both sides of a resident identity card.

The residence permits for people of Hong Kong, Macao and Taiwan share its layout.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from counter_app.capture import values
from counter_app.capture.fields import around, checked, from_parts, least_sure, proposed
from counter_app.capture.text_engine import ReadLine
from counter_app.capture.upright import UprightPage
from counter_app.domain.ethnicity import ETHNICITIES
from counter_app.domain.reading import (
    DocumentKind,
    Doubt,
    FieldName,
    FieldRead,
    Notice,
    Reading,
)

_STAMPS = re.compile(r"仅[限供].*|.*复印.*|样本|无效|.*比赛.*")
_NUMBER = re.compile(r"[0-9OoQDIlSBZz|!]{16,17}[0-9XxOoIl]")
_BIRTH = re.compile(r"((?:19|20)\d{2})年?(\d{1,2})月(\d{1,2})日?")
_VALIDITY = re.compile(
    r"((?:19|20)\d{2})[.,，。·年]?(\d{2})[.,，。·月]?(\d{2})日?[-—–~一至到]*"
    r"(长期|((?:19|20)\d{2})[.,，。·年]?(\d{2})[.,，。·月]?(\d{2}))"
)
_CHINESE = r"\u3400-\u9fff\U00020000-\U0003ffff"


def read_front(page: UprightPage) -> Reading:
    """Read name, sex, ethnicity, birth, address and number.

    Number, birth and sex vouch for each other: the number's check character covers them.
    """
    lines = [line for line in page.lines if not _STAMPS.fullmatch(line.text)]
    number = _number(lines)
    fields = [
        field
        for field in (
            _name(lines),
            _sex(lines, number),
            _ethnicity(lines),
            _birth(lines, number),
            _address(lines, number),
            number,
        )
        if field is not None
    ]
    return _reading(DocumentKind.RESIDENT_ID_FRONT, fields, page)


def read_back(page: UprightPage) -> Reading:
    """Read the issuing authority and the validity."""
    lines = [line for line in page.lines if not _STAMPS.fullmatch(line.text)]
    fields = [field for field in (_authority(lines), *_validity(lines)) if field is not None]
    return _reading(DocumentKind.RESIDENT_ID_BACK, fields, page)


def _reading(kind: DocumentKind, fields: list[FieldRead], page: UprightPage) -> Reading:
    notices = []
    if not fields:
        notices.append(Notice.NOTHING_READ)
    if page.quarter_turns:
        notices.append(Notice.TURNED)
    if any(re.search(r"复印|样本", line.text) for line in page.lines):
        notices.append(Notice.WATERMARKED_COPY)
    if len({line.text for line in page.lines if _NUMBER.fullmatch(values.plain(line.text))}) > 1:
        notices.append(Notice.SEVERAL_DOCUMENTS)
    return Reading(
        kind,
        tuple(fields),
        notices=tuple(notices),
        lines=tuple(line.as_text_line() for line in page.lines),
    )


def _number(lines: Sequence[ReadLine]) -> FieldRead | None:
    candidates = []
    for line in lines:
        text = re.sub(r"^.*?(?:身份号码|号码)", "", values.plain(line.text))
        found = _NUMBER.search(text)
        if found is None and re.fullmatch(r"[0-9Xx]{15,19}", text):
            found = re.match(r".+", text)
        if found:
            candidates.append((values.identity_number(found.group()), line))
    if not candidates:
        return None
    number, line = max(candidates, key=lambda each: values.is_checked_identity_number(each[0]))
    is_right = values.is_checked_identity_number(number)
    doubts = [*checked(is_right)]
    if len(number) != 18:
        doubts.append(Doubt.BAD_FORMAT)
    if number not in values.plain(line.text):
        doubts.append(Doubt.CORRECTED)
    return proposed(FieldName.ID_NUMBER, number, line, doubts)


def _name(lines: Sequence[ReadLine]) -> FieldRead | None:
    labelled = _after_label(lines, r"^姓?名")
    if labelled is None:
        top = [line for line in lines if _is_above(line, lines, r"性|别|民族")]
        plain = [
            (re.sub(r"^姓?名?", "", values.plain(line.text)), line)
            for line in top
            if re.fullmatch(rf"[{_CHINESE}·]{{2,30}}", values.plain(line.text))
        ]
        labelled = plain[0] if plain else None
    if labelled is None:
        return None
    text, line = labelled
    return proposed(FieldName.NAME, text, line)


def _is_above(line: ReadLine, lines: Sequence[ReadLine], pattern: str) -> bool:
    below = [other for other in lines if re.match(pattern, values.plain(other.text))]
    return any(line.box.bottom <= other.box.top + 0.3 * other.box.height for other in below)


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


def _sex(lines: Sequence[ReadLine], number: FieldRead | None) -> FieldRead | None:
    for line in lines:
        text = re.sub(r"^性?别?", "", values.plain(line.text))
        found = re.match(r"[男女]", text)
        if found:
            return proposed(FieldName.SEX, found.group(), line, _as_number_says_sex(found, number))
    return None


def _as_number_says_sex(found: re.Match[str], number: FieldRead | None) -> tuple[Doubt, ...]:
    if number is None or not number.is_sure:
        return (Doubt.NO_CHECK,)
    said = "男" if int(number.text[16]) % 2 else "女"
    return () if found.group() == said else (Doubt.SOURCES_DISAGREE,)


def _ethnicity(lines: Sequence[ReadLine]) -> FieldRead | None:
    for line in lines:
        match = re.search(rf"民?族([{_CHINESE}]{{1,7}})$", values.plain(line.text))
        if match:
            return _listed(match.group(1), line)
        if values.plain(line.text).endswith("民族"):
            beside = _right_of(line, lines)
            if beside is not None:
                return _listed(values.plain(beside.text), beside)
    return None


def _listed(text: str, line: ReadLine) -> FieldRead:
    is_known = text in ETHNICITIES.values()
    doubts = (Doubt.NO_CHECK,) if is_known else (Doubt.NO_CHECK, Doubt.BAD_FORMAT)
    return proposed(FieldName.ETHNICITY, text, line, doubts)


def _birth(lines: Sequence[ReadLine], number: FieldRead | None) -> FieldRead | None:
    for line in (*lines, *_rows(lines)):
        match = _BIRTH.search(values.plain(line.text))
        days = values.dates("-".join(match.groups())) if match else []
        if days:
            return proposed(FieldName.BIRTH_DATE, days[0], line, _as_number_says(days[0], number))
    return None


def _as_number_says(day: str, number: FieldRead | None) -> tuple[Doubt, ...]:
    if number is None or not number.is_sure:
        return (Doubt.NO_CHECK,)
    return () if day.replace("-", "") == number.text[6:14] else (Doubt.SOURCES_DISAGREE,)


def _rows(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Return the lines of each row joined, for rows that were cut into pieces."""
    joined = []
    for line in lines:
        row = [line]
        while (beside := _right_of(row[-1], lines)) is not None and beside not in row:
            row.append(beside)
        if len(row) > 1:
            text = "".join(each.text for each in row)
            confidences = tuple(value for each in row for value in each.confidences)
            joined.append(ReadLine(text, confidences, (), line.place))
    return joined


def _address(lines: Sequence[ReadLine], number: FieldRead | None) -> FieldRead | None:
    bottom = number.box.top if number is not None and number.box else float("inf")
    for place, line in enumerate(lines):
        match = re.match(r"^(?:住?址|住$)", values.plain(line.text))
        if match is None:
            continue
        first = values.plain(line.text)[match.end() :]
        parts = [line] if first else []
        left = line.box.right if not first else line.box.left
        top = line.box.top - 0.3 * line.box.height
        parts += [
            other
            for other in lines[place + 1 :]
            if top < other.box.top < bottom - 0.5 * other.box.height
            and other.box.left > left - 2 * line.box.height
            and not re.match(r"^(?:公民|身份|号码|址$)", values.plain(other.text))
        ]
        if parts:
            text = "".join(values.plain(part.text) for part in parts)
            text = re.sub(r"^住?址", "", text)
            return from_parts(FieldName.ADDRESS, text, least_sure(parts), around(parts))
    return None


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
                proposed(FieldName.VALID_FROM, start[0], line, doubts),
                proposed(FieldName.VALID_UNTIL, end[0], line, doubts),
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
