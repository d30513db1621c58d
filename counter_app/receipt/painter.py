"""Painting marks into a PDF with reportlab; the only place that knows its coordinates."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import segno
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from counter_app.receipt.fonts import FontBook
from counter_app.receipt.marks import Box, Code, Colour, Line, Mark, Page, Ring, Shape, Text

rl_config.useA85 = 0  # streams are packed anyway; text armour would only cost time

_FILL: Literal[0] = 0
_FILL_AND_STROKE: Literal[2] = 2


def paint(pages: Sequence[Page], book: FontBook) -> bytes:
    """Paint pages into a plain PDF; equal pages give equal bytes.

    Raises:
        CounterError: GLYPH_MISSING, FONT_MISSING.
    """
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1, **_first_font(book))
    codes: dict[tuple[str, str], _Drawn] = {}
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        brush = _Brush(canvas, page.height, book, codes)
        for mark in page.marks:
            _draw(mark, brush)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _first_font(book: FontBook) -> dict[str, Any]:
    # Typed as a number in the stubs; a name keeps Helvetica, which is not embedded, out.
    return {"initialFontName": book.base_font()}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A code that is already in the file, with its side in modules."""

    form: str
    modules: int


@dataclass(slots=True)
class _Brush:
    """One page under the brush."""

    canvas: Canvas
    height: float
    book: FontBook
    codes: dict[tuple[str, str], _Drawn] = field(default_factory=dict)

    def up(self, y: float) -> float:
        """Turn y downwards from the top into PDF's y upwards."""
        return self.height - y


def _draw(mark: Mark, brush: _Brush) -> None:
    match mark:
        case Text():
            _draw_text(mark, brush)
        case Line():
            _draw_line(mark, brush)
        case Box():
            _draw_box(mark, brush)
        case Ring():
            _draw_ring(mark, brush)
        case Shape():
            _draw_shape(mark, brush)
        case Code():
            _draw_code(mark, brush)


def _draw_text(mark: Text, brush: _Brush) -> None:
    canvas = brush.canvas
    canvas.saveState()
    canvas.translate(mark.x, brush.up(mark.y))
    if mark.turn_deg:
        canvas.rotate(mark.turn_deg)
    _write(mark, brush)
    canvas.restoreState()


def _write(mark: Text, brush: _Brush) -> None:
    canvas = brush.canvas
    line = canvas.beginText(0, 0)
    line.setFillColorRGB(*mark.colour)
    for name, stretch in brush.book.runs(mark.text, bold=mark.bold):
        thin = mark.bold and not name.endswith("Bold")
        if thin:  # the faces for rare characters have one weight: thicken them
            line.setStrokeColorRGB(*mark.colour)
            canvas.setLineWidth(mark.size / 36)
        line.setTextRenderMode(_FILL_AND_STROKE if thin else _FILL)
        line.setFont(name, mark.size)
        line.textOut(stretch)
    canvas.drawText(line)


def _draw_line(mark: Line, brush: _Brush) -> None:
    canvas = brush.canvas
    _pen(canvas, mark.colour, mark.width, mark.dash)
    canvas.line(mark.x1, brush.up(mark.y1), mark.x2, brush.up(mark.y2))


def _draw_box(mark: Box, brush: _Brush) -> None:
    canvas = brush.canvas
    if mark.fill:
        canvas.setFillColorRGB(*mark.fill)
    if mark.stroke:
        _pen(canvas, mark.stroke, mark.stroke_width, mark.dash)
    canvas.rect(
        mark.x,
        brush.up(mark.y + mark.height),
        mark.width,
        mark.height,
        stroke=int(mark.stroke is not None),
        fill=int(mark.fill is not None),
    )


def _draw_ring(mark: Ring, brush: _Brush) -> None:
    _pen(brush.canvas, mark.colour, mark.width, ())
    brush.canvas.circle(mark.x, brush.up(mark.y), mark.radius, stroke=1, fill=0)


def _draw_shape(mark: Shape, brush: _Brush) -> None:
    canvas = brush.canvas
    canvas.setFillColorRGB(*mark.colour)
    path = canvas.beginPath()
    path.moveTo(mark.points[0][0], brush.up(mark.points[0][1]))
    for x, y in mark.points[1:]:
        path.lineTo(x, brush.up(y))
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _draw_code(mark: Code, brush: _Brush) -> None:
    canvas = brush.canvas
    side = brush.codes.get((mark.text, mark.error))
    if side is None:
        side = _define_code(mark, canvas, f"code{len(brush.codes)}")
        brush.codes[mark.text, mark.error] = side
    canvas.saveState()
    canvas.translate(mark.x, brush.up(mark.y))
    canvas.scale(mark.size / side.modules, -mark.size / side.modules)
    canvas.doForm(side.form)
    canvas.restoreState()


def _define_code(mark: Code, canvas: Canvas, form: str) -> _Drawn:
    """Draw a code once for all copies of a paper: choosing its mask is half the cost of a page."""
    rows = [
        bytes(row) for row in segno.make_qr(mark.text, error=mark.error, boost_error=False).matrix
    ]
    side = len(rows)
    canvas.beginForm(form, 0, 0, side, side)
    canvas.setFillColorRGB(0, 0, 0)
    path = canvas.beginPath()
    for y, row in enumerate(rows):
        for x, length in _dark_stretches(row):
            path.rect(x, y, length, 1)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.endForm()
    return _Drawn(form, side)


def _dark_stretches(row: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = None
    for x, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            found.append((start, x - start))
            start = None
    return found


def _pen(canvas: Canvas, colour: Colour, width: float, dash: tuple[float, ...]) -> None:
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(width)
    canvas.setDash(list(dash))
