"""Reads the front of a resident identity card by its fixed layout.

Labels are printed pale and often unreadable; the number is printed large. Its place gives the
card's scale, and the card's scale gives the place of every other field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from counter_app.capture import values
from counter_app.capture.fields import around, checked, found_in, from_parts, least_sure, proposed
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

_NUMBER = re.compile(r"[0-9OoQDIlSBZz|!]{16,17}[0-9XxOoIl]")
_BIRTH = re.compile(r"((?:19|20)\d{2})年?(\d{1,2})月?(\d{1,2})日?")


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
    frame = _frame(page, numbers)
    fields = [
        field
        for field in (
            _name(frame, lines, page, engine),
            _sex(frame, lines, number),
            _ethnicity(frame, lines, page, engine),
            _birth(frame, lines, page, engine, number),
            _address(frame, lines),
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


def _joined(parts: Sequence[ReadLine]) -> Box | None:
    box = around(parts)
    return Box(box.left - 2, box.top, box.right + 2, box.bottom) if box else None


def _name(
    frame: CardFrame, lines: Sequence[ReadLine], page: UprightPage, engine: TextEngine
) -> FieldRead | None:
    parts = frame.lines_in(NAME, lines)
    box = _joined(parts)
    if box is None:
        return None
    line = parts[0] if len(parts) == 1 else engine.read_region(page.bgr, box)
    text = re.sub(r"^姓?名(?=.{2})", "", values.plain(line.text))
    return proposed(FieldName.NAME, text, line) if text else None


def _sex(frame: CardFrame, lines: Sequence[ReadLine], number: FieldRead | None) -> FieldRead | None:
    for line in frame.lines_in(SEX, lines):
        found = re.search(r"[男女]", line.text)
        if found:
            doubts = _as_number_says(found.group(), _sex_in(number))
            return proposed(FieldName.SEX, found.group(), line, doubts)
    return None


def _sex_in(number: FieldRead | None) -> str:
    if number is None or not number.is_sure:
        return ""
    return "男" if int(number.text[16]) % 2 else "女"


def _as_number_says(read: str, said: str) -> tuple[Doubt, ...]:
    if not said:
        return (Doubt.NO_CHECK,)
    return () if read == said else (Doubt.SOURCES_DISAGREE,)


def _ethnicity(
    frame: CardFrame, lines: Sequence[ReadLine], page: UprightPage, engine: TextEngine
) -> FieldRead | None:
    parts = frame.lines_in(ETHNICITY, lines)
    text = re.sub(r"^.*族(?=.)", "", "".join(values.plain(part.text) for part in parts))
    if text in ETHNIC_NAMES:
        return from_parts(FieldName.ETHNICITY, text, least_sure(parts), around(parts))
    box = _joined(parts)
    if box is None:
        return None
    line = engine.read_restricted(page.bgr, box, ETHNIC_CHARACTERS)
    text = values.plain(line.text)
    doubts = (Doubt.NO_CHECK, Doubt.CORRECTED)
    if text not in ETHNIC_NAMES:
        doubts = (Doubt.NO_CHECK, Doubt.BAD_FORMAT)
    return proposed(FieldName.ETHNICITY, text, line, doubts) if text else None


def _birth(
    frame: CardFrame,
    lines: Sequence[ReadLine],
    page: UprightPage,
    engine: TextEngine,
    number: FieldRead | None,
) -> FieldRead | None:
    parts = frame.lines_in(BIRTH, lines)
    box = _joined(parts)
    if box is None:
        return None
    is_whole = len(parts) == 1 and _BIRTH.search(values.plain(parts[0].text))
    line = parts[0] if is_whole else engine.read_restricted(page.bgr, box, DATE_CHARACTERS)
    match = _BIRTH.search(values.plain(line.text))
    days = values.dates("-".join(match.groups())) if match else []
    if match is None or not days:
        return None
    said = number.text[6:14] if number is not None and number.is_sure else ""
    doubts = _as_number_says(days[0].replace("-", ""), said)
    return found_in(FieldName.BIRTH_DATE, days[0], line, match.span(), doubts)


def _address(frame: CardFrame, lines: Sequence[ReadLine]) -> FieldRead | None:
    parts = frame.lines_in(ADDRESS, lines)
    text = "".join(values.plain(part.text) for part in parts)
    text = re.sub(r"^住?址(?=.{3})", "", text)
    if not text:
        return None
    return from_parts(FieldName.ADDRESS, text, least_sure(parts), around(parts))
