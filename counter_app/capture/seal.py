"""Tells a seal's print from other red things; presence only, never whose."""

from __future__ import annotations

import cv2
import numpy as np

from counter_app.capture.ink import Mask, extent
from counter_app.domain.reading import Box

MIN_RED_SHARE = 0.02
DIAMETER_SHARE = (0.13, 0.26)
"""A company's seal on an A4 page, as a part of the page's width: 27 to 55 mm."""
RING_COVER = 0.6
MAX_RED_SHARE = 0.05
"""More red than this is the desk or the paper, not a few prints."""


def seal_share(red: Mask, min_side_px: float) -> float:
    """Return the red part of a seal's box, 0.0 where it is no seal's print.

    Args:
        red: The box's seal ink.
        min_side_px: A print is at least this wide and high.
    """
    found = extent(red)
    if found is None:
        return 0.0
    left, top, right, bottom = found
    if min(right - left, bottom - top) < min_side_px:
        return 0.0
    inked = float(red.mean())
    return inked if inked >= MIN_RED_SHARE else 0.0


def round_seals(red: Mask) -> list[Box]:
    """Return the round seals in the lower half of a page.

    Args:
        red: The whole upright page's seal ink.
    """
    high, wide = red.shape
    if float(red.mean()) > MAX_RED_SHARE:
        return []
    joined = cv2.morphologyEx(
        red.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8), iterations=2
    )
    span = max(3, round(wide * 0.02)) | 1
    blobs = cv2.dilate(joined, np.ones((span, span), np.uint8))
    contours, _ = cv2.findContours(blobs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        left, top, across, down = cv2.boundingRect(contour)
        across, down = across - span, down - span
        low, most = (share * wide for share in DIAMETER_SHARE)
        is_size = low <= max(across, down) <= most and min(across, down) > 0.75 * max(across, down)
        if not is_size or top + down / 2 < high * 0.4:
            continue
        box = Box(left + span / 2, top + span / 2, left + span / 2 + across, top + span / 2 + down)
        if _has_ring(joined > 0, box):
            found.append(box)
    return found


def _has_ring(red: Mask, box: Box) -> bool:
    """Say whether red lies near the rim in most directions from the middle."""
    centre_x, centre_y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    angles = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    hits = np.zeros(72, np.bool_)
    for radius in np.linspace(0.82, 1.04, 8):
        x = (centre_x + np.cos(angles) * box.width / 2 * radius).round().astype(int)
        y = (centre_y + np.sin(angles) * box.height / 2 * radius).round().astype(int)
        inside = (x >= 0) & (y >= 0) & (x < red.shape[1]) & (y < red.shape[0])
        hits |= inside & red[y.clip(0, red.shape[0] - 1), x.clip(0, red.shape[1] - 1)]
    return float(hits.mean()) >= RING_COVER
