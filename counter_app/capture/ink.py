"""Separates ink from paper on a straightened page and measures it inside regions."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from counter_app.domain.letter_form import Region
from counter_app.domain.reading import Box
from counter_app.ports.camera import Pixels

Mask = NDArray[np.bool_]
"""height × width, true where there is ink."""

DARKER_THAN_PAPER = 0.72
RED_LEAD = 38


@dataclass(frozen=True, slots=True, eq=False)
class InkedPage:
    """A page with its masks.

    Attributes:
        bgr: The straightened page.
        dark: Ink of any colour but the seal's red.
        red: Seal ink.
        pixels_per_mm: Scale of the page.
    """

    bgr: Pixels
    dark: Mask
    red: Mask
    pixels_per_mm: float

    def box(self, region: Region, inset_mm: float = 0.0) -> Box:
        """Return a region of the page in pixels."""
        scale = self.pixels_per_mm
        return Box(
            (region.left + inset_mm) * scale,
            (region.top + inset_mm) * scale,
            (region.left + region.width - inset_mm) * scale,
            (region.top + region.height - inset_mm) * scale,
        )


def separate(bgr: Pixels, pixels_per_mm: float) -> InkedPage:
    """Tell ink from paper, and seal ink from the rest, after balancing the paper to white."""
    balanced = _balanced(bgr)
    lightness = balanced.max(axis=2)
    red_lead = balanced[:, :, 2] - np.maximum(balanced[:, :, 0], balanced[:, :, 1])
    red = red_lead > RED_LEAD
    grey = cv2.cvtColor(balanced.clip(0, 255).astype(np.uint8), cv2.COLOR_BGR2GRAY)
    dark = (grey.astype(np.float32) < 255 * DARKER_THAN_PAPER) & ~red & (lightness < 235)
    return InkedPage(bgr, dark, red, pixels_per_mm)


def _balanced(bgr: Pixels) -> NDArray[np.float32]:
    """Divide by the paper's own colour nearby, so that shadows and lamps drop out."""
    high, wide = bgr.shape[:2]
    small = cv2.resize(bgr, (max(8, wide // 12), max(8, high // 12)), interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), 5)
    spread = cv2.resize(paper, (wide, high), interpolation=cv2.INTER_LINEAR)
    balanced = bgr.astype(np.float32) * 250.0 / np.maximum(spread.astype(np.float32), 40.0)
    return np.asarray(balanced, np.float32)


def share(mask: Mask, box: Box) -> float:
    """Return the inked part of a box, 0 to 1."""
    part = cut(mask, box)
    return float(part.mean()) if part.size else 0.0


def cut(mask: Mask, box: Box) -> Mask:
    """Return the part of the mask inside the box."""
    top, bottom = max(0, round(box.top)), max(0, round(box.bottom))
    left, right = max(0, round(box.left)), max(0, round(box.right))
    return mask[top:bottom, left:right]


def without_rules(mask: Mask, min_length_px: int) -> Mask:
    """Return the mask without long horizontal lines, such as the rule under a signature."""
    flat = mask.astype(np.uint8)
    lines = cv2.morphologyEx(flat, cv2.MORPH_OPEN, np.ones((1, max(3, min_length_px)), np.uint8))
    thick = cv2.dilate(lines, np.ones((3, 1), np.uint8))
    return np.asarray(mask & (np.asarray(thick) == 0), np.bool_)


def extent(mask: Mask) -> tuple[int, int, int, int] | None:
    """Return left, top, right, bottom around the ink, or None for clean paper."""
    columns = np.flatnonzero(mask.sum(axis=0) >= 2)
    rows = np.flatnonzero(mask.sum(axis=1) >= 2)
    if not len(columns) or not len(rows):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
