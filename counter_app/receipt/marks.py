"""A page as a list of marks: what stands where, before any PDF library is asked.

Lengths are points (1/72 inch) from the top left corner of the page, y downwards; text stands on
its baseline. Colours are RGB from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)

Colour: TypeAlias = tuple[float, float, float]
BLACK: Colour = (0, 0, 0)
INK: Colour = (0.10, 0.10, 0.12)
SOFT: Colour = (0.36, 0.38, 0.42)
RULE: Colour = (0.62, 0.64, 0.68)
TINT: Colour = (0.945, 0.955, 0.97)
WHITE: Colour = (1, 1, 1)
RED: Colour = (0.78, 0.10, 0.10)


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of one line; `turn_deg` turns it counter-clockwise about its start."""

    x: float
    y: float
    text: str = field(repr=False)
    size: float
    bold: bool = False
    colour: Colour = INK
    turn_deg: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A straight rule."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.5
    colour: Colour = RULE
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: filled, outlined or both."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    stroke: Colour | None = None
    stroke_width: float = 0.6
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle that is only outlined."""

    x: float
    y: float
    radius: float
    width: float
    colour: Colour = RED


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled polygon."""

    points: tuple[tuple[float, float], ...]
    colour: Colour


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code; `size` is the side of its modules without the quiet zone."""

    x: float
    y: float
    size: float
    text: str = field(repr=False)
    error: str = "M"


Mark: TypeAlias = Text | Line | Box | Ring | Shape | Code


@dataclass(slots=True)
class Page:
    """The marks of one page in the order of painting."""

    width: float
    height: float
    marks: list[Mark] = field(default_factory=list)
