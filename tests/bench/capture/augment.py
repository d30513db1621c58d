"""Worse copies of a picture, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from counter_app.ports.camera import Pixels

KINDS = ("turn", "perspective", "blur", "noise", "jpeg", "glare", "small")


def worse(picture: Pixels, seed: int) -> Iterator[tuple[str, Pixels]]:
    """Yield one copy per kind of damage."""
    chance = np.random.default_rng(seed)
    for kind in KINDS:
        yield kind, _damaged(picture, kind, chance)


def _damaged(picture: Pixels, kind: str, chance: np.random.Generator) -> Pixels:
    high, wide = picture.shape[:2]
    match kind:
        case "turn":
            turn = cv2.getRotationMatrix2D((wide / 2, high / 2), chance.uniform(-7, 7), 0.85)
            out = cv2.warpAffine(picture, turn, (wide, high), borderValue=(70, 80, 90))
        case "perspective":
            flat = np.array(((0, 0), (wide, 0), (wide, high), (0, high)), np.float32)
            moved = flat + chance.uniform(-0.06, 0.06, (4, 2)) * (wide, high)
            matrix = cv2.getPerspectiveTransform(flat, moved.astype(np.float32))
            out = cv2.warpPerspective(picture, matrix, (wide, high), borderValue=(70, 80, 90))
        case "blur":
            out = cv2.GaussianBlur(picture, (0, 0), chance.uniform(1.0, 2.6) * wide / 1000)
        case "noise":
            out = picture + chance.normal(0, 22, picture.shape)
        case "jpeg":
            quality = int(chance.integers(10, 30))
            data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
            out = cv2.imdecode(data, cv2.IMREAD_COLOR)
        case "glare":
            y, x = np.mgrid[0:high, 0:wide]
            at = chance.uniform(0.2, 0.8, 2) * (wide, high)
            out = (
                picture
                + 330
                * np.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / (0.12 * wide) ** 2)[:, :, None]
            )
        case _:
            factor = chance.uniform(0.45, 0.7)
            out = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.clip(out, 0, 255).astype(np.uint8)
