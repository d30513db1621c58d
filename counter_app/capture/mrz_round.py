"""Tells the letter O from the figure 0 by their height, where the type is OCR-B.

The recogniser takes them for each other. In OCR-B figures are a twelfth taller than letters, so
the row's own figures and letters say which of the two a round character is. Other type is left
as it was read.

Source: ISO 1073-2, OCR-B size I; ICAO Doc 9303-3, section 4.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from counter_app.capture.mrz_decode import Slot
from counter_app.ports.camera import Pixels

STRIP_PX = 64
FIGURES = "2345689"
LETTERS = "BDEFHKMNPRUXZ"
"""Letters whose height is the capitals', without round or pointed ends beyond it."""
ROUND = "0O"
SURE = 0.9
FEWEST = 3
LEAST_GAP, MOST_GAP = 0.035, 0.13
"""How much shorter the row's letters are than its figures, as a part of the figures' height."""
MOST_SPREAD = 0.03
CLEAR = 0.2
"""Between the two heights lies a band of this part of the gap on either side of its middle in
which nothing is said."""
DECIDED, OTHER = 0.9, 0.1
STRAY = 0.4
"""In pitches: a character farther from its place in the row stands between two places."""

Heights = NDArray[np.float64]


def told_apart(slots: Sequence[Slot], strip: Pixels) -> list[Slot]:
    """Return the row with its round characters named by their height.

    Either stays the other's second choice, so that check digits can still overrule it.

    Args:
        slots: Of one row.
        strip: The row's picture, from which they were read.
    """
    marks = [slot.choices[0] for slot in slots]
    if not any(mark in ROUND for mark, _ in marks):
        return list(slots)
    tall, low = (
        [at for at, (mark, score) in enumerate(marks) if mark in kind and score > SURE]
        for kind in (FIGURES, LETTERS)
    )
    if min(len(tall), len(low)) < FEWEST:
        return list(slots)
    heights = _heights(slots, strip)
    limits = None if heights is None else _limits(heights[tall], heights[low])
    if heights is None or limits is None:
        return list(slots)
    return [
        _named(slot, height, limits) if slot.choices[0][0] in ROUND else slot
        for slot, height in zip(slots, heights.tolist(), strict=True)
    ]


def _named(slot: Slot, height: float, limits: tuple[float, float]) -> Slot:
    below, above = limits
    if not below < height < above:
        first, second = ("O", "0") if height <= below else ("0", "O")
        if slot.choices[0][0] != first:
            rest = tuple(choice for choice in slot.choices if choice[0] not in ROUND)
            return replace(slot, choices=((first, DECIDED), (second, OTHER), *rest))
    return slot


def _limits(tall: Heights, low: Heights) -> tuple[float, float] | None:
    """Return below which height a character is the letter and above which the figure."""
    figure, letter = float(np.median(tall)), float(np.median(low))
    if figure <= 0 or not LEAST_GAP < (figure - letter) / figure < MOST_GAP:
        return None
    spread = float(np.median(np.abs(tall - figure))) / figure
    if spread > MOST_SPREAD:
        return None
    middle, room = (figure + letter) / 2, CLEAR * (figure - letter)
    return middle - room, middle + room


def _heights(slots: Sequence[Slot], strip: Pixels) -> Heights | None:
    """Return the height of each character's ink, or None where they are not evenly spaced."""
    grey = cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY)
    wide = round(grey.shape[1] * STRIP_PX / grey.shape[0])
    scaled = cv2.resize(grey, (wide, STRIP_PX), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    places = np.arange(len(slots))
    columns = np.array([slot.column for slot in slots]) * wide
    pitch, start = np.polyfit(places, columns, 1)
    is_even = np.abs(columns - pitch * places - start) < STRAY * pitch
    if pitch < 4 or is_even.mean() < 0.85:
        return None
    pitch, start = np.polyfit(places[is_even], columns[is_even], 1)
    paper = cv2.GaussianBlur(cv2.dilate(scaled, np.ones((15, 15), np.uint8)), (0, 0), 8)
    ink = np.clip(paper - scaled, 0, None)
    edges = [(max(0, round(x - 0.48 * pitch)), round(x + 0.48 * pitch)) for x in
             (pitch * places + start).tolist()]  # fmt: skip
    return np.array([_height(ink[:, left:right]) for left, right in edges])


def _height(cell: NDArray[np.float32]) -> float:
    """Return how high the ink stands, to a part of a pixel; 0 where there is none."""
    if cell.shape[1] < 4:
        return 0.0
    profile = np.sort(cell, axis=1)[:, -max(2, cell.shape[1] // 4) :].mean(axis=1)
    half = 0.5 * float(np.percentile(profile, 90))
    inked = np.flatnonzero(profile > half)
    if half <= 0 or len(inked) == 0:
        return 0.0
    top, bottom = int(inked[0]), int(inked[-1])
    above = float(profile[top - 1]) if top > 0 else float(profile[top])
    below = float(profile[bottom + 1]) if bottom + 1 < len(profile) else float(profile[bottom])
    at_top = (float(profile[top]) - half) / (float(profile[top]) - above + 1e-6)
    at_bottom = (float(profile[bottom]) - half) / (float(profile[bottom]) - below + 1e-6)
    return bottom - top + min(1.0, at_top) + min(1.0, at_bottom)
