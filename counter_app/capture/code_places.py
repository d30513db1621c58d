"""Finds where codes may stand in a picture, and lays them level.

A code is the place where light and dark change most often: a linear code in one direction, a
square one in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from counter_app.capture.images import as_pixels
from counter_app.ports.camera import Pixels

SEARCH_SIDE_PX = 1000
GRAINS_PX = (9, 17)
"""What stands closer than this belongs together; small codes and large ones."""
MOST_PLACES = 5
ROOM = 1.25
LEAST_SIDE_PX = 12
LONGEST_PX = 1800
ENLARGED_TO_PX = 700

Affine = NDArray[np.float64]
"""float64, 2 × 3: from pixels of the level cut into those of the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class CodePlace:
    """A cut in which a code may stand, its sides level."""

    grey: Pixels
    to_picture: Affine


def code_places(grey: Pixels) -> Iterator[CodePlace]:
    """Yield cuts of the places that look most like codes, the likeliest first."""
    scale = min(1.0, SEARCH_SIDE_PX / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    across = cv2.Scharr(small, cv2.CV_32F, 1, 0)
    down = cv2.Scharr(small, cv2.CV_32F, 0, 1)
    strength = np.sqrt(across * across + down * down)
    for (x, y), (wide, high), angle in _boxes(strength):
        middle = (x / scale, y / scale)
        # Room at the sides: a linear code needs its quiet zones.
        sides = (ROOM * wide / scale + 16, ROOM * high / scale + 16)
        yield _cut(grey, middle, sides, angle)


def _boxes(strength: MatLike) -> list[tuple[tuple[float, float], tuple[float, float], float]]:
    found = []
    for grain in GRAINS_PX:
        busy = cv2.blur(strength, (grain, grain))
        limit = max(float(busy.mean() * 2.2), float(busy.max()) * 0.3)
        kernel = np.ones((grain, grain), np.uint8)
        mask = cv2.morphologyEx((busy > limit).astype(np.uint8), cv2.MORPH_CLOSE, kernel)
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            (x, y), (wide, high), angle = cv2.minAreaRect(contour)
            if min(wide, high) < LEAST_SIDE_PX:
                continue
            fullness = cv2.contourArea(contour) / (wide * high)
            left, top, width, height = cv2.boundingRect(contour)
            part = busy[top : top + height, left : left + width]
            rank = fullness * float(part.mean()) * (wide * high) ** 0.35
            found.append((rank, ((x, y), (wide, high), angle)))
    found.sort(key=lambda each: -each[0])
    return [box for _, box in found[:MOST_PLACES]]


def _cut(
    grey: Pixels, middle: tuple[float, float], sides: tuple[float, float], angle: float
) -> CodePlace:
    scale = max(1.0, min(2.5, ENLARGED_TO_PX / max(sides)))
    scale = min(scale, LONGEST_PX / max(sides))
    wide, high = (max(8, round(side * scale)) for side in sides)
    turn = np.deg2rad(angle)
    along = np.array((np.cos(turn), np.sin(turn))) / scale
    down = np.array((-np.sin(turn), np.cos(turn))) / scale
    start = np.array(middle) - along * wide / 2 - down * high / 2
    to_picture: Affine = np.column_stack((along, down, start))
    how = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    level = cv2.warpAffine(
        grey, to_picture, (wide, high), flags=how, borderMode=cv2.BORDER_REPLICATE
    )
    return CodePlace(as_pixels(level), to_picture)
