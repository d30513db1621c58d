"""A ruled table that may go over several pages."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.receipt.flow import Flow
from counter_app.receipt.marks import RULE, SOFT, Line, Text


def table(
    flow: Flow,
    shares: Sequence[float],
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> None:
    """Set a table across the page.

    Args:
        flow: Where it goes.
        shares: Width of each column as a share of the whole; they sum to 1.
        header: Column titles, or nothing.
        rows: Cells; an empty cell stays empty.
    """
    if header:
        flow.keep(_height(flow, shares, header, flow.sizes.note) + flow.sizes.body * 1.65)
        _row(flow, shares, header, is_header=True)
    for row in rows:
        before = flow.page
        flow.keep(_height(flow, shares, row, flow.sizes.body))
        if header and flow.page is not before:
            _row(flow, shares, header, is_header=True)
        _row(flow, shares, row, is_header=False)
    flow.gap(flow.sizes.body * 0.3)


def _height(flow: Flow, shares: Sequence[float], cells: Sequence[str], size: float) -> float:
    wrapped = _wrapped(flow, shares, cells, size)
    return max(len(lines) for lines in wrapped) * size * 1.35 + size * 0.3


def _wrapped(
    flow: Flow, shares: Sequence[float], cells: Sequence[str], size: float
) -> list[list[str]]:
    widths = [share * flow.frame.inner - 0.7 * size for share in shares]
    return [flow.lines(cell, width, size) for cell, width in zip(cells, widths, strict=True)]


def _row(flow: Flow, shares: Sequence[float], cells: Sequence[str], *, is_header: bool) -> None:
    size = flow.sizes.note if is_header else flow.sizes.body
    widths = [share * flow.frame.inner for share in shares]
    pad = size * 0.35
    wrapped = _wrapped(flow, shares, cells, size)
    height = _height(flow, shares, cells, size)
    flow.keep(height)
    x = flow.left
    for lines, width in zip(wrapped, widths, strict=True):
        for number, line in enumerate(lines):
            y = flow.y + size * (1.15 + 1.35 * number)
            mark = (
                Text(x + pad, y, line, size, colour=SOFT)
                if is_header
                else Text(x + pad, y, line, size)
            )
            flow.put(mark)
        x += width
    flow.y += height
    rule = Line(flow.left, flow.y, flow.right, flow.y, 0.7 if is_header else 0.35, RULE)
    flow.page.marks.append(rule)
