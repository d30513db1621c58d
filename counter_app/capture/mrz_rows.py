"""Finds the rows of a machine readable zone among the lines of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from counter_app.capture.mrz_decode import MrzAlphabet, Slot
from counter_app.capture.mrz_round import told_apart
from counter_app.capture.picture_memory import PictureMemory
from counter_app.capture.text_detection import Corners, TextPlace, cut_out
from counter_app.capture.text_engine import TextEngine
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import Stop

MIN_ASPECT = 8.0
MIN_WIDTH_SHARE = 0.3
MIN_MARKS = 22
MAX_MARKS = 52
MIN_SCORE = 0.35
MAX_ROWS_READ = 8
WIDENED = 0.35

PITCH = {30: 6.35 / 76.2, 36: 6.35 / 91.44, 44: 6.35 / 111.76}
"""Distance between two rows as a part of a row's length.

Source: ICAO Doc 9303-3, section 4.2: 10 characters to the inch, rows 6.35 mm apart.
"""


@dataclass(frozen=True, slots=True, eq=False)
class MrzRow:
    """One row of the zone: where it stands and what its characters may be."""

    place: TextPlace
    slots: tuple[Slot, ...] = field(repr=False)

    @property
    def middle(self) -> float:
        """Vertical middle in pixels."""
        return self.place.box.top + self.place.box.height / 2

    def text(self) -> str:
        """Return the best character at each position."""
        return "".join(slot.choices[0][0] for slot in self.slots)

    def score(self) -> float:
        """Return the mean score of the characters."""
        return sum(slot.choices[0][1] for slot in self.slots) / max(1, len(self.slots))


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows of one picture."""

    bgr: Pixels
    engine: TextEngine
    alphabet: MrzAlphabet
    memory: PictureMemory[MrzRow] = field(default_factory=PictureMemory)

    def at(self, bgr: Pixels) -> RowReader:
        """Return the reader of another picture; what was read of each stays known."""
        return replace(self, bgr=bgr)

    def read(self, place: TextPlace) -> MrzRow:
        """Read one row under the zone's alphabet, once."""
        return self.memory.of(self.bgr, place.corners.tobytes(), lambda: self._read(place))

    def _read(self, place: TextPlace) -> MrzRow:
        strip = cut_out(self.bgr, _widened(place.corners))
        slots = self.alphabet.slots(self.engine.scores(strip))
        return MrzRow(place, tuple(told_apart(slots, strip)))

    def upwards(self, stop: Stop, at_most: int = MAX_ROWS_READ) -> Iterator[MrzRow]:
        """Yield the rows that look like a machine readable zone, from the bottom up.

        Args:
            stop: Looked at between lines.
            at_most: So many long lines are read.

        Raises:
            CounterError: MODEL_MISSING, STOPPED.
        """
        wide = self.bgr.shape[1]
        strips = [
            place for place in merged_rows(self.engine.find(self.bgr)) if _is_strip(place, wide)
        ]
        found = 0
        for place in sorted(strips, key=lambda strip: -strip.box.top)[:at_most]:
            if stop.is_set():
                raise CounterError(FailureCode.STOPPED)
            row = self.read(place)
            if looks_like_mrz(row):
                found += 1
                yield row
            elif found >= 2:
                break

    def neighbour(self, row: MrzRow, length: int, steps: int) -> MrzRow:
        """Read the row `steps` rows below (above where negative) by the zone's own geometry."""
        corners = row.place.corners
        along = (corners[1] + corners[2] - corners[0] - corners[3]) / 2
        down = np.array((-along[1], along[0]), np.float32) * PITCH[length] * steps
        return self.read(TextPlace(corners + down, row.place.score))


def _widened(corners: Corners) -> Corners:
    """Return the corners with a little more at both ends, where the first letter is often cut."""
    along = (corners[1] + corners[2] - corners[0] - corners[3]) / 2
    height = float(np.linalg.norm(corners[3] - corners[0]))
    more = along / (np.linalg.norm(along) + 1e-6) * height * WIDENED
    return np.asarray(corners + np.array((-more, more, more, -more)), np.float32)


def looks_like_mrz(row: MrzRow) -> bool:
    """Say whether a line has the length, the fillers or figures, and the confidence of a row."""
    text = row.text()
    if not MIN_MARKS <= len(text) <= MAX_MARKS or row.score() < MIN_SCORE:
        return False
    fillers = text.count("<")
    figures = sum(mark.isdigit() for mark in text)
    return fillers >= 3 or figures >= 0.35 * len(text)


def _is_strip(place: TextPlace, page_width: int) -> bool:
    width = float(np.linalg.norm(place.corners[1] - place.corners[0]))
    height = max(1.0, float(np.linalg.norm(place.corners[3] - place.corners[0])))
    return width > MIN_ASPECT * height and width > MIN_WIDTH_SHARE * page_width


def merged_rows(places: Sequence[TextPlace]) -> list[TextPlace]:
    """Join pieces of one row that the search cut apart."""
    rows: list[list[TextPlace]] = []
    for place in sorted(places, key=lambda each: each.box.left):
        for row in rows:
            if _continues(row[-1], place):
                row.append(place)
                break
        else:
            rows.append([place])
    return [row[0] if len(row) == 1 else _around(row) for row in rows]


def _continues(left: TextPlace, right: TextPlace) -> bool:
    height = float(np.linalg.norm(left.corners[2] - left.corners[1]))
    other = float(np.linalg.norm(right.corners[3] - right.corners[0]))
    if not 0.6 < height / max(1.0, other) < 1.7:
        return False
    along = left.corners[1] - left.corners[0]
    if float(np.linalg.norm(along)) < 2 * height:
        return False
    unit = along / (np.linalg.norm(along) + 1e-6)
    gap = (right.corners[0] + right.corners[3] - left.corners[1] - left.corners[2]) / 2
    forward = float(gap @ unit)
    sideways = abs(float(gap[0] * unit[1] - gap[1] * unit[0]))
    return -1.0 * height < forward < 2.5 * height and sideways < 0.4 * height


def _around(row: list[TextPlace]) -> TextPlace:
    points: NDArray[np.float32] = np.vstack([place.corners for place in row])
    ends = row[-1].corners[1] - row[0].corners[0]
    angle = float(np.degrees(np.arctan2(ends[1], ends[0])))
    turn = cv2.getRotationMatrix2D((0, 0), angle, 1.0).astype(np.float32)[:, :2]
    level = points @ turn.T
    (left, top), (right, bottom) = level.min(axis=0), level.max(axis=0)
    box = np.array(((left, top), (right, top), (right, bottom), (left, bottom)), np.float32)
    return TextPlace((box @ turn).astype(np.float32), min(place.score for place in row))
