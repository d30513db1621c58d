"""Type, strokes and stamps that the specimens are drawn with."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from counter_app.errors import CounterError, FailureCode

INK = (24, 24, 28)
PEN = (28, 40, 110)
SEAL_RED = (206, 32, 38)


@cache
def font(size_px: int, weight: str = "Regular") -> ImageFont.FreeTypeFont:
    """Return the bundled Noto Sans SC; `weight` is Regular or Bold.

    Raises:
        CounterError: FONT_MISSING.
    """
    name = f"NotoSansSC-{weight}.ttf"
    try:
        with as_file(files("counter_app") / "_resources" / "fonts" / name) as path:
            return ImageFont.truetype(str(path), size_px)
    except OSError as error:
        raise CounterError(FailureCode.FONT_MISSING, font=name) from error


def watermark(image: Image.Image, size_px: int) -> None:
    """Write 样本 across the face, faint enough to read what lies under it."""
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    wide, high = image.size
    for x, y in ((0.3, 0.35), (0.72, 0.7)):
        draw.text(
            (wide * x, high * y), "样本", (90, 90, 90, 34), font(size_px, "Bold"), anchor="mm"
        )
    image.paste(layer, (0, 0), layer)


def scribble(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], seed: int) -> None:
    """Draw a signature-like stroke inside left, top, right, bottom."""
    left, top, right, bottom = box
    chance = np.random.default_rng(seed)
    xs = np.linspace(left + 0.1 * (right - left), right - 0.1 * (right - left), 60)
    waves = sum(
        np.sin(np.linspace(0, turns, 60) + chance.uniform(0, 6)) for turns in (9.0, 23.0, 40.0)
    )
    ys = (top + bottom) / 2 + np.asarray(waves) * (bottom - top) * 0.13
    points = [(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]
    draw.line(points, PEN, width=max(2, int((bottom - top) / 22)), joint="curve")


def round_seal(image: Image.Image, centre: tuple[float, float], diameter: float, text: str) -> None:
    """Stamp a round red seal with the text around its ring."""
    size = int(diameter)
    layer = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    middle, ring = size / 2, max(2, size // 26)
    draw.ellipse((ring, ring, size - ring, size - ring), outline=(*SEAL_RED, 215), width=ring)
    points = [
        (
            middle + radius * size * np.sin(step * np.pi / 5),
            middle - radius * size * np.cos(step * np.pi / 5),
        )
        for step, radius in ((n, 0.14 if n % 2 == 0 else 0.055) for n in range(10))
    ]
    draw.polygon([(float(x), float(y)) for x, y in points], fill=(*SEAL_RED, 215))
    for index, character in enumerate(text):
        angle = -120 + 240 * (index + 0.5) / len(text)
        _around(layer, character, angle, size)
    image.paste(layer, (int(centre[0] - middle), int(centre[1] - middle)), layer)


def _around(layer: Image.Image, character: str, angle: float, size: int) -> None:
    cell = int(size * 0.14)
    tile = Image.new("RGBA", (cell, cell), (0, 0, 0, 0))
    glyph = font(max(8, int(size * 0.1)), "Bold")
    ImageDraw.Draw(tile).text((cell / 2, cell / 2), character, (*SEAL_RED, 215), glyph, "mm")
    tile = tile.rotate(-angle, resample=Image.Resampling.BICUBIC)
    radius = size * 0.37
    x = size / 2 + radius * np.sin(np.deg2rad(angle)) - cell / 2
    y = size / 2 - radius * np.cos(np.deg2rad(angle)) - cell / 2
    layer.alpha_composite(tile, (max(0, int(x)), max(0, int(y))))
