"""What is odd about a photograph besides what stands on the document."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from counter_app.capture.companions import has_companion
from counter_app.capture.geometry import Quad, as_quad
from counter_app.capture.moire import moire_strength
from counter_app.capture.picture import Picture
from counter_app.capture.text_engine import TextEngine
from counter_app.domain.reading import Notice, Reading
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import Stop

SCREEN_BEAT = 14.0
"""A little above the live picture's limit: a file may have been sharpened."""


def oddities(
    picture: Picture, reading: Reading, engine: TextEngine, stop: Stop
) -> tuple[Notice, ...]:
    """Return what is odd about the photograph.

    Args:
        picture: As it was taken, with the outline of the document that was read.
        reading: What was read of it.
        engine: Finds and reads lines on what may be a second document.
        stop: Looked at between lines.

    Raises:
        CounterError: MODEL_MISSING, STOPPED.
    """
    return tuple(_found(picture, reading, engine, stop))


def _found(picture: Picture, reading: Reading, engine: TextEngine, stop: Stop) -> Iterator[Notice]:
    outline = picture.outline
    quad = as_quad(outline) if outline is not None else _all_of(picture.whole)
    if moire_strength(picture.whole, quad) > SCREEN_BEAT:
        yield Notice.SCREEN_PHOTO
    if has_companion(picture, reading, engine, stop):
        yield Notice.SEVERAL_DOCUMENTS


def _all_of(whole: Pixels) -> Quad:
    high, wide = whole.shape[:2]
    return np.array(((0, 0), (wide, 0), (wide, high), (0, high)), np.float32)
