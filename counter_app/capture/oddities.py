"""What is odd about a photograph besides what stands on the document."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from counter_app.capture.geometry import Quad, as_quad, straightened
from counter_app.capture.locate import locate_fast
from counter_app.capture.moire import moire_strength
from counter_app.capture.text_engine import TextEngine
from counter_app.domain.reading import DocumentKind, Notice, Outline
from counter_app.ports.camera import Pixels

SCREEN_BEAT = 14.0
"""A little above the live picture's limit: a file may have been sharpened."""

SECOND_SCORE = 0.8
SECOND_SIZE = (0.4, 2.5)
"""Another outline counts as a document when its area against the first's lies between these."""
SECOND_LINES = 4
COVERED = 1.06


def oddities(whole: Pixels, outline: Outline | None, engine: TextEngine) -> tuple[Notice, ...]:
    """Return what is odd about the photograph.

    Args:
        whole: As it was taken.
        outline: Of the document that is read; None where none was found for sure.
        engine: Finds lines of text on what may be a second document.

    Raises:
        CounterError: MODEL_MISSING.
    """
    return tuple(_found(whole, outline, engine))


def _found(whole: Pixels, outline: Outline | None, engine: TextEngine) -> Iterator[Notice]:
    quad = as_quad(outline) if outline is not None else _all_of(whole)
    if moire_strength(whole, quad) > SCREEN_BEAT:
        yield Notice.SCREEN_PHOTO
    if outline is not None and _has_second(whole, quad, engine):
        yield Notice.SEVERAL_DOCUMENTS


def _all_of(whole: Pixels) -> Quad:
    high, wide = whole.shape[:2]
    return np.array(((0, 0), (wide, 0), (wide, high), (0, high)), np.float32)


def _has_second(whole: Pixels, quad: Quad, engine: TextEngine) -> bool:
    """Say whether another document with print on it lies beside the one that is read."""
    centre = quad.mean(axis=0)
    covered = whole.copy()
    rim = np.vstack((whole[0], whole[-1], whole[:, 0], whole[:, -1]))
    desk = tuple(float(value) for value in np.median(rim, axis=0))
    cover = (centre + (quad - centre) * COVERED).astype(np.int32)
    cv2.fillConvexPoly(covered, cover, desk)
    second = locate_fast(covered)
    if second is None or second.score < SECOND_SCORE:
        return False
    other = as_quad(second)
    share = cv2.contourArea(other) / max(1.0, cv2.contourArea(quad))
    if not SECOND_SIZE[0] < share < SECOND_SIZE[1]:
        return False
    return len(engine.find(straightened(covered, other, DocumentKind.AUTO))) >= SECOND_LINES
