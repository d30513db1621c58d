"""The round seal as a picture; the proof is the electronic seal of the file, not this drawing."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, sin

from counter_app.receipt.fonts import FontBook
from counter_app.receipt.marks import RED, Mark, Ring, Shape, Text


def seal_picture(
    book: FontBook, centre: tuple[float, float], radius: float, name: str, purpose: str
) -> Iterator[Mark]:
    """Draw a round seal: the branch's name on the arc, a star, the purpose below.

    Args:
        book: Measures the letters.
        centre: In points from the page's top left corner.
        radius: In points.
        name: At most about 20 characters; a longer one is set smaller.
        purpose: Short words under the star.
    """
    x, y = centre
    yield Ring(x, y, radius, radius * 0.05)
    yield from _arc(book, centre, radius, name)
    yield _star(x, y - radius * 0.02, radius * 0.27)
    size = min(radius * 0.25, radius * 1.25 / max(len(purpose), 1))
    width = book.width(purpose, size, bold=True)
    yield Text(x - width / 2, y + radius * 0.66, purpose, size, bold=True, colour=RED)


def _arc(book: FontBook, centre: tuple[float, float], radius: float, name: str) -> Iterator[Mark]:
    size = min(radius * 0.27, radius * 3.0 / max(len(name), 1))
    base = radius * 0.90 - size
    step = min(250 / max(len(name), 1), 27.0) * pi / 180
    start = -step * (len(name) - 1) / 2
    for index, character in enumerate(name):
        angle = start + index * step
        half = book.width(character, size, bold=True) / 2
        foot_x = centre[0] + base * sin(angle) - half * cos(angle)
        foot_y = centre[1] - base * cos(angle) - half * sin(angle)
        turn = -angle * 180 / pi
        yield Text(foot_x, foot_y, character, size, bold=True, colour=RED, turn_deg=turn)


def _star(x: float, y: float, radius: float) -> Shape:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = corner * pi / 5
        points.append((x + reach * sin(angle), y - reach * cos(angle)))
    return Shape(tuple(points), RED)
