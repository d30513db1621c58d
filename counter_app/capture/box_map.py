"""Carries what was found on a straightened page back into the picture that was handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from counter_app.domain.reading import Box, CodeRead, Reading
from counter_app.ports.camera import Pixels

Matrix = NDArray[np.float64]
"""float64, 3 × 3: homogeneous pixel coordinates of one picture into those of another."""


def same() -> Matrix:
    """Return the map of a picture onto itself."""
    return np.eye(3)


def scaled(factor: float) -> Matrix:
    """Return the map onto the same picture `factor` times as large."""
    return np.diag((factor, factor, 1.0))


def from_turned(bgr: Pixels, quarter_turns: int) -> Matrix:
    """Return the map from `images.turned(bgr, quarter_turns)` back into `bgr`."""
    high, wide = bgr.shape[:2]
    match quarter_turns % 4:
        case 1:
            rows = ((0, 1, 0), (-1, 0, high), (0, 0, 1))
        case 2:
            rows = ((-1, 0, wide), (0, -1, high), (0, 0, 1))
        case 3:
            rows = ((0, -1, wide), (1, 0, 0), (0, 0, 1))
        case _:
            return same()
    return np.array(rows, np.float64)


def from_mirrored(bgr: Pixels) -> Matrix:
    """Return the map from the mirror image of `bgr` back into it."""
    return np.array(((-1, 0, bgr.shape[1]), (0, 1, 0), (0, 0, 1)), np.float64)


def inverse(matrix: Matrix) -> Matrix:
    """Return the map the other way."""
    return np.asarray(np.linalg.inv(matrix), np.float64)


def quarter_turns_in(matrix: Matrix, page: Pixels) -> int:
    """Return how many quarter turns clockwise bring the handed-in picture upright.

    Args:
        matrix: From the upright page into the picture.
        page: The upright page.
    """
    high, wide = page.shape[:2]
    start, end = _moved(matrix, ((0.1 * wide, high / 2), (0.9 * wide, high / 2)))
    across, down = end - start
    return int(-round(float(np.degrees(np.arctan2(down, across))) / 90)) % 4


def moved_box(box: Box, matrix: Matrix) -> Box:
    """Return the upright rectangle around a box in the other picture."""
    points = _moved(
        matrix,
        (
            (box.left, box.top),
            (box.right, box.top),
            (box.right, box.bottom),
            (box.left, box.bottom),
        ),
    )
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return Box(float(left), float(top), float(right), float(bottom))


def moved_codes(codes: Iterable[CodeRead], matrix: Matrix) -> tuple[CodeRead, ...]:
    """Return the codes with their boxes in the other picture."""
    return tuple(replace(code, box=moved_box(code.box, matrix)) for code in codes)


def moved(reading: Reading, matrix: Matrix) -> Reading:
    """Return the reading with every box in the other picture."""

    def there(box: Box | None) -> Box | None:
        return moved_box(box, matrix) if box is not None else None

    return replace(
        reading,
        fields=tuple(replace(read, box=there(read.box)) for read in reading.fields),
        ticks=tuple(replace(tick, box=moved_box(tick.box, matrix)) for tick in reading.ticks),
        marks=tuple(replace(mark, box=there(mark.box)) for mark in reading.marks),
        codes=moved_codes(reading.codes, matrix),
        alterations=tuple(moved_box(box, matrix) for box in reading.alterations),
        lines=tuple(replace(line, box=moved_box(line.box, matrix)) for line in reading.lines),
    )


def _moved(matrix: Matrix, points: Iterable[tuple[float, float]]) -> Matrix:
    rows = np.array([(x, y, 1.0) for x, y in points]) @ matrix.T
    return np.asarray(rows[:, :2] / rows[:, 2:], np.float64)
