"""Quadrilaterals made of straight segments, for pages whose outline is broken."""

from __future__ import annotations

from itertools import combinations

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from counter_app.capture.geometry import Quad, ordered

MIN_LENGTH_SHARE = 0.12
KEPT_LINES = 7
MIN_AREA_SHARE = 0.06
OUTSIDE_SHARE = 0.03
"""A corner may lie this far outside of the frame, as a part of its long side."""

Line = NDArray[np.float64]
"""Homogeneous line (a, b, c) with a² + b² = 1."""


def line_quads(channel: MatLike) -> list[Quad]:
    """Return quadrilaterals between the strongest flat and the strongest steep lines."""
    detector = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD)
    found: MatLike | None = detector.detect(channel)[0]
    if found is None:
        return []
    ends = found.reshape(-1, 4).astype(np.float64)
    lengths = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    shortest = MIN_LENGTH_SHARE * min(channel.shape[:2])
    kept = np.argsort(-lengths)[:60]
    kept = kept[lengths[kept] > shortest]
    is_flat = np.abs(ends[:, 2] - ends[:, 0]) >= np.abs(ends[:, 3] - ends[:, 1])
    flat = _merged([ends[i] for i in kept if is_flat[i]])
    steep = _merged([ends[i] for i in kept if not is_flat[i]])
    return _quads(flat, steep, channel.shape[:2])


def _merged(segments: list[NDArray[np.float64]]) -> list[Line]:
    """Join collinear segments; the lines with the longest total length come first."""
    groups: list[tuple[Line, float]] = []
    for segment in segments:
        line, length = _line(segment), float(np.hypot(*(segment[2:] - segment[:2])))
        for index, (other, total) in enumerate(groups):
            distance = max(abs(_distance(other, segment[:2])), abs(_distance(other, segment[2:])))
            if distance < 4:
                groups[index] = (other, total + length)
                break
        else:
            groups.append((line, length))
    groups.sort(key=lambda group: -group[1])
    return [line for line, _ in groups[:KEPT_LINES]]


def _line(segment: NDArray[np.float64]) -> Line:
    x1, y1, x2, y2 = segment
    line = np.array((y1 - y2, x2 - x1, x1 * y2 - x2 * y1))
    unit: Line = line / (np.hypot(line[0], line[1]) + 1e-9)
    return unit


def _distance(line: Line, point: NDArray[np.float64]) -> float:
    return float(line[0] * point[0] + line[1] * point[1] + line[2])


def _quads(flat: list[Line], steep: list[Line], shape: tuple[int, ...]) -> list[Quad]:
    """Return the quadrilaterals between two flat and two steep lines, all at once."""
    if len(flat) < 2 or len(steep) < 2:
        return []
    meets = np.cross(np.array(flat)[:, None, :], np.array(steep)[None, :, :])
    depth = np.where(np.abs(meets[:, :, 2]) < 1e-6, np.nan, meets[:, :, 2])
    points = meets[:, :, :2] / depth[:, :, None]
    top, bottom = np.array(tuple(combinations(range(len(flat)), 2))).T
    left, right = np.array(tuple(combinations(range(len(steep)), 2))).T
    corners = np.stack(
        [
            points[row[:, None], column[None, :]].reshape(-1, 2)
            for row, column in ((top, left), (top, right), (bottom, right), (bottom, left))
        ],
        axis=1,
    )
    return [ordered(quad.astype(np.float32)) for quad in corners[_may_be_page(corners, shape)]]


def _may_be_page(corners: NDArray[np.float64], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Say which quadrilaterals (n × 4 × 2) are large enough and lie in the frame."""
    high, wide = shape
    ahead = np.roll(corners, -1, axis=1)
    cross = corners[:, :, 0] * ahead[:, :, 1] - corners[:, :, 1] * ahead[:, :, 0]
    is_large = np.abs(cross.sum(axis=1)) / 2 > MIN_AREA_SHARE * high * wide
    room = OUTSIDE_SHARE * max(wide, high)
    is_inside = ((corners > -room) & (corners < np.array((wide, high)) + room)).all(axis=(1, 2))
    return np.asarray(is_large & is_inside, np.bool_)
