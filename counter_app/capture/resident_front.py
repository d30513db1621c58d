"""Reads the front of a resident identity card by its fixed layout.

Labels are printed pale and often unreadable; the number is printed large. Its place gives the
card's scale, and the card's scale gives the place of every other field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from counter_app.capture import values
from counter_app.capture.card_rows import CardRows, Row, around_marks, card_rows, has_gap, row_of
from counter_app.capture.fields import checked, from_parts, proposed
from counter_app.capture.resident_id import STAMPS, reading_of
from counter_app.capture.text_engine import ReadLine, TextEngine
from counter_app.capture.upright import UprightPage
from counter_app.domain.ethnicity import ETHNICITIES
from counter_app.domain.reading import (
    Box,
    DocumentKind,
    Doubt,
    FieldName,
    FieldRead,
    Notice,
    Reading,
)

NUMBER_LEFT, NUMBER_WIDTH, NUMBER_MIDDLE = 0.295, 0.545, 0.828
"""Where the 18 characters stand, as parts of the card's width and height."""
HEIGHT_SHARE = 53.98 / 85.6

ETHNIC_NAMES = frozenset(ETHNICITIES.values())
ETHNIC_CHARACTERS = frozenset("".join(ETHNIC_NAMES))
DATE_CHARACTERS = frozenset("0123456789年月日")

_PERSON = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,20}")
_NUMBER = re.compile(r"[0-9OoQDIlSBZz|!]{16,17}[0-9XxOoIl]")
_BIRTH = re.compile(r"((?:19|20)\d{2})年?(\d{1,2})月?(\d{1,2})日?")


CLEAR_NAME = 0.92
"""A rare character is read as one that looks like it; most such readings score less."""


@dataclass(frozen=True, slots=True)
class Band:
    """Where a field's middle may lie, as parts of the card's width and height."""

    left: float
    top: float
    right: float
    bottom: float


NAME = Band(0.165, 0.13, 0.62, 0.255)
SEX = Band(0.165, 0.27, 0.29, 0.375)
ETHNICITY = Band(0.385, 0.27, 0.60, 0.375)
BIRTH = Band(0.165, 0.38, 0.62, 0.475)
ADDRESS = Band(0.165, 0.48, 0.66, 0.77)


@dataclass(frozen=True, slots=True)
class CardFrame:
    """The card's upright rectangle on the page, in pixels."""

    left: float
    top: float
    width: float
    height: float

    def lines_in(self, band: Band, lines: Sequence[ReadLine]) -> list[ReadLine]:
        """Return the lines that belong to a field, in reading order."""
        return [line for line in lines if self._holds(band, line.box)]

    def _holds(self, band: Band, box: Box) -> bool:
        x = ((box.left + box.right) / 2 - self.left) / self.width
        y = ((box.top + box.bottom) / 2 - self.top) / self.height
        start = (box.left - self.left) / self.width
        return (
            band.left < x < band.right and band.top < y < band.bottom and start > band.left - 0.02
        )


def read_front(page: UprightPage, engine: TextEngine) -> Reading:
    """Read name, sex, ethnicity, birth, address and number.

    Number, birth and sex vouch for each other: the number's check character covers them.
    """
    lines = [line for line in page.lines if not STAMPS.fullmatch(values.plain(line.text))]
    numbers = _numbers(lines)
    number = _best(numbers)
    found = card_rows(lines, numbers[0][1]) if numbers else CardRows(None, None, None, ())
    rows = _completed(found, _frame(page, numbers), lines)
    fields = [
        field
        for field in (
            _name(rows, page, engine),
            _sex(rows, number),
            _ethnicity(rows, page, engine),
            _birth(rows, page, engine, number),
            _address(rows),
            number,
        )
        if field is not None
    ]
    reading = reading_of(DocumentKind.RESIDENT_ID_FRONT, fields, page)
    if len({text for text, _ in numbers}) > 1:
        return replace(reading, notices=(*reading.notices, Notice.SEVERAL_DOCUMENTS))
    return reading


def _numbers(lines: Sequence[ReadLine]) -> list[tuple[str, ReadLine]]:
    found = []
    for line in lines:
        text = re.sub(r"^.*?(?:身份号码|号码)", "", values.plain(line.text))
        match = _NUMBER.search(text) or re.fullmatch(r"[0-9Xx]{15,19}", text)
        if match:
            found.append((values.identity_number(match.group()), line))
    return sorted(found, key=lambda each: not values.is_checked_identity_number(each[0]))


def _best(numbers: Sequence[tuple[str, ReadLine]]) -> FieldRead | None:
    if not numbers:
        return None
    number, line = numbers[0]
    doubts = list(checked(values.is_checked_identity_number(number)))
    if len(number) != 18:
        doubts.append(Doubt.BAD_FORMAT)
    if number not in values.plain(line.text):
        doubts.append(Doubt.CORRECTED)
    return proposed(FieldName.ID_NUMBER, number, line, doubts)


def _frame(page: UprightPage, numbers: Sequence[tuple[str, ReadLine]]) -> CardFrame:
    high, wide = page.bgr.shape[:2]
    if not numbers:
        return CardFrame(0, 0, wide, high)
    line = numbers[0][1]
    text = values.plain(line.text)
    share = min(1.0, 18 / max(1, len(text)))
    width = line.box.width * share / NUMBER_WIDTH
    height = width * HEIGHT_SHARE
    middle = (line.box.top + line.box.bottom) / 2
    left = line.box.right - line.box.width * share - NUMBER_LEFT * width
    return CardFrame(left, middle - NUMBER_MIDDLE * height, width, height)


def _completed(rows: CardRows, frame: CardFrame, lines: Sequence[ReadLine]) -> CardRows:
    """Return the rows with those that were not found taken from their usual places."""

    def usual(band: Band) -> Row | None:
        return row_of(frame.lines_in(band, lines))

    address = (row for part in frame.lines_in(ADDRESS, lines) if (row := row_of([part])))
    sex = rows.sex or row_of([*frame.lines_in(SEX, lines), *frame.lines_in(ETHNICITY, lines)])
    return CardRows(
        rows.name or usual(NAME),
        sex,
        rows.birth or usual(BIRTH),
        rows.address or tuple(address),
    )


def _proposed(
    name: FieldName, text: str, row: Row, doubts: tuple[Doubt, ...] = (Doubt.NO_CHECK,)
) -> FieldRead:
    characters = tuple(mark.confidence for mark in row.marks) if row.text == text else ()
    return from_parts(name, text, row.confidence(), row.box(), doubts, characters)


def _name(rows: CardRows, page: UprightPage, engine: TextEngine) -> FieldRead | None:
    if rows.name is None:
        return None
    row = rows.name.unlabelled("姓名")
    box = row.box()
    if box is None:
        return None
    if row.lines() > 1:
        line = engine.read_region(page.bgr, Box(box.left - 2, box.top, box.right + 2, box.bottom))
        row = row_of([line]) or row
    doubts = [Doubt.NO_CHECK]
    if not _PERSON.fullmatch(row.text):
        doubts.append(Doubt.BAD_FORMAT)
    if row.confidence() < CLEAR_NAME or has_gap(row):
        doubts.append(Doubt.LOW_CONFIDENCE)
    return _proposed(FieldName.NAME, row.text, row, tuple(doubts))


def _sex(rows: CardRows, number: FieldRead | None) -> FieldRead | None:
    found = re.search(r"[男女]", rows.sex.text) if rows.sex else None
    if rows.sex is None or found is None:
        return None
    doubts = _as_number_says(found.group(), _sex_in(number))
    return _proposed(FieldName.SEX, found.group(), rows.sex.part(*found.span()), doubts)


def _ethnicity(rows: CardRows, page: UprightPage, engine: TextEngine) -> FieldRead | None:
    if rows.sex is None:
        return None
    # The label may be lost, or read as part of the value; the sex may not be read at all.
    start = re.match(r"^.*民族|^.*[男女](?:民|族|民族)?|^.*族(?=.)", rows.sex.text)
    row = rows.sex.part(start.end() if start else 0, len(rows.sex.text))
    if row.text in ETHNIC_NAMES:
        return _proposed(FieldName.ETHNICITY, row.text, row)
    box = row.box()
    if box is None:
        return None
    line = engine.read_restricted(page.bgr, box, ETHNIC_CHARACTERS)
    text = values.plain(line.text)
    doubts = (Doubt.NO_CHECK, Doubt.CORRECTED)
    if text not in ETHNIC_NAMES:
        doubts = (Doubt.NO_CHECK, Doubt.BAD_FORMAT)
    return proposed(FieldName.ETHNICITY, text, line, doubts) if text else None


def _birth(
    rows: CardRows, page: UprightPage, engine: TextEngine, number: FieldRead | None
) -> FieldRead | None:
    if rows.birth is None:
        return None
    said = number.text[6:14] if number is not None and number.is_sure else ""
    row = rows.birth.unlabelled("出生")
    day, weakest = _day(row.text, said), row.confidence()
    box = row.box()
    if not day and box is not None:
        line = engine.read_restricted(page.bgr, box, DATE_CHARACTERS)
        day, weakest = _day(values.plain(line.text), said), line.weakest()
    if not day:
        return None
    doubts = _as_number_says(day.replace("-", ""), said)
    return from_parts(FieldName.BIRTH_DATE, day, weakest, box, doubts)


def _day(text: str, said: str) -> str:
    """Return the day as YYYY-MM-DD; where marks between its parts are lost, the number decides."""
    bare = "".join(re.findall(r"\d", text))
    if said and bare == f"{said[:4]}{int(said[4:6])}{int(said[6:])}":
        return f"{said[:4]}-{said[4:6]}-{said[6:]}"
    match = _BIRTH.search(text)
    return next(iter(values.dates("-".join(match.groups()))), "") if match else ""


def _address(rows: CardRows) -> FieldRead | None:
    parts = [row.unlabelled("住址") if n == 0 else row for n, row in enumerate(rows.address)]
    marks = tuple(mark for part in parts for mark in part.marks)
    text = "".join(mark.text for mark in marks)
    if not text:
        return None
    weakest = min(mark.confidence for mark in marks)
    return from_parts(FieldName.ADDRESS, text, weakest, around_marks(marks))


def _sex_in(number: FieldRead | None) -> str:
    if number is None or not number.is_sure:
        return ""
    return "男" if int(number.text[16]) % 2 else "女"


def _as_number_says(read: str, said: str) -> tuple[Doubt, ...]:
    if not said:
        return (Doubt.NO_CHECK,)
    return () if read == said else (Doubt.SOURCES_DISAGREE,)
