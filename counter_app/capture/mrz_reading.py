"""Reads the machine readable zone of a travel document.

Check digits drive the correction, but say nothing about names, and not everything about numbers:
characters whose values differ by ten (8 and S, 6 and G, 0 and A) look the same to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from counter_app.capture.box_map import Matrix, moved, same
from counter_app.capture.fields import LOW_CONFIDENCE, from_parts
from counter_app.capture.mrz_cover import has_other_reading, is_partly_unchecked
from counter_app.capture.mrz_decode import ANY, MrzAlphabet, Slot, allowed_at
from counter_app.capture.mrz_repair import Judge, RowRead, first_choice, fits, parsed, repaired
from counter_app.capture.mrz_rows import MrzRow, RowReader
from counter_app.capture.text_engine import TextEngine
from counter_app.capture.view import View
from counter_app.domain.mrz_fields import Mrz, MrzCheck, MrzLayout
from counter_app.domain.reading import (
    Box,
    DocumentKind,
    Doubt,
    FieldName,
    FieldRead,
    Notice,
    Reading,
    weakest,
)
from counter_app.ports.stop import Stop

SHAPES = {44: 2, 36: 2, 30: 3}
"""Row length and number of rows; a permit has one row of 30."""
LENGTH_SLACK = 14
TWIN_SHARE = 0.02
GLANCE_ROWS = 3
GLANCE_SCORE = 0.6
CLEAR = 0.85
"""A zone read this well is not searched for at another turn, even if its digits are wrong."""

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


def read_mrz(pages: Sequence[View], engine: TextEngine, stop: Stop) -> Reading:
    """Read the zone from the first of the pictures, and the first turn of it, that has one.

    Args:
        pages: The document straightened, then the whole picture.
        engine: Finds and reads the rows.
        stop: Looked at between rows.

    Raises:
        CounterError: MODEL_MISSING, STOPPED.
    """
    alphabet = MrzAlphabet(engine.characters)
    best: tuple[Zone, int] | None = None
    for turns in (0, 2, 1, 3):
        zone = _best_of(pages, turns, RowReader(pages[0].bgr, engine, alphabet), stop)
        if zone is None:
            continue
        if best is None or _rank(zone) > _rank(best[0]):
            best = (zone, turns)
        if zone.failures() == 0 or zone.confidence() > CLEAR:
            break
    if best is None:
        return Reading(DocumentKind.MRZ, notices=(Notice.NOTHING_READ,))
    notices = (Notice.TURNED,) if best[1] else ()
    zone, turns = best
    reading = Reading(DocumentKind.MRZ, tuple(_fields(zone)), notices=notices, quarter_turns=turns)
    return moved(reading, zone.to_given)


def has_zone(view: View, engine: TextEngine, stop: Stop) -> bool:
    """Say whether one of the lowest long lines is full of fillers, as a zone's are.

    Raises:
        CounterError: MODEL_MISSING, STOPPED.
    """
    rows = RowReader(view.bgr, engine, MrzAlphabet(engine.characters)).rows(stop, GLANCE_ROWS)
    return any("<<" in row.text() and row.score() > GLANCE_SCORE for row in rows)


def _best_of(pages: Sequence[View], turns: int, reader: RowReader, stop: Stop) -> Zone | None:
    best: Zone | None = None
    for page in pages:
        view = page.turned(turns)
        zone = find_zone(replace(reader, bgr=view.bgr), stop)
        if zone is not None and (best is None or _rank(zone) > _rank(best)):
            best = replace(zone, to_given=view.to_given)
        if best is not None and best.failures() == 0:
            break
    return best


def _rank(zone: Zone) -> tuple[int, int, float]:
    return (-zone.failures(), -zone.corrections(), zone.confidence())


def find_zone(reader: RowReader, stop: Stop) -> Zone | None:
    """Return the best reading of the zone in one picture, or None."""
    rows = reader.rows(stop)
    zones = [zone for group, length in _groups(rows) if (zone := _zone(group, length))]
    if not zones or max(map(_rank, zones))[0] < 0:
        zones += _anchored(rows, reader)
    return max(zones, key=_rank, default=None)


def _groups(rows: Sequence[MrzRow]) -> Iterator[tuple[tuple[MrzRow, ...], int]]:
    for length, count in SHAPES.items():
        for start in range(len(rows) - count + 1):
            group = tuple(rows[start : start + count])
            if all(abs(len(row.slots) - length) <= LENGTH_SLACK for row in group):
                yield group, length
    for row in rows:
        if len(row.slots) in (29, 30, 31) and row.text().startswith("C"):
            yield (row,), 30


def _anchored(rows: Sequence[MrzRow], reader: RowReader) -> list[Zone]:
    """Cut the other rows anew around each row that was read in full."""
    found = []
    for row in rows:
        for length, count in SHAPES.items():
            if len(row.slots) != length:
                continue
            for at in range(count):
                group = tuple(
                    row if step == at else reader.neighbour(row, length, step - at)
                    for step in range(count)
                )
                zone = _zone(group, length)
                if zone is not None:
                    found.append(zone)
                    if zone.failures() == 0:
                        return found
    return found


def _layout(group: Sequence[MrzRow], length: int) -> str:
    is_visa = group[0].text().startswith("V")
    match (length, len(group)):
        case (30, 1):
            return "permit"
        case (30, _):
            return "td1"
        case (44, _):
            return "mrv_a" if is_visa else "td3"
        case _:
            return "mrv_b" if is_visa else "td2"


def _zone(group: Sequence[MrzRow], length: int) -> Zone | None:
    layout = _layout(group, length)
    name_row = 2 if layout == "td1" else 0
    ways = [
        fits(row.slots, length, number == name_row and layout != "permit")
        for number, row in enumerate(group)
    ]
    boxes = tuple(row.place.box for row in group)
    zones = [_fitted_zone(slots, boxes, layout) for slots in product(*ways)]
    return max((zone for zone in zones if zone is not None), key=_rank, default=None)


def _fitted_zone(slots: Sequence[list[Slot]], boxes: tuple[Box, ...], layout: str) -> Zone | None:
    rows = [first_choice(fit, layout, number) for number, fit in enumerate(slots)]
    if parsed([row.text for row in rows]) is None:
        return None
    for number, fit in enumerate(slots):
        judge = Judge(tuple(row.text for row in rows), number)
        rows[number] = repaired(fit, layout, number, judge)
    mrz = parsed([row.text for row in rows])
    if mrz is None or not _is_believable(mrz):
        return None
    return Zone(tuple(rows), boxes, tuple(tuple(fit) for fit in slots), mrz, layout)


def _is_believable(mrz: Mrz) -> bool:
    """Refuse lines of print that merely have the right length."""
    right = sum(mrz.checks.values())
    has_days = sum(text.isdigit() for text in (mrz.born, mrz.expires))
    has_code = mrz.document_code[:1].isalpha() and mrz.issuer.replace("<", "").isalpha()
    return has_code and (right >= 1 or has_days == 2)


def _fields(zone: Zone) -> Iterator[FieldRead]:
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
