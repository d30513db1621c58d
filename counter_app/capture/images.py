"""Image files in and out, with bounds that hold whatever the bytes say."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib

import cv2
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import Pixels
from counter_app.ports.capture import MAX_EVIDENCE_BYTES

MAX_FILE_BYTES = 40_000_000
MAX_PIXELS = 50_000_000
MAX_LONG_SIDE_PX = 4000
MIN_SIDE_PX = 16
MAX_RATIO = 40
"""Longer strips hold no document; scaled down, nothing of them would be left."""
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")

BROKEN_FILE = (
    OSError,
    EOFError,
    LookupError,
    OverflowError,
    SyntaxError,
    TypeError,
    UnidentifiedImageError,
    ValueError,
    ZeroDivisionError,
    struct.error,
    zlib.error,
)
"""What the image library raises for damaged files, as changed files showed."""

cv2.setNumThreads(1)


def decode(data: bytes) -> Pixels:
    """Turn an image file into pixels, upright by its EXIF mark, at most 4000 pixels long.

    Args:
        data: JPEG, PNG, WebP, BMP, TIFF or GIF; grey, palette, CMYK and 16-bit pictures too.

    Raises:
        CounterError: IMAGE_TOO_LARGE (more than 40 MB or 50 megapixels), IMAGE_UNREADABLE (no
            image, cut off, animated, or too small or too narrow to hold text).
    """
    return decode_scaled(data)[0]


def decode_scaled(data: bytes) -> tuple[Pixels, float]:
    """Return what `decode` does, and how many times larger the file's own picture is.

    Raises:
        CounterError: As `decode`.
    """
    if len(data) > MAX_FILE_BYTES:
        raise CounterError(FailureCode.IMAGE_TOO_LARGE, bytes=len(data))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decoded(data)
    except BROKEN_FILE as error:
        raise CounterError(FailureCode.IMAGE_UNREADABLE) from error
    except Image.DecompressionBombError as error:
        raise CounterError(FailureCode.IMAGE_TOO_LARGE) from error


def _decoded(data: bytes) -> tuple[Pixels, float]:
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        width, height = opened.size
        if width * height > MAX_PIXELS:
            raise CounterError(FailureCode.IMAGE_TOO_LARGE, width=width, height=height)
        short, long = sorted((width, height))
        if short < MIN_SIDE_PX or long > MAX_RATIO * short:
            raise CounterError(FailureCode.IMAGE_UNREADABLE, width=width, height=height)
        if getattr(opened, "n_frames", 1) > 1:
            raise CounterError(FailureCode.IMAGE_UNREADABLE, reason="several pictures")
        opened.draft("RGB", (MAX_LONG_SIDE_PX, MAX_LONG_SIDE_PX))
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((MAX_LONG_SIDE_PX, MAX_LONG_SIDE_PX))
        rgb = np.asarray(_as_rgb(upright))
    factor = max(width, height) / max(rgb.shape[:2])
    return np.ascontiguousarray(rgb[:, :, ::-1]), factor


def _as_rgb(picture: Image.Image) -> Image.Image:
    if picture.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        values = np.asarray(picture).astype(np.float64)
        span = 65535.0 if values.max(initial=0.0) > 255 else 255.0
        return Image.fromarray((values / span * 255).clip(0, 255).astype(np.uint8)).convert("RGB")
    if "A" in picture.getbands() or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("RGB")
    return picture.convert("RGB")


def encode_jpeg(bgr: Pixels, max_bytes: int = MAX_EVIDENCE_BYTES) -> bytes:
    """Return the picture as JPEG of at most `max_bytes`, first less exact, then smaller."""
    picture = bgr
    while True:
        for quality in (92, 85, 75, 60):
            data = _jpeg(picture, quality)
            if len(data) <= max_bytes:
                return data
        height, width = picture.shape[:2]
        if min(height, width) < 2 * MIN_SIDE_PX:
            raise CounterError(FailureCode.IMAGE_TOO_LARGE, bytes=len(data))
        picture = resized(picture, 0.75)


def _jpeg(bgr: Pixels, quality: int) -> bytes:
    is_made, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not is_made:
        raise CounterError(FailureCode.IMAGE_UNREADABLE)
    return data.tobytes()


def resized(bgr: Pixels, factor: float) -> Pixels:
    """Return the picture scaled; down by area, up by cubic interpolation."""
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return as_pixels(cv2.resize(bgr, None, fx=factor, fy=factor, interpolation=how))


def within(bgr: Pixels, long_side: int) -> Pixels:
    """Return the picture, scaled down where its longer side is longer than `long_side`."""
    longest = max(bgr.shape[:2])
    return bgr if longest <= long_side else resized(bgr, long_side / longest)


def turned(bgr: Pixels, quarter_turns: int) -> Pixels:
    """Return the picture turned clockwise by 0 to 3 quarter turns."""
    return bgr if quarter_turns % 4 == 0 else np.ascontiguousarray(np.rot90(bgr, -quarter_turns))


def as_pixels(image: cv2.typing.MatLike) -> Pixels:
    """Return OpenCV's answer with its element type said."""
    return image.astype(np.uint8, copy=False)


def sha256(data: bytes) -> str:
    """Return the digest as hexadecimal."""
    return hashlib.sha256(data).hexdigest()
