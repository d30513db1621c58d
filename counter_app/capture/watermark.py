"""Copies of evidence that leave the counter say what they are for."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from counter_app.capture import images
from counter_app.errors import CounterError, FailureCode

OPACITY = 74
ANGLE_DEGREES = 28


def watermarked(jpeg: bytes, words: str) -> bytes:
    """Return a copy with the words repeated across it; the evidence itself stays untouched.

    Args:
        jpeg: The evidence as kept.
        words: Such as the purpose, the acceptance number and the day.

    Returns:
        JPEG of at most 1 MB.

    Raises:
        CounterError: IMAGE_UNREADABLE, IMAGE_TOO_LARGE, FONT_MISSING.
    """
    picture = Image.fromarray(images.decode(jpeg)[:, :, ::-1]).convert("RGBA")
    wide, high = picture.size
    size = max(18, max(wide, high) // 36)
    side = int(1.5 * max(wide, high))
    layer = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    face = _font(size)
    step = int(pen.textlength(words, face)) + 4 * size
    for row, y in enumerate(range(0, side, 6 * size)):
        for x in range(-(row % 2) * step // 2, side, step):
            pen.text((x, y), words, (90, 90, 100, OPACITY), face)
    turned = layer.rotate(ANGLE_DEGREES, resample=Image.Resampling.BILINEAR)
    left, top = (side - wide) // 2, (side - high) // 2
    picture.alpha_composite(turned.crop((left, top, left + wide, top + high)))
    rgb = np.asarray(picture.convert("RGB"))
    return images.encode_jpeg(np.ascontiguousarray(rgb[:, :, ::-1]))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    source = files("counter_app") / "_resources" / "fonts" / "NotoSansSC-Regular.ttf"
    try:
        with as_file(source) as path:
            return ImageFont.truetype(str(path), size)
    except OSError as error:
        raise CounterError(FailureCode.FONT_MISSING) from error
