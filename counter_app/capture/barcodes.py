"""Reads barcodes and two-dimensional codes."""

from __future__ import annotations

import math
from collections.abc import Iterator

import cv2
import numpy as np
import zxingcpp

from counter_app.capture.code_places import Affine, code_places
from counter_app.capture.images import as_pixels, resized, within
from counter_app.domain.reading import Box, CodeRead
from counter_app.ports.camera import Pixels

FORMATS = (
    "Code128,Code39,Code93,ITF,EAN13,EAN8,UPCA,UPCE,QRCode,MicroQRCode,DataMatrix,PDF417,Aztec"
)
SQUARE_FORMATS = "QRCode"
TURNS_DEGREES = (15, -15, 30, -30, 45)
"""Long, low linear codes are found only within about 8 degrees of level or upright."""

GLANCE_SIDE_PX = 2000
SEARCHED_SIDE_PX = 1600
"""Beyond the first look, the whole picture is searched at no more than this."""

CHECKED_FORMATS = frozenset(
    {"Code128", "Code93", "QRCode", "MicroQRCode", "DataMatrix", "PDF417", "Aztec"}
)
"""Symbologies whose check character or error correction leaves no room for a likely misreading;
EAN's single digit, which one wrong reading in ten passes, does not count."""

MIN_ITF_LENGTH = 4
SMALL_PX = 900


def glance_codes(bgr: Pixels) -> tuple[CodeRead, ...]:
    """Return the QR codes that show at a first look (about 30 ms)."""
    grey, back = _at_most(_grey(bgr), GLANCE_SIDE_PX)
    return _sorted(_read(grey, back, SQUARE_FORMATS))


def read_codes(bgr: Pixels, formats: str = FORMATS) -> tuple[CodeRead, ...]:
    """Return the codes in the picture, top to bottom.

    While nothing has been found, the places that look like codes are cut out, laid level and made
    clearer; then the whole picture is made clearer, enlarged or turned (100 to 500 ms).

    Args:
        bgr: The picture.
        formats: Names of symbologies, with commas.
    """
    grey = _grey(bgr)
    found = _read(grey, np.eye(2, 3), formats)
    for picture, back in () if found else _closer_looks(grey):
        found = _read(picture, back, formats)
        if found:
            break
    return _sorted(found)


def _closer_looks(grey: Pixels) -> Iterator[tuple[Pixels, Affine]]:
    for place in code_places(grey):
        for clearer in (_as_it_is, _sharpened, _even_light):
            yield clearer(place.grey), place.to_picture
    smaller, back = _at_most(grey, SEARCHED_SIDE_PX)
    for clearer in (_even_light, _sharpened):
        yield clearer(smaller), back
    if max(grey.shape) < SMALL_PX:
        yield resized(grey, 2), np.array(((0.5, 0, 0), (0, 0.5, 0)))
    for degrees in TURNS_DEGREES:
        yield _turned(smaller, back, degrees)


def _grey(bgr: Pixels) -> Pixels:
    return as_pixels(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY))


def _at_most(grey: Pixels, long_side: int) -> tuple[Pixels, Affine]:
    smaller = within(grey, long_side)
    factor = max(grey.shape) / max(smaller.shape)
    return smaller, np.array(((factor, 0, 0), (0, factor, 0)), np.float64)


def _sorted(found: list[CodeRead]) -> tuple[CodeRead, ...]:
    unique = {(code.format, code.text): code for code in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda code: (code.box.top, code.box.left)))


def _as_it_is(grey: Pixels) -> Pixels:
    return grey


def _even_light(grey: Pixels) -> Pixels:
    return as_pixels(cv2.createCLAHE(3.0, (8, 8)).apply(grey))


def _sharpened(grey: Pixels) -> Pixels:
    return as_pixels(cv2.addWeighted(grey, 2.5, cv2.GaussianBlur(grey, (0, 0), 2), -1.5, 0))


def _turned(grey: Pixels, back: Affine, degrees: float) -> tuple[Pixels, Affine]:
    high, wide = grey.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    cos, sin = abs(math.cos(math.radians(degrees))), abs(math.sin(math.radians(degrees)))
    width, height = round(wide * cos + high * sin), round(wide * sin + high * cos)
    turn = turn + np.array(((0, 0, (width - wide) / 2), (0, 0, (height - high) / 2)))
    turned = cv2.warpAffine(grey, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return as_pixels(turned), back[0, 0] * cv2.invertAffineTransform(turn).astype(np.float64)


def _read(grey: Pixels, back: Affine, formats: str) -> list[CodeRead]:
    codes = zxingcpp.read_barcodes(
        np.ascontiguousarray(grey), formats=zxingcpp.barcode_formats_from_str(formats)
    )
    found = []
    for code in codes:
        format_name = _format_name(code)
        if not code.valid or (format_name == "ITF" and len(code.text) < MIN_ITF_LENGTH):
            continue
        place = code.position
        corners = np.array(
            [
                (point.x, point.y, 1.0)
                for point in (
                    place.top_left,
                    place.top_right,
                    place.bottom_right,
                    place.bottom_left,
                )
            ]
        )
        points = corners @ back.T
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        box = Box(float(left), float(top), float(right), float(bottom))
        found.append(CodeRead(format_name, code.text, box))
    return found


def _format_name(code: zxingcpp.Barcode) -> str:
    return str(code.format).rsplit(".", maxsplit=1)[-1].replace(" ", "").replace("-", "")
