"""Turns a page so that its text reads from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from counter_app.capture.box_map import Matrix, from_mirrored, from_turned, same
from counter_app.capture.images import turned
from counter_app.capture.text_detection import LONG_SIDE_PX, TextPlace
from counter_app.capture.text_engine import ReadLine, TextEngine
from counter_app.domain.reading import Notice
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import Stop

TRIED_LINES = 3
GOOD_CONFIDENCE = 0.93
FEW_MARKS = 12
"""Fewer characters tell nothing: every way up is tried."""
MANY_MARKS = 24
"""A reading of fewer characters counts for less: on their head a few are read surely, too."""
MIRROR_FACTOR = 1.15
"""Many characters look alike in a mirror: the mirror image must read this much better."""


@dataclass(frozen=True, slots=True, eq=False)
class UprightPage:
    """A page and its lines; `quarter_turns` clockwise brought it upright.

    A mirror image is turned round too, and said to be one.

    Attributes:
        to_given: From pixels of `bgr` into those of the page as it lay.
    """

    bgr: Pixels
    lines: tuple[ReadLine, ...]
    quarter_turns: int
    is_mirrored: bool = False
    to_given: Matrix = field(default_factory=same)

    def notices(self) -> tuple[Notice, ...]:
        """Return what is odd about how the page lies."""
        turned_round = (Notice.TURNED,) if self.quarter_turns else ()
        return (*turned_round, *((Notice.MIRRORED,) if self.is_mirrored else ()))


def read_upright(
    bgr: Pixels, engine: TextEngine, stop: Stop, long_side: int = LONG_SIDE_PX
) -> UprightPage:
    """Read a page that may lie on any of its four sides.

    Which way is up is decided by the confidence of the three longest lines.

    Raises:
        CounterError: MODEL_MISSING, STOPPED.
    """
    best: tuple[float, UprightPage] | None = None
    lying = _lies_on_its_side(engine.find(bgr, long_side))
    for view in _views(bgr, (1, 3) if lying else (0, 2)):
        places = engine.find(view.bgr, long_side)
        confidence, marks = _tried(view.bgr, places, engine, stop)
        rank = confidence * min(1.0, marks / MANY_MARKS)
        rank /= MIRROR_FACTOR if view.is_mirrored else 1.0
        if best is None or rank > best[0]:
            best = (rank, view)
        if confidence >= GOOD_CONFIDENCE and marks >= FEW_MARKS:
            break
    assert best is not None
    return replace(best[1], lines=tuple(engine.read_page(best[1].bgr, stop, long_side)))


def _views(bgr: Pixels, turns: tuple[int, ...]) -> Iterator[UprightPage]:
    for quarter_turns in turns:
        back = from_turned(bgr, quarter_turns)
        yield UprightPage(turned(bgr, quarter_turns), (), quarter_turns, to_given=back)
    mirrored = np.ascontiguousarray(bgr[:, ::-1])
    for quarter_turns in turns:
        back = from_mirrored(bgr) @ from_turned(mirrored, quarter_turns)
        view = turned(mirrored, quarter_turns)
        yield UprightPage(view, (), quarter_turns, is_mirrored=True, to_given=back)


def _lies_on_its_side(places: list[TextPlace]) -> bool:
    tall = sum(place.box.height > 1.5 * place.box.width for place in places)
    return tall > len(places) / 2


def _tried(
    page: Pixels, places: list[TextPlace], engine: TextEngine, stop: Stop
) -> tuple[float, int]:
    """Return the mean confidence of the longest lines, and their number of characters."""
    longest = sorted(places, key=_length, reverse=True)[:TRIED_LINES]
    lines = engine.read_places(page, longest, stop)
    marks = sum(len(line.text) for line in lines)
    whole = sum(_as_upright(line) * len(line.text) for line in lines)
    return (whole / marks if marks else 0.0), marks


def _length(place: TextPlace) -> float:
    """Return how much a line tells: long ones much, large ones little, as titles have few words."""
    return place.box.width**2 / max(1.0, place.box.height)


def _as_upright(line: ReadLine) -> float:
    """Return a line's confidence; a row of fillers on its head is read as surely as upright."""
    backwards = sum(mark in ">》" for mark in line.text)
    return 0.0 if backwards > 1 and backwards > line.text.count("<") else line.confidence
