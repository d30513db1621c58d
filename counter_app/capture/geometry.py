"""Corners, shapes and straightening."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from counter_app.capture.box_map import inverse
from counter_app.capture.images import as_pixels
from counter_app.domain.reading import DocumentKind, Outline
from counter_app.ports.camera import Pixels

Quad = NDArray[np.float32]
"""float32, 4 × 2: top left, top right, bottom right, bottom left in pixels."""

SIZES_MM = {"id-1": (85.6, 53.98), "passport": (125.0, 88.0), "a4": (210.0, 297.0)}
"""ISO/IEC 7810 ID-1 and ID-3, ISO 216 A4: width, height in millimetres."""

CARD_WIDTH_PX = 1200
PAGE_LONG_SIDE_PX = 2200


def ordered(points: NDArray[np.float32]) -> Quad:
    """Return four points clockwise from the top left one."""
    centre = points.mean(axis=0)
    angles = np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0])
    around = points[np.argsort(angles)]
    start = int(np.argmin(around.sum(axis=1)))
    return np.roll(around, -start, axis=0).astype(np.float32)


def side_lengths(quad: Quad) -> tuple[float, float]:
    """Return the mean width and the mean height in pixels."""
    edges = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    return float(edges[0] + edges[2]) / 2, float(edges[1] + edges[3]) / 2


def as_quad(outline: Outline) -> Quad:
    """Return the outline's corners as an array."""
    return np.array(outline.corners, np.float32)


def as_outline(quad: Quad, score: float) -> Outline:
    """Return corners and score as a value."""
    a, b, c, d = ((float(x), float(y)) for x, y in quad)
    return Outline((a, b, c, d), score)


def size_mm(kind: DocumentKind, quad: Quad) -> tuple[float, float]:
    """Return the true width and height of what is outlined, the long side as it lies.

    The kind decides where it can; else the side ratio chooses the nearest standard size.
    """
    wide, high = side_lengths(quad)
    match kind:
        case (
            DocumentKind.RESIDENT_ID_FRONT | DocumentKind.RESIDENT_ID_BACK | DocumentKind.BANK_CARD
        ):
            size = SIZES_MM["id-1"]
        case DocumentKind.LETTER | DocumentKind.LICENCE:
            size = SIZES_MM["a4"]
        case DocumentKind.AUTO | DocumentKind.MRZ | DocumentKind.BARCODE:
            size = _nearest(max(wide, high) / max(1.0, min(wide, high)))
    long, short = max(size), min(size)
    return (long, short) if wide >= high else (short, long)


def _nearest(ratio: float) -> tuple[float, float]:
    def distance(size: tuple[float, float]) -> float:
        return abs(max(size) / min(size) - ratio)

    return min(SIZES_MM.values(), key=distance)


def straightened(bgr: Pixels, quad: Quad, kind: DocumentKind) -> Pixels:
    """Cut out the quadrilateral with its true aspect ratio.

    Cards are made 1200 pixels wide, pages at most 2200 pixels long, never larger than 1.5 times
    their size in the picture.
    """
    wide_mm, high_mm = size_mm(kind, quad)
    longest_px = CARD_WIDTH_PX if max(wide_mm, high_mm) < 100 else PAGE_LONG_SIDE_PX
    longest_px = min(longest_px, max(64, round(1.5 * max(side_lengths(quad)))))
    scale = longest_px / max(wide_mm, high_mm)
    return warped(bgr, quad, max(32, round(wide_mm * scale)), max(32, round(high_mm * scale)))


def from_straightened(cut: Pixels, quad: Quad) -> NDArray[np.float64]:
    """Return the 3 × 3 map from a straightened document back into the picture it was cut from."""
    height, width = cut.shape[:2]
    return inverse(_onto(quad, width, height))


def _onto(quad: Quad, width: int, height: int) -> NDArray[np.float64]:
    target = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32)
    return np.asarray(cv2.getPerspectiveTransform(quad.astype(np.float32), target), np.float64)


def warped(bgr: Pixels, quad: Quad, width: int, height: int) -> Pixels:
    """Return the quadrilateral as an upright picture of the given size in pixels."""
    matrix = _onto(quad, width, height)
    return as_pixels(
        cv2.warpPerspective(
            bgr, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
    )


def overlap(one: Quad, other: Quad) -> float:
    """Return the intersection over union of two convex quadrilaterals, 0 to 1."""
    common, _ = cv2.intersectConvexConvex(one.astype(np.float32), other.astype(np.float32))
    union = cv2.contourArea(one) + cv2.contourArea(other) - common
    return float(common / union) if union > 0 else 0.0


def movement(one: Quad, other: Quad) -> float:
    """Return the greatest movement of a corner in pixels."""
    return float(np.linalg.norm(one - other, axis=1).max())
