"""A machine readable zone as read, and what it proposes with which doubts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from counter_app.capture.box_map import Matrix, same
from counter_app.capture.fields import LOW_CONFIDENCE, from_parts
from counter_app.capture.mrz_cover import has_other_reading, is_partly_unchecked
from counter_app.capture.mrz_decode import ANY, Slot, allowed_at
from counter_app.capture.mrz_repair import Judge, RowRead
from counter_app.domain.mrz_fields import Mrz, MrzCheck, MrzLayout
from counter_app.domain.reading import Box, Doubt, FieldName, FieldRead, weakest

TWIN_SHARE = 0.02

LINE_NAMES = (FieldName.MRZ_LINE_1, FieldName.MRZ_LINE_2, FieldName.MRZ_LINE_3)


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """A machine readable zone as read: the rows, their doubts, and what they say.

    Attributes:
        to_given: From the pixels of `boxes` into those of the picture handed in.
    """

    rows: tuple[RowRead, ...]
    boxes: tuple[Box, ...]
    slots: tuple[tuple[Slot, ...], ...]
    mrz: Mrz
    layout: str
    to_given: Matrix = field(default_factory=same)

    def failures(self) -> int:
        """Count the wrong check digits."""
        return len(self.mrz.failed_checks())

    def corrections(self) -> int:
        """Count the characters that a check digit overruled."""
        return sum(len(row.corrected) for row in self.rows)

    def confidence(self) -> float:
        """Return the mean score of all characters."""
        scores = [score for row in self.rows for score in row.scores]
        return sum(scores) / max(1, len(scores))


def proposals(zone: Zone) -> Iterator[FieldRead]:
    """Yield the rows and what they say, each with its doubts."""
    doubts = [_row_doubts(zone, number) for number in range(len(zone.rows))]
    for name, row, box, row_doubts in zip(LINE_NAMES, zone.rows, zone.boxes, doubts, strict=False):
        yield from_parts(name, row.text, weakest(row.scores), box, row_doubts, row.scores)
    yield from _values(zone, doubts)


def _row_doubts(zone: Zone, number: int) -> tuple[Doubt, ...]:
    row = zone.rows[number]
    found = []
    if zone.failures() and number != _name_row(zone):
        found.append(Doubt.CHECK_DIGIT_WRONG)
    if number == _name_row(zone) or is_partly_unchecked(zone.layout, zone.rows, number):
        found.append(Doubt.NO_CHECK)
    if row.corrected:
        found.append(Doubt.CORRECTED)
    judge = Judge(tuple(each.text for each in zone.rows), number)
    if (
        _has_twin(zone, number)
        or weakest(row.scores) < LOW_CONFIDENCE
        or has_other_reading(zone.layout, zone.slots[number], judge, row.text)
    ):
        found.append(Doubt.LOW_CONFIDENCE)
    return tuple(found)


def _name_row(zone: Zone) -> int:
    match zone.layout:
        case "td1":
            return 2
        case "permit":
            return -1
        case _:
            return 0


def _has_twin(zone: Zone, number: int) -> bool:
    """Say whether a close call is one that no check digit would notice."""
    sets = allowed_at(zone.layout, number)
    for slot, allowed, mark in zip(zone.slots[number], sets, zone.rows[number].text, strict=True):
        if allowed is not ANY or mark == "<":
            continue
        for other, score in slot.choices:
            if other not in (mark, "<") and score > TWIN_SHARE and _digit(other) == _digit(mark):
                return True
    return False


def _digit(mark: str) -> int:
    return int(mark, 36) % 10


def _values(zone: Zone, doubts: Sequence[tuple[Doubt, ...]]) -> Iterator[FieldRead]:
    mrz = zone.mrz
    data = 0 if zone.layout in ("td1", "permit") else 1
    days = 0 if zone.layout == "permit" else 1
    names = _name_row(zone)
    plain = (Doubt.NO_CHECK,)
    entries: tuple[tuple[FieldName, str, int, tuple[Doubt, ...]], ...] = (
        (FieldName.DOCUMENT_CODE, mrz.document_code, 0, plain),
        (FieldName.ISSUER, mrz.issuer, 0, plain),
        (FieldName.DOCUMENT_NUMBER, mrz.document_number, data,
         _checked(mrz, MrzCheck.DOCUMENT_NUMBER, doubts[data])),
        (FieldName.NATIONALITY, mrz.nationality, days, plain),
        (FieldName.BIRTH_DATE, mrz.born, days, _checked(mrz, MrzCheck.BIRTH, doubts[days])),
        (FieldName.SEX, mrz.sex, days, plain),
        (FieldName.VALID_UNTIL, mrz.expires, days, _checked(mrz, MrzCheck.EXPIRY, doubts[days])),
    )  # fmt: skip
    for name, text, row, found in entries:
        if text:
            confidence = weakest(zone.rows[row].scores)
            yield from_parts(name, text, confidence, zone.boxes[row], found)
    if mrz.layout is not MrzLayout.PERMIT and mrz.name():
        confidence = weakest(zone.rows[names].scores)
        yield from_parts(FieldName.NAME, mrz.name(), confidence, zone.boxes[names], plain)


def _checked(mrz: Mrz, check: MrzCheck, row_doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    of_row = (Doubt.CHECK_DIGIT_WRONG, Doubt.NO_CHECK)
    kept: list[Doubt] = [doubt for doubt in row_doubts if doubt not in of_row]
    if not mrz.checks.get(check, False):
        kept.append(Doubt.CHECK_DIGIT_WRONG)
    return tuple(kept)
