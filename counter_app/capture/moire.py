"""The hint that a picture was taken of a screen: the screen's own grid shows as a regular beat."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from counter_app.ports.camera import Pixels

PATCH_PX = 256
LOW, HIGH = 0.18, 0.47
"""Band of the spectrum looked at, in cycles per pixel; print and paper leave little there."""


def moire_strength(bgr: Pixels, quad: NDArray[np.float32]) -> float:
    """Return how far the strongest regular beat stands above the spectrum around it.

    Args:
        bgr: The frame, at its own size: scaling would wash the beat out.
        quad: The document's corners.
    """
    high, wide = bgr.shape[:2]
    if min(high, wide) < PATCH_PX:
        return 0.0
    centre = quad.mean(axis=0)
    strengths = []
    for offset in ((-0.2, -0.1), (0.15, 0.15), (0.0, 0.0)):
        x, y = centre + np.array(offset) * np.ptp(quad, axis=0)
        left = int(np.clip(x - PATCH_PX / 2, 0, wide - PATCH_PX))
        top = int(np.clip(y - PATCH_PX / 2, 0, high - PATCH_PX))
        strengths.append(_beat(bgr[top : top + PATCH_PX, left : left + PATCH_PX]))
    return min(strengths)


def _beat(patch: Pixels) -> float:
    grey = cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY).astype(np.float32)
    window = np.outer(np.hanning(PATCH_PX), np.hanning(PATCH_PX)).astype(np.float32)
    spectrum = np.abs(np.fft.fftshift(np.fft.fft2((grey - grey.mean()) * window)))
    frequency = np.fft.fftshift(np.fft.fftfreq(PATCH_PX))
    radius = np.hypot(frequency[:, None], frequency[None, :])
    band = (radius > LOW) & (radius < HIGH)
    smooth = cv2.blur(spectrum.astype(np.float32), (25, 25))
    return float((spectrum / (np.asarray(smooth) + 30.0))[band].max())
