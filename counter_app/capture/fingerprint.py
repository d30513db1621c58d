"""Digests by which a page is known again."""

from __future__ import annotations

import cv2
import numpy as np

from counter_app.domain.reading import ImageDigest
from counter_app.ports.camera import Pixels


def digest_of(bgr: Pixels, sha256: str) -> ImageDigest:
    """Return both digests of an upright page.

    Args:
        bgr: The page, cut out and upright.
        sha256: Of the bytes that the page came from.
    """
    return ImageDigest(sha256, perceptual_hash(bgr))


def perceptual_hash(bgr: Pixels) -> str:
    """Return a 64-bit hash that survives scaling, light and JPEG, as 16 hexadecimal digits.

    The signs of the 8 × 8 lowest frequencies of a 64 × 64 copy around their median, after the
    paper's own brightness is divided out.
    """
    grey = cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)
    middle = cv2.resize(grey, (256, 256), interpolation=cv2.INTER_AREA).astype(np.float32)
    paper = cv2.GaussianBlur(cv2.dilate(middle, np.ones((21, 21), np.uint8)), (0, 0), 12)
    flat = (middle / np.maximum(np.asarray(paper), 1.0)).astype(np.float32)
    small = cv2.resize(flat, (64, 64), interpolation=cv2.INTER_AREA)
    waves = np.asarray(cv2.dct(small.astype(np.float32)), np.float32)[:8, :8].ravel()
    bits = waves > float(np.median(waves[1:]))
    return f"{sum(1 << place for place, bit in enumerate(bits) if bit):016x}"
