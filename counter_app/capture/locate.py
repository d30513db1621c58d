"""Finds the four sides of a document lying on a desk.

Candidates come from edges and brightness regions of several colour channels; each is pulled onto
the strongest edges near its sides and judged by how much of every side such an edge supports.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from counter_app.capture.geometry import Quad, as_outline, ordered, side_lengths
from counter_app.capture.line_quads import line_quads
from counter_app.domain.reading import Outline
from counter_app.ports.camera import Pixels

FAST_SIDE_PX = 320
THOROUGH_SIDE_PX = 480
MAX_AREA_SHARE = 0.985
SAMPLES = 24
REACH_PX = 5
RIM_PX = 6
CUT_SIDE_FACTOR = 0.86
"""A side along the frame's edge is less likely the document's than one inside the frame."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an outline must be to count.

    Attributes:
        area_share: Part of the picture that it covers at the least.
        score: Supported share of its sides at the least.
    """

    area_share: float
    score: float


NEAR = Wanted(0.06, 0.6)
FAR = Wanted(0.02, 0.97)
"""A document that is too far away: only where nothing nearer is found, or the portrait on a card
would be one."""

Gradient = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Horizontal and vertical change of brightness or colour; 1.0 counts as an edge."""


def locate_fast(bgr: Pixels) -> Outline | None:
    """Find the outline for the live picture (about 15 ms): brightness and one colour channel."""
    small, scale = _small(bgr, FAST_SIDE_PX)
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB)
    channels = [lab[:, :, 0], lab[:, :, 2]]
    return _best(channels, [], scale, NEAR) or _best(channels, [], scale, FAR)


def locate_thorough(bgr: Pixels) -> Outline | None:
    """Find the outline for the capture (about 0.1 s): four channels and straight segments."""
    small, scale = _small(bgr, THOROUGH_SIDE_PX)
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB)
    saturation = cv2.cvtColor(small, cv2.COLOR_BGR2HSV)[:, :, 1]
    channels = [lab[:, :, 0], lab[:, :, 1], lab[:, :, 2], saturation]
    return _best(channels, line_quads(lab[:, :, 0]), scale, NEAR)


def _small(bgr: Pixels, long_side: int) -> tuple[MatLike, float]:
    scale = long_side / max(bgr.shape[:2])
    small = cv2.resize(bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return _framed(cv2.GaussianBlur(small, (3, 3), 0)), scale


def _framed(small: MatLike) -> MatLike:
    """Lay a rim of the desk's colour around the picture.

    The rim gives a document that is partly out of the frame a side where the frame cuts it, so
    that it is found there instead of some rectangle printed on it.
    """
    ends = np.vstack((small[0], small[-1], small[:, 0], small[:, -1]))
    blue, green, red = (float(value) for value in np.median(ends, axis=0))
    return cv2.copyMakeBorder(
        small, RIM_PX, RIM_PX, RIM_PX, RIM_PX, cv2.BORDER_CONSTANT, value=(blue, green, red)
    )


def _best(
    channels: list[MatLike], more: list[Quad], scale: float, wanted: Wanted
) -> Outline | None:
    shape = channels[0].shape[:2]
    gradients = [_gradient(channel) for channel in channels]
    best: tuple[float, float, Quad] | None = None
    seen: set[tuple[int, ...]] = set()
    for quad in [*(q for channel in channels for q in _candidates(channel, wanted)), *more]:
        key = tuple(int(value) // 6 for value in quad.ravel())
        if key in seen or not _is_plausible(quad, shape, wanted):
            continue
        seen.add(key)
        pulled = _pulled(quad, gradients)
        if not _is_plausible(pulled, shape, wanted):
            pulled = quad
        score = _support(pulled, gradients)
        rank = score * (0.55 + 0.45 * _area_share(pulled, shape) ** 0.35)
        rank *= CUT_SIDE_FACTOR ** _sides_cut_off(pulled, shape)
        if best is None or rank > best[0]:
            best = (rank, score, pulled)
    if best is None or best[1] < wanted.score:
        return None
    return as_outline(((best[2] - RIM_PX) / scale).astype(np.float32), best[1])


def _candidates(channel: MatLike, wanted: Wanted) -> Iterator[Quad]:
    area = channel.shape[0] * channel.shape[1]
    for mask in _masks(channel):
        contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            hull = cv2.convexHull(contour)
            share = cv2.contourArea(hull) / area
            if wanted.area_share < share < MAX_AREA_SHARE:
                quad = _as_quad(hull)
                if quad is not None:
                    yield quad


def _masks(channel: MatLike) -> Iterator[MatLike]:
    limit, light = cv2.threshold(channel, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    strength = max(20.0, float(channel.astype(np.float32).std()) * 1.2)
    kernel = np.ones((3, 3), np.uint8)
    for factor in (0.5, 1.2):
        edges = cv2.Canny(channel, strength * factor * 0.5, strength * factor)
        yield cv2.morphologyEx(edges, cv2.MORPH_CLOSE, kernel, iterations=2)
    opened = cv2.morphologyEx(light, cv2.MORPH_OPEN, kernel, iterations=2)
    yield opened
    yield cv2.bitwise_not(opened)
    _, lighter = cv2.threshold(channel, min(250.0, limit * 1.25), 255, cv2.THRESH_BINARY)
    yield cv2.morphologyEx(lighter, cv2.MORPH_OPEN, kernel, iterations=2)


def _as_quad(hull: MatLike) -> Quad | None:
    around = cv2.arcLength(hull, closed=True)
    for share in (0.015, 0.03, 0.05, 0.08, 0.12):
        corners = cv2.approxPolyDP(hull, share * around, closed=True)
        if len(corners) == 4:
            return ordered(corners.reshape(4, 2).astype(np.float32))
        if len(corners) < 4:
            return None
    return None


def _is_plausible(quad: Quad, shape: tuple[int, ...], wanted: Wanted) -> bool:
    if not np.isfinite(quad).all() or not cv2.isContourConvex(quad):
        return False
    if not wanted.area_share < _area_share(quad, shape) < MAX_AREA_SHARE:
        return False
    high, wide = shape[:2]
    margin = 0.03 * max(wide, high)
    if quad.min() < -margin or (quad > (wide + margin, high + margin)).any():
        return False
    edges = np.roll(quad, -1, axis=0) - quad
    lengths = np.linalg.norm(edges, axis=1)
    cosines = np.abs((edges * np.roll(edges, 1, axis=0)).sum(axis=1)) / (
        lengths * np.roll(lengths, 1) + 1e-6
    )
    width, height = side_lengths(quad)
    ratio = max(width, height) / max(1.0, min(width, height))
    return float(cosines.max()) < 0.75 and ratio < 2.6


def _sides_cut_off(quad: Quad, shape: tuple[int, ...]) -> int:
    """Count the sides that run along the frame's edge."""
    high, wide = shape[:2]
    near = RIM_PX + 4
    low = (quad < near).sum(axis=0)
    far = (quad > (wide - near, high - near)).sum(axis=0)
    return int((low >= 2).sum() + (far >= 2).sum())


def _area_share(quad: Quad, shape: tuple[int, ...]) -> float:
    return float(cv2.contourArea(quad)) / (shape[0] * shape[1])


def _gradient(channel: MatLike) -> Gradient:
    across = cv2.Scharr(channel, cv2.CV_32F, 1, 0) / 16.0
    down = cv2.Scharr(channel, cv2.CV_32F, 0, 1) / 16.0
    strength = np.abs(across) + np.abs(down)
    limit = max(4.0, float(np.percentile(strength, 80)) * 0.6)
    return (across / limit).astype(np.float32), (down / limit).astype(np.float32)


def _pulled(quad: Quad, gradients: list[Gradient]) -> Quad:
    """Move each side onto the strongest edges near it and cut the sides with each other."""
    points, strength = _profiles(quad, gradients, REACH_PX)
    lines = [_fitted(quad[i], quad[(i + 1) % 4], points[i], strength[i]) for i in range(4)]
    corners = [_crossing(lines[i - 1], lines[i]) for i in range(4)]
    return np.array(corners, np.float32)


def _profiles(
    quad: Quad, gradients: list[Gradient], reach: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return points across the sides and the strongest edge at each.

    Shapes: 4 sides × samples × offsets (× 2: x and y in pixels).
    """
    along = np.roll(quad, -1, axis=0) - quad
    normal = np.stack((-along[:, 1], along[:, 0]), axis=1)
    normal = normal / (np.linalg.norm(along, axis=1)[:, None] + 1e-6)
    at = np.linspace(0.06, 0.94, SAMPLES, dtype=np.float32)
    offsets = np.arange(-reach, reach + 1, dtype=np.float32)
    points = quad[:, None] + at[:, None] * along[:, None]
    points = points[:, :, None] + offsets[:, None] * normal[:, None, None]
    high, wide = gradients[0][0].shape
    x, y = np.moveaxis(points.round().astype(np.int32), -1, 0)
    inside = (x >= 0) & (y >= 0) & (x < wide) & (y < high)
    place = y.clip(0, high - 1) * wide + x.clip(0, wide - 1)
    rightward, downward = normal[:, 0, None, None], normal[:, 1, None, None]
    strength = np.zeros(x.shape, np.float32)
    for across, down in gradients:
        change = across.ravel()[place] * rightward + down.ravel()[place] * downward
        np.maximum(strength, np.abs(change), out=strength)
    return points.astype(np.float32), np.where(inside, strength, 0).astype(np.float32)


def _fitted(
    start: NDArray[np.float32],
    end: NDArray[np.float32],
    points: NDArray[np.float32],
    strength: NDArray[np.float32],
) -> NDArray[np.float32]:
    best = strength.argmax(axis=1)
    rows = np.arange(len(best))
    chosen = points[rows, best][strength[rows, best] > 1.0]
    if len(chosen) < SAMPLES // 3:
        direction = (end - start) / (np.linalg.norm(end - start) + 1e-6)
        return np.array((*direction, *start), np.float32)
    line = cv2.fitLine(chosen, cv2.DIST_HUBER, 0, 0.01, 0.01)
    return np.array(line, np.float32).ravel()


def _crossing(one: NDArray[np.float32], other: NDArray[np.float32]) -> tuple[float, float]:
    (ax, ay, px, py), (bx, by, qx, qy) = (one.tolist(), other.tolist())
    cross = ax * by - ay * bx
    if abs(cross) < 1e-4:
        return (px, py)
    t = ((qx - px) * by - (qy - py) * bx) / cross
    return (px + t * ax, py + t * ay)


def _support(quad: Quad, gradients: list[Gradient]) -> float:
    """Return the supported share of the sides, the weakest side counting double."""
    _, strength = _profiles(quad, gradients, 1)
    shares = (strength.max(axis=2) > 1.0).mean(axis=1)
    return float(shares.sum() + shares.min()) / 5
