"""Pages as pictures: the draft on the customer's screen, and the strip of a thermal printer."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from counter_app.receipt.fonts import FontBook

STRIP_WIDTH_PX = 576
"""72 mm printable width of an 80 mm roll at 203 dpi."""
_INK = (190, 24, 24, 60)


def page_pictures(pdf: bytes, width_px: int, mark: str, book: FontBook) -> tuple[bytes, ...]:
    """Render every page as PNG with words across it that say what it is not.

    Args:
        pdf: A drawn paper.
        width_px: Width of the pictures; the height follows.
        mark: The words.
        book: Where the words' font is.
    """
    pictures = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            scale = (width_px - 0.5) / page.get_width()  # pdfium rounds up
            picture = page.render(scale=scale).to_pil().convert("RGBA")
            pictures.append(_png(_marked(picture, mark, book.path(bold=True)).convert("RGB")))
    finally:
        document.close()
    return tuple(pictures)


def strip_picture(pdf: bytes) -> bytes:
    """Render the only page of a strip as a 1-bit PNG, `STRIP_WIDTH_PX` wide."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        grey = page.render(scale=STRIP_WIDTH_PX / page.get_width(), grayscale=True).to_pil()
    finally:
        document.close()
    exact = grey.convert("L").resize((STRIP_WIDTH_PX, grey.height), Image.Resampling.NEAREST)
    return _png(exact.point(lambda level: 255 if level > 150 else 0).convert("1"))


def _marked(picture: Image.Image, mark: str, font_path: Path) -> Image.Image:
    size = round(picture.width * 0.14)
    font = ImageFont.truetype(str(font_path), size)
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    word = Image.new("RGBA", (size * (len(mark) + 1), size * 2), (0, 0, 0, 0))
    ImageDraw.Draw(word).text((size // 2, size // 4), mark, font=font, fill=_INK)
    turned = word.rotate(30, expand=True, resample=Image.Resampling.BICUBIC)
    for share in (0.02, 0.5):
        place = ((picture.width - turned.width) // 2, round(picture.height * share))
        layer.alpha_composite(turned, (max(place[0], 0), place[1]))
    return Image.alpha_composite(picture, layer)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
