"""The quality gate: what is measured on a frame, the limits, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from counter_app.capture.geometry import as_quad, side_lengths, size_mm, warped
from counter_app.capture.images import as_pixels
from counter_app.capture.moire import moire_strength
from counter_app.domain.reading import DocumentKind, Hint, Measure, Outline, Quality
from counter_app.ports.camera import Pixels

CROP_WIDTH_PX = 640
"""Sharpness is measured on the straightened document at this width, so that it does not depend on
the camera's size."""

FURTHER_BLUR_PX = 1.5


@dataclass(frozen=True, slots=True)
class Limit:
    """The accepted range of one measure and the hints on either side of it."""

    low: float | None = None
    high: float | None = None
    below: Hint | None = None
    above: Hint | None = None


CARD_LIMITS = {
    "sharpness": Limit(low=17.5, below=Hint.BLURRED),
    "softness": Limit(high=0.68, above=Hint.BLURRED),
    "glare_share": Limit(high=0.03, above=Hint.GLARE),
    "brightness": Limit(low=60.0, high=238.0, below=Hint.TOO_DARK, above=Hint.TOO_BRIGHT),
    "pixels_per_mm": Limit(low=8.0, below=Hint.CLOSER),
    "edge_margin": Limit(low=0.004, below=Hint.OUT_OF_FRAME),
    "moire": Limit(high=12.0, above=Hint.SCREEN_PHOTO),
}
"""Cards and passport pages."""

PAGE_LIMITS = {
    **{name: limit for name, limit in CARD_LIMITS.items() if name != "softness"},
    "sharpness": Limit(low=14.0, below=Hint.BLURRED),
    "glare_share": Limit(high=0.10, above=Hint.GLARE),
    "pixels_per_mm": Limit(low=5.0, below=Hint.CLOSER),
}
"""A4 pages: letters and licences. White paper may shine; its letters are larger. Measured at a
card's width a page is sharp however soft its letters are."""

FREE_LIMITS = {
    "sharpness": Limit(low=14.0, below=Hint.BLURRED),
    "brightness": CARD_LIMITS["brightness"],
}
"""Labels and codes, which need no outline."""

SURE_OUTLINE = 0.8
"""An outline with less support may be another rectangle."""

URGENCY = tuple(Hint)


def limits_for(kind: DocumentKind) -> dict[str, Limit]:
    """Return the table that a kind of document is held to."""
    match kind:
        case DocumentKind.LETTER | DocumentKind.LICENCE:
            return PAGE_LIMITS
        case DocumentKind.BARCODE:
            return FREE_LIMITS
        case _:
            return CARD_LIMITS


def judge(bgr: Pixels, outline: Outline | None, kind: DocumentKind) -> Quality:
    """Measure a frame and compare with the table of its kind (about 10 ms)."""
    limits = limits_for(kind)
    values = _measured(bgr, outline, kind)
    measures = tuple(
        Measure(name, round(values[name], 4), limit.low, limit.high)
        for name, limit in limits.items()
        if name in values
    )
    hints = {_hint(limits[measure.name], measure) for measure in measures}
    if kind is not DocumentKind.BARCODE and (outline is None or outline.score < SURE_OUTLINE):
        # The sharpness of an empty desk tells nothing; its light does.
        hints = {Hint.NOT_FOUND, *(hints & {Hint.TOO_DARK, Hint.TOO_BRIGHT})}
    elif _is_other_side(bgr, outline, kind):
        hints.add(Hint.TURN_OVER)
    return Quality(measures, tuple(hint for hint in URGENCY if hint in hints))


def _hint(limit: Limit, measure: Measure) -> Hint | None:
    if limit.low is not None and measure.value < limit.low:
        return limit.below
    if limit.high is not None and measure.value > limit.high:
        return limit.above
    return None


def _measured(bgr: Pixels, outline: Outline | None, kind: DocumentKind) -> dict[str, float]:
    if outline is None:
        height, width = bgr.shape[:2]
        crop = as_pixels(cv2.resize(bgr, (CROP_WIDTH_PX, round(CROP_WIDTH_PX * height / width))))
        return {"sharpness": sharpness(_grey(crop)), "brightness": float(crop.mean())}
    quad = as_quad(outline)
    wide_mm, high_mm = size_mm(kind, quad)
    height = round(CROP_WIDTH_PX * high_mm / wide_mm)
    crop = warped(bgr, quad, CROP_WIDTH_PX, height)
    grey = _grey(crop)
    return {
        "sharpness": sharpness(grey),
        "softness": softness(grey),
        "glare_share": glare_share(crop),
        "brightness": float(crop.mean()),
        "pixels_per_mm": max(side_lengths(quad)) / max(wide_mm, high_mm),
        "edge_margin": _edge_margin(bgr, quad),
        "moire": moire_strength(bgr, quad),
    }


def _grey(crop: Pixels) -> MatLike:
    return cv2.GaussianBlur(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), (3, 3), 0)


def sharpness(grey: MatLike) -> float:
    """Return the edge strength: the root of the Tenengrad mean over the strongest tenth.

    Flat areas say nothing about focus, so only the tenth with the strongest gradients counts.
    """
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1, scale=1 / 8)
    power = np.ravel(across * across + down * down)
    kept = -len(power) // 10
    power.partition(kept)
    return float(np.sqrt(power[kept:].mean()))


def softness(grey: MatLike) -> float:
    """Return which part of the edge strength a further blur leaves: more of what is blurred.

    Unlike the strength itself it does not depend on how dark the print is.
    """
    softer = cv2.GaussianBlur(grey, (0, 0), FURTHER_BLUR_PX)
    return sharpness(softer) / max(1e-6, sharpness(grey))


def glare_share(crop: Pixels) -> float:
    """Return the part of the document that is burnt out to white in one patch or several."""
    hsv = cv2.cvtColor(crop, cv2.COLOR_BGR2HSV)
    burnt = ((hsv[:, :, 2] > 250) & (hsv[:, :, 1] < 25)).astype(np.uint8)
    patches = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return float(patches.mean())


def _edge_margin(bgr: Pixels, quad: NDArray[np.float32]) -> float:
    high, wide = bgr.shape[:2]
    nearest = min(quad.min(), (wide - quad[:, 0]).min(), (high - quad[:, 1]).min())
    return float(nearest) / max(wide, high)


def _is_other_side(bgr: Pixels, outline: Outline | None, kind: DocumentKind) -> bool:
    """Say whether a resident card shows the wrong side, by the red emblem on its back."""
    if outline is None or kind not in (
        DocumentKind.RESIDENT_ID_FRONT,
        DocumentKind.RESIDENT_ID_BACK,
    ):
        return False
    crop = warped(bgr, as_quad(outline), 320, 202).astype(np.int16)
    if float((crop.max(axis=2) - crop.min(axis=2)).mean()) < 6:
        return False  # a copy without colour tells nothing
    has_emblem = _red_share(crop[16:86, 16:84]) > 0.2
    return has_emblem == (kind is DocumentKind.RESIDENT_ID_FRONT)


def _red_share(part: NDArray[np.int16]) -> float:
    lead = part[:, :, 2] - np.maximum(part[:, :, 0], part[:, :, 1])
    return float((lead > 35).mean())
