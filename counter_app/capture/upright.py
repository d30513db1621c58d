"""Turns a page so that its text reads from left to right."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.capture.images import turned
from counter_app.capture.text_detection import LONG_SIDE_PX, TextPlace
from counter_app.capture.text_engine import ReadLine, TextEngine
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import Stop

TRIED_LINES = 3
GOOD_CONFIDENCE = 0.88


@dataclass(frozen=True, slots=True, eq=False)
class UprightPage:
    """A page and its lines; `quarter_turns` clockwise brought it upright."""

    bgr: Pixels
    lines: tuple[ReadLine, ...]
    quarter_turns: int

    def text(self) -> str:
        """Return the lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


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
    for turns in (1, 3) if lying else (0, 2):
        page = turned(bgr, turns) if turns else bgr
        places = engine.find(page, long_side)
        confidence = _tried(page, places, engine, stop)
        if best is None or confidence > best[0]:
            best = (confidence, UprightPage(page, (), turns))
        if confidence >= GOOD_CONFIDENCE:
            break
    assert best is not None
    page, turns = best[1].bgr, best[1].quarter_turns
    return UprightPage(page, tuple(engine.read_page(page, stop, long_side)), turns)


def _lies_on_its_side(places: list[TextPlace]) -> bool:
    tall = sum(place.box.height > 1.5 * place.box.width for place in places)
    return tall > len(places) / 2


def _tried(page: Pixels, places: list[TextPlace], engine: TextEngine, stop: Stop) -> float:
    longest = sorted(places, key=lambda place: -place.box.width)[:TRIED_LINES]
    lines = engine.read_places(page, longest, stop)
    marks = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / marks if marks else 0.0
