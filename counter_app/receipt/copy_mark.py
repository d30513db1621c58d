"""Words across a copy of a picture, so that the copy serves one purpose only."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from counter_app.errors import CounterError, FailureCode

PURPOSE = "仅供办理换绑手机号使用"
_INK, _RIM = (190, 24, 24, 150), (255, 255, 255, 120)
_SHARE = 0.045
_SMALLEST_PX = 14
_JPEG_QUALITY = 92


def marked_copy(data: bytes, font: Path, words: str = PURPOSE) -> bytes:
    """Return a copy of a picture with words all over it, in rows 30° upwards.

    What the file held besides the picture (place, camera, time) is left behind.

    Args:
        data: A picture's file, any format that Pillow reads.
        font: A TrueType font with the words' characters.
        words: Of the mark.

    Returns:
        A JPEG file, or PNG for what was not JPEG.

    Raises:
        CounterError: IMAGE_UNREADABLE for what is no picture.
    """
    try:
        with Image.open(io.BytesIO(data)) as opened:
            kind = opened.format
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise CounterError(FailureCode.IMAGE_UNREADABLE) from error
    marked = Image.alpha_composite(picture, _layer(picture.size, font, words)).convert("RGB")
    out = io.BytesIO()
    if kind == "JPEG":
        marked.save(out, "JPEG", quality=_JPEG_QUALITY)
    else:
        marked.save(out, "PNG")
    return out.getvalue()


def _layer(size: tuple[int, int], font_path: Path, words: str) -> Image.Image:
    """Draw rows of words on a square that covers the picture when it is turned."""
    width, height = size
    font_px = max(_SMALLEST_PX, round(max(size) * _SHARE))
    font = ImageFont.truetype(str(font_path), font_px)
    side = width + height
    sheet = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(sheet)
    step = round(font.getlength(words)) + 2 * font_px
    for number, y in enumerate(range(0, side, 3 * font_px)):
        for x in range(-(number % 2) * step // 2, side, step):
            pen.text((x, y), words, font=font, fill=_INK, stroke_width=1, stroke_fill=_RIM)
    turned = sheet.rotate(30, resample=Image.Resampling.BICUBIC)
    left, top = (side - width) // 2, (side - height) // 2
    return turned.crop((left, top, left + width, top + height))
