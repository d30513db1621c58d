"""The pages of a file as one picture, one below the other, so that boxes have one place."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from counter_app.capture import images
from counter_app.capture.box_map import Matrix, scaled
from counter_app.capture.form_pose import letter_number_in
from counter_app.capture.view import View
from counter_app.domain.reading import DocumentKind
from counter_app.ports.camera import Pixels

MAX_PIXELS = 14_000_000
GAP_PX = 16
GROUND = 150
WHOLE_FILE = frozenset({DocumentKind.LETTER, DocumentKind.AUTO})
"""Of anything else one page is looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The picture that is kept of a file, and its pages as they are read.

    Attributes:
        jpeg: At most 1 MB.
        pages: At full size; each knows its place in the kept picture.
        main: Place among the pages of the one with our form's code, else of the first.
    """

    jpeg: bytes
    pages: tuple[View, ...]
    main: int


def sheet_of(pages: Sequence[Pixels], kind: DocumentKind) -> Sheet:
    """Put the pages below each other; of what is no letter only the one that counts.

    Raises:
        CounterError: IMAGE_UNREADABLE.
    """
    main = next((n for n, page in enumerate(pages) if letter_number_in(page) is not None), 0)
    if kind not in WHOLE_FILE:
        pages, main = (pages[main],), 0
    scale = min(1.0, (MAX_PIXELS / sum(page.shape[0] * page.shape[1] for page in pages)) ** 0.5)
    small = [images.resized(page, scale) if scale < 1 else page for page in pages]
    tops = [sum(page.shape[0] + GAP_PX for page in small[:n]) for n in range(len(small))]
    stacked = _stacked(small, tops)
    jpeg = images.encode_jpeg(stacked)
    kept = _width_of(jpeg) / stacked.shape[1]
    views = tuple(
        View(page, _onto(little.shape[1] / page.shape[1], top, kept))
        for page, little, top in zip(pages, small, tops, strict=True)
    )
    return Sheet(jpeg, views, main)


def _stacked(pages: Sequence[Pixels], tops: Sequence[int]) -> Pixels:
    if len(pages) == 1:
        return pages[0]
    wide = max(page.shape[1] for page in pages)
    sheet = np.full((tops[-1] + pages[-1].shape[0], wide, 3), GROUND, np.uint8)
    for page, top in zip(pages, tops, strict=True):
        sheet[top : top + page.shape[0], : page.shape[1]] = page
    return sheet


def _width_of(jpeg: bytes) -> int:
    with Image.open(io.BytesIO(jpeg)) as kept:
        return kept.width


def _onto(scale: float, top: int, kept: float) -> Matrix:
    placed = scaled(scale)
    placed[1, 2] = top
    return np.asarray(scaled(kept) @ placed, np.float64)
