"""Reads the machine readable zone of a travel document.

Check digits drive the correction, but say nothing about names, and not everything about numbers:
characters whose values differ by ten (8 and S, 6 and G, 0 and A) look the same to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from counter_app.capture.box_map import moved
from counter_app.capture.mrz_decode import MrzAlphabet, Slot
from counter_app.capture.mrz_repair import Judge, first_choice, fits, parsed, repaired
from counter_app.capture.mrz_rows import MrzRow, RowReader
from counter_app.capture.mrz_zone import Zone, proposals
from counter_app.capture.text_engine import TextEngine
from counter_app.capture.view import View
from counter_app.domain.mrz_fields import Mrz
from counter_app.domain.reading import Box, DocumentKind, Notice, Reading
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import Stop

SHAPES = {44: 2, 36: 2, 30: 3}
"""Row length and number of rows; a permit has one row of 30."""
LENGTH_SLACK = 14
WHOLE_SLACK = 2
"""Rows that miss no more than this need no other grouping if every check digit is right."""
GLANCE_ROWS = 3
GLANCE_SCORE = 0.6
CLEAR = 0.85
"""A zone read this well is not searched for at another turn, even if its digits are wrong."""


def zone_reader(bgr: Pixels, engine: TextEngine) -> RowReader:
    """Return a reader of rows that knows the zone's alphabet.

    Raises:
        CounterError: MODEL_MISSING.
    """
    return RowReader(bgr, engine, MrzAlphabet(engine.characters))


def read_mrz(pages: Sequence[View], reader: RowReader, stop: Stop) -> Reading:
    """Read the zone from the first of the pictures, and the first turn of it, that has one.

    Args:
        pages: The document straightened, then the whole picture.
        reader: Finds and reads the rows.
        stop: Looked at between rows.

    Raises:
        CounterError: MODEL_MISSING, STOPPED.
    """
    best: tuple[Zone, int] | None = None
    for turns in (0, 2, 1, 3):
        zone = _best_of(pages, turns, reader, stop)
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
    reading = Reading(
        DocumentKind.MRZ, tuple(proposals(zone)), notices=notices, quarter_turns=turns
    )
    return moved(reading, zone.to_given)


def has_zone(view: View, reader: RowReader, stop: Stop) -> bool:
    """Say whether one of the lowest long lines is full of fillers, as a zone's are.

    Raises:
        CounterError: MODEL_MISSING, STOPPED.
    """
    rows = reader.at(view.bgr).upwards(stop, GLANCE_ROWS)
    return any("<<" in row.text() and row.score() > GLANCE_SCORE for row in rows)


def _best_of(pages: Sequence[View], turns: int, reader: RowReader, stop: Stop) -> Zone | None:
    best: Zone | None = None
    for page in pages:
        view = page.turned(turns)
        zone = find_zone(reader.at(view.bgr), stop)
        if zone is not None and (best is None or _rank(zone) > _rank(best)):
            best = replace(zone, to_given=view.to_given)
        if best is not None and best.failures() == 0:
            break
    return best


def _rank(zone: Zone) -> tuple[int, int, float]:
    return (-zone.failures(), -zone.corrections(), zone.confidence())


def find_zone(reader: RowReader, stop: Stop) -> Zone | None:
    """Return the best reading of the zone in one picture, or None."""
    rows: list[MrzRow] = []
    for row in reader.upwards(stop):
        rows = sorted((*rows, row), key=lambda each: each.middle)
        complete = _completed_by(row, rows)
        if complete is not None:
            return complete
    zones = [zone for group, length in _groups(rows) if (zone := _zone(group, length))]
    if not zones or max(map(_rank, zones))[0] < 0:
        zones += _anchored(rows, reader)
    return max(zones, key=_rank, default=None)


def _completed_by(row: MrzRow, rows: Sequence[MrzRow]) -> Zone | None:
    """Return the zone that this row completes, if nothing in it is wrong."""
    for group, length in _groups(rows):
        is_whole = all(abs(len(each.slots) - length) <= WHOLE_SLACK for each in group)
        if row in group and is_whole:
            zone = _zone(group, length)
            if zone is not None and _rank(zone)[:2] == (0, 0):
                return zone
    return None


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
