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
    found = []
    for (top, bottom), (left, right) in (
        (rows, columns) for rows in combinations(flat, 2) for columns in combinations(steep, 2)
    ):
        corners = [_meet(a, b) for a in (top, bottom) for b in (left, right)]
        if any(corner is None for corner in corners):
            continue
        quad = ordered(np.array(corners, np.float32))
        if cv2.contourArea(quad) > 0.06 * shape[0] * shape[1]:
            found.append(quad)
    return found


def _meet(one: Line, other: Line) -> tuple[float, float] | None:
    x, y, w = np.cross(one, other)
    return None if abs(w) < 1e-6 else (float(x / w), float(y / w))
