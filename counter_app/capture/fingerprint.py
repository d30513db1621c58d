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

    The signs of the 8 × 8 lowest frequencies of a 64 × 64 grey copy around their median.
    """
    grey = cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(cv2.GaussianBlur(grey, (0, 0), 3), (64, 64), interpolation=cv2.INTER_AREA)
    waves = np.asarray(cv2.dct(small.astype(np.float32)), np.float32)[:8, :8].ravel()
    bits = waves > float(np.median(waves[1:]))
    return f"{sum(1 << place for place, bit in enumerate(bits) if bit):016x}"
