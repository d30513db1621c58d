"""Finds our own letter form in a picture by its QR code and registration marks."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from counter_app.capture.images import as_pixels
from counter_app.domain.letter_form import (
    MARK_SIZE_MM,
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    QR_REGION,
    REGISTRATION_MARKS,
    letter_number_of,
)
from counter_app.ports.camera import Pixels

PIXELS_PER_MM = 8.0
SEARCH_MM = 30.0
MIN_MARKS = 3

Points = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class FormPose:
    """The straightened form.

    Attributes:
        page: A4 at 8 pixels per millimetre.
        letter_number: From the QR code.
        marks_found: 3 or 4.
    """

    page: Pixels
    letter_number: str
    marks_found: int


def find_form(bgr: Pixels) -> FormPose | None:
    """Return the straightened form, or None where no code of ours or too few marks are seen."""
    grey = as_pixels(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY))
    code = _our_code(grey)
    if code is None:
        return None
    number, seen_qr = code
    region = QR_REGION
    true_qr = np.array(
        (
            (region.left, region.top),
            (region.left + region.width, region.top),
            (region.left + region.width, region.top + region.height),
            (region.left, region.top + region.height),
        ),
        np.float32,
    )
    guess = _affine(true_qr, seen_qr)
    pairs = _matched(_squares(grey, guess), guess)
    if len(pairs) < MIN_MARKS:
        return None
    true = np.array([mark for mark, _ in pairs], np.float32)
    seen = np.array([point for _, point in pairs], np.float32)
    if len(pairs) == MIN_MARKS:
        true, seen = np.vstack((true, true_qr)), np.vstack((seen, seen_qr))
    matrix, _ = cv2.findHomography(seen, true * PIXELS_PER_MM)
    size = (round(PAGE_WIDTH_MM * PIXELS_PER_MM), round(PAGE_HEIGHT_MM * PIXELS_PER_MM))
    page = cv2.warpPerspective(
        bgr, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return FormPose(as_pixels(page), number, len(pairs))


def _affine(true: Points, seen: Points) -> NDArray[np.float64]:
    """Return the 2 × 3 map from millimetres to pixels that fits best."""
    ones = np.hstack((true, np.ones((len(true), 1), np.float32)))
    fit, *_ = np.linalg.lstsq(ones.astype(np.float64), seen.astype(np.float64), rcond=None)
    return np.asarray(fit.T, np.float64)


def _our_code(grey: Pixels) -> tuple[str, Points] | None:
    for code in zxingcpp.read_barcodes(
        grey, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    ):
        number = letter_number_of(code.text)
        if number is not None:
            place = code.position
            points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
            return number, np.array([(point.x, point.y) for point in points], np.float32)
    return None


def _squares(grey: Pixels, guess: NDArray[np.float64]) -> Points:
    """Return the middles of filled dark squares about as large as a registration mark."""
    scale = float(np.sqrt(abs(np.linalg.det(guess[:, :2]))))
    side = MARK_SIZE_MM * scale
    window = int(side * 4) | 1
    dark = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, max(15, window), 18
    )
    contours, _ = cv2.findContours(dark, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        area = cv2.contourArea(contour)
        if not 0.4 * side**2 < area < 2.2 * side**2:
            continue
        (centre, (wide, high), _) = cv2.minAreaRect(contour)
        if min(wide, high) > 0.65 * max(wide, high) and area > 0.8 * wide * high:
            found.append(centre)
    return np.array(found, np.float32).reshape(-1, 2)


def _matched(
    squares: Points, guess: NDArray[np.float64]
) -> list[tuple[tuple[float, float], Points]]:
    scale = float(np.sqrt(abs(np.linalg.det(guess[:, :2]))))
    pairs = []
    for mark in REGISTRATION_MARKS:
        expected = guess @ np.array((*mark, 1.0))
        if not len(squares):
            break
        distances = np.linalg.norm(squares - expected, axis=1)
        nearest = int(distances.argmin())
        if distances[nearest] < SEARCH_MM * scale:
            pairs.append((mark, squares[nearest]))
    return pairs
