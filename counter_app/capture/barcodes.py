"""Reads barcodes and two-dimensional codes."""

from __future__ import annotations

import math

import cv2
import numpy as np
import zxingcpp

from counter_app.capture.images import as_pixels
from counter_app.domain.reading import Box, CodeRead
from counter_app.ports.camera import Pixels

FORMATS = (
    "Code128,Code39,Code93,ITF,EAN13,EAN8,UPCA,UPCE,QRCode,MicroQRCode,DataMatrix,PDF417,Aztec"
)
TURNS_DEGREES = (15, -15, 30, -30, 45)
"""Long, low linear codes are found only within about 8 degrees of level or upright."""

CHECKED_FORMATS = frozenset(
    {"Code128", "Code93", "QRCode", "MicroQRCode", "DataMatrix", "PDF417", "Aztec"}
)
"""Symbologies whose check character or error correction leaves no room for a likely misreading;
EAN's single digit, which one wrong reading in ten passes, does not count."""

MIN_ITF_LENGTH = 4
SMALL_PX = 900


def read_codes(bgr: Pixels) -> tuple[CodeRead, ...]:
    """Return the codes in the picture, top to bottom.

    Sharpened, enlarged and turned copies are tried only while nothing has been found (100 to
    300 ms).
    """
    grey = cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)
    found = _read(as_pixels(grey), np.eye(2, 3))
    for clearer in (_even_light, _sharpened):
        found = found or _read(clearer(as_pixels(grey)), np.eye(2, 3))
    if not found and max(grey.shape) < SMALL_PX:
        doubled = cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        found = _read(as_pixels(doubled), np.array(((0.5, 0, 0), (0, 0.5, 0))))
    for degrees in TURNS_DEGREES:
        if found:
            break
        found = _read_turned(as_pixels(grey), degrees)
    unique = {(code.format, code.text): code for code in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda code: (code.box.top, code.box.left)))


def _even_light(grey: Pixels) -> Pixels:
    return as_pixels(cv2.createCLAHE(3.0, (8, 8)).apply(grey))


def _sharpened(grey: Pixels) -> Pixels:
    return as_pixels(cv2.addWeighted(grey, 2.5, cv2.GaussianBlur(grey, (0, 0), 2), -1.5, 0))


def _read_turned(grey: Pixels, degrees: float) -> list[CodeRead]:
    high, wide = grey.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    cos, sin = abs(math.cos(math.radians(degrees))), abs(math.sin(math.radians(degrees)))
    width, height = round(wide * cos + high * sin), round(wide * sin + high * cos)
    turn = turn + np.array(((0, 0, (width - wide) / 2), (0, 0, (height - high) / 2)))
    turned = cv2.warpAffine(
        grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return _read(as_pixels(turned), cv2.invertAffineTransform(turn).astype(np.float64))


def _read(grey: Pixels, back: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[CodeRead]:
    codes = zxingcpp.read_barcodes(
        np.ascontiguousarray(grey), formats=zxingcpp.barcode_formats_from_str(FORMATS)
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
