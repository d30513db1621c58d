"""Finds our own letter form in a picture by its QR code and registration marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from counter_app.capture.box_map import inverse
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
SEARCH_MM = 70.0
"""The code alone tells so roughly where a mark is to be looked for on a page lying aslant."""
SQUARES_TRIED = 5
MISPLACED_MM = 3.0
MIN_MARKS = 3

Points = NDArray[np.float32]

_LEFT, _TOP = QR_REGION.left, QR_REGION.top
_RIGHT, _BOTTOM = _LEFT + QR_REGION.width, _TOP + QR_REGION.height
_QR_MM: Points = np.array(
    ((_LEFT, _TOP), (_RIGHT, _TOP), (_RIGHT, _BOTTOM), (_LEFT, _BOTTOM)), np.float32
)


@dataclass(frozen=True, slots=True, eq=False)
class FormPose:
    """The straightened form.

    Attributes:
        page: A4 at 8 pixels per millimetre.
        letter_number: From the QR code.
        marks_found: 3 or 4.
        to_given: 3 × 3, from pixels of `page` into the picture that was searched.
    """

    page: Pixels
    letter_number: str
    marks_found: int
    to_given: NDArray[np.float64]


def letter_number_in(bgr: Pixels) -> str | None:
    """Return the letter's number from the form's code, or None where there is no such code."""
    code = _our_code(as_pixels(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)))
    return code[0] if code is not None else None


def find_form(bgr: Pixels) -> FormPose | None:
    """Return the straightened form, or None where no code of ours or too few marks are seen."""
    grey = as_pixels(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY))
    code = _our_code(grey)
    if code is None:
        return None
    number, seen_qr = code
    guess = _affine(_QR_MM, seen_qr)
    found = _fitted(_squares(grey, guess), guess, seen_qr)
    if found is None:
        return None
    matrix, marks = found
    size = (round(PAGE_WIDTH_MM * PIXELS_PER_MM), round(PAGE_HEIGHT_MM * PIXELS_PER_MM))
    page = cv2.warpPerspective(
        bgr, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return FormPose(as_pixels(page), number, marks, inverse(matrix))


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
        if not 0.3 * side**2 < area < 2.6 * side**2:
            continue
        (centre, (wide, high), _) = cv2.minAreaRect(contour)
        if min(wide, high) > 0.65 * max(wide, high) and area > 0.8 * wide * high:
            found.append(centre)
    return np.array(found, np.float32).reshape(-1, 2)


def _fitted(
    squares: Points, guess: NDArray[np.float64], seen_qr: Points
) -> tuple[NDArray[np.float64], int] | None:
    """Return the map from the picture onto the page that puts the code in its place best.

    A square of print is easily taken for a mark where the page lies aslant: every choice of
    squares is tried, and the code's own corners tell the right one. Four marks go before three.
    """
    for wanted in (len(REGISTRATION_MARKS), MIN_MARKS):
        fits = [
            (error, matrix)
            for chosen in _choices(squares, guess, wanted)
            if (matrix := _homography(chosen, seen_qr)) is not None
            and (error := _misplaced_mm(matrix, chosen, seen_qr)) < MISPLACED_MM
        ]
        if fits:
            return min(fits, key=lambda fit: fit[0])[1], wanted
    return None


def _choices(
    squares: Points, guess: NDArray[np.float64], wanted: int
) -> Iterator[list[tuple[tuple[float, float], Points]]]:
    """Yield pairs of a mark's place in millimetres and a square that may be it."""
    scale = float(np.sqrt(abs(np.linalg.det(guess[:, :2]))))
    near = []
    for mark in REGISTRATION_MARKS:
        distances = np.linalg.norm(squares - guess @ np.array((*mark, 1.0)), axis=1)
        order = [int(at) for at in np.argsort(distances)[:SQUARES_TRIED]]
        near.append([(mark, at) for at in order if distances[at] < SEARCH_MM * scale])
    for some in combinations(near, wanted):
        for chosen in product(*some):
            if len({at for _, at in chosen}) == wanted:
                yield [(mark, squares[at]) for mark, at in chosen]


def _homography(
    chosen: list[tuple[tuple[float, float], Points]], seen_qr: Points
) -> NDArray[np.float64] | None:
    true = np.array([mark for mark, _ in chosen], np.float32)
    seen = np.array([point for _, point in chosen], np.float32)
    if len(chosen) == MIN_MARKS:
        true, seen = np.vstack((true, _QR_MM)), np.vstack((seen, seen_qr))
    answer, _ = cv2.findHomography(seen, true * PIXELS_PER_MM)
    # Points in one line have no answer, which arrives as an array of no size.
    matrix = np.asarray(answer, np.float64)
    is_plain = matrix.shape == (3, 3) and abs(float(np.linalg.det(matrix))) > 1e-9
    return matrix if is_plain else None


def _misplaced_mm(
    matrix: NDArray[np.float64], chosen: list[tuple[tuple[float, float], Points]], seen_qr: Points
) -> float:
    """Return how far the worst of the marks and the code's corners lies from its place."""
    true = np.vstack((_QR_MM, [mark for mark, _ in chosen]))
    seen = np.vstack((seen_qr, [point for _, point in chosen])).astype(np.float64)
    placed = cv2.perspectiveTransform(seen[None], matrix)[0] / PIXELS_PER_MM
    return float(np.linalg.norm(placed - true, axis=1).max())
