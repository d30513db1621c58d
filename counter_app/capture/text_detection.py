"""Finds lines of text on a page with the PP-OCR detection network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import onnxruntime as ort
from cv2.typing import MatLike
from numpy.typing import NDArray

from counter_app.domain.reading import Box
from counter_app.ports.camera import Pixels

LONG_SIDE_PX = 960
INK_LIMIT = 0.2
BOX_LIMIT = 0.4
GROWTH = 1.4
"""The network marks the core of a line; the box grows by area × this ÷ circumference."""

_MEAN = np.array((0.485, 0.456, 0.406), np.float32)
_DEVIATION = np.array((0.229, 0.224, 0.225), np.float32)

Corners = NDArray[np.float32]
"""float32, 4 × 2: top left, top right, bottom right, bottom left in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class TextPlace:
    """Where one line of text stands; `corners` follow the reading direction."""

    corners: Corners
    score: float

    @property
    def box(self) -> Box:
        """The upright rectangle around it."""
        left, top = self.corners.min(axis=0)
        right, bottom = self.corners.max(axis=0)
        return Box(float(left), float(top), float(right), float(bottom))


def find_text(
    session: ort.InferenceSession, bgr: Pixels, long_side: int = LONG_SIDE_PX
) -> list[TextPlace]:
    """Return the lines of text, top to bottom, then left to right.

    Args:
        session: The detection model.
        bgr: uint8, height × width × 3.
        long_side: Pixels to which the longer side is scaled before the search.
    """
    height, width = bgr.shape[:2]
    scale = long_side / max(height, width)
    wide = max(32, round(width * scale / 32) * 32)
    high = max(32, round(height * scale / 32) * 32)
    small = cv2.resize(bgr, (wide, high), interpolation=cv2.INTER_AREA if scale < 1 else 1)
    tensor = ((small.astype(np.float32) / 255.0 - _MEAN) / _DEVIATION).transpose(2, 0, 1)[None]
    (answer,) = session.run(None, {"x": np.ascontiguousarray(tensor)})
    ink: NDArray[np.float32] = answer[0, 0]
    factors = np.array((width / wide, height / high), np.float32)
    return reading_order(_places(ink, factors))


def _places(ink: NDArray[np.float32], factors: NDArray[np.float32]) -> list[TextPlace]:
    mask = (ink > INK_LIMIT).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours[:1000]:
        (centre, (wide, high), angle) = cv2.minAreaRect(contour)
        if min(wide, high) < 3:
            continue
        score = _mean_inside(ink, contour)
        if score < BOX_LIMIT:
            continue
        growth = wide * high * GROWTH / (2 * (wide + high)) * 2
        corners = cv2.boxPoints((centre, (wide + growth, high + growth), angle))
        found.append(TextPlace(_from_top_left(corners * factors), score))
    return found


def _mean_inside(ink: NDArray[np.float32], contour: MatLike) -> float:
    left, top, wide, high = cv2.boundingRect(contour)
    mask = np.zeros((high, wide), np.uint8)
    cv2.fillPoly(mask, [contour - np.array((left, top))], (1,))
    return float(ink[top : top + high, left : left + wide][mask > 0].mean())


def _from_top_left(corners: NDArray[np.float32]) -> Corners:
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left = by_x[:2][np.argsort(by_x[:2, 1])]
    right = by_x[2:][np.argsort(by_x[2:, 1])]
    return np.array((left[0], right[0], right[1], left[1]), np.float32)


def reading_order(places: Sequence[TextPlace]) -> list[TextPlace]:
    """Sort lines by rows: those whose middles lie within half a line share a row."""
    rows: list[list[TextPlace]] = []
    for place in sorted(places, key=lambda each: each.box.top + each.box.height / 2):
        middle = place.box.top + place.box.height / 2
        if rows and middle - _middle(rows[-1][0]) < 0.5 * rows[-1][0].box.height:
            rows[-1].append(place)
        else:
            rows.append([place])
    return [place for row in rows for place in sorted(row, key=lambda each: each.box.left)]


def _middle(place: TextPlace) -> float:
    return place.box.top + place.box.height / 2


def cut_out(bgr: Pixels, corners: Corners) -> Pixels:
    """Return the straightened picture of one line; lines that stand upright are laid down."""
    wide = max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3]))
    high = max(np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[2] - corners[1]))
    width, height = max(2, round(float(wide))), max(2, round(float(high)))
    target = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    line = cv2.warpPerspective(
        bgr, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    if height > 1.5 * width:
        line = cv2.rotate(line, cv2.ROTATE_90_COUNTERCLOCKWISE)
    return line.astype(np.uint8, copy=False)
