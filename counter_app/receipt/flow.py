"""Setting a paper from top to bottom: text, pairs, tables, and pages that break by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from counter_app.receipt.fonts import FontBook
from counter_app.receipt.marks import INK, MM, RULE, SOFT, TINT, Box, Colour, Line, Page, Text
from counter_app.receipt.typeset import wrap


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes in points; `note` is the smallest that may be on the paper."""

    body: float
    note: float
    section: float
    title: float
    headline: float
    key_figure: float


NORMAL = Sizes(body=9.5, note=7.5, section=10, title=19, headline=27, key_figure=17)
DENSE = Sizes(body=8.7, note=7, section=9.2, title=18, headline=25, key_figure=16)
"""For a paper that would otherwise run over by a few lines."""
ELDER = Sizes(body=14.5, note=14, section=15.5, title=24, headline=36, key_figure=24)
STRIP = Sizes(body=8.5, note=7.5, section=9.5, title=14, headline=19, key_figure=14)
STRIP_ELDER = Sizes(body=14, note=14, section=15, title=18, headline=24, key_figure=18)


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a page that is written on, in points."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - self.left - self.right


A4_FRAME = Frame(210 * MM, 297 * MM, 18 * MM, 12 * MM, 18 * MM, 14 * MM)


class Flow:
    """A cursor that goes down the page and starts a new one when it must.

    Args:
        on_new_page: Called with each page after the first, to repeat the running head; the cursor
            stands at the top margin then.
    """

    def __init__(
        self, book: FontBook, frame: Frame, sizes: Sizes, on_new_page: Callable[[Flow], None]
    ) -> None:
        self.book = book
        self.frame = frame
        self.sizes = sizes
        self._on_new_page = on_new_page
        self.pages: list[Page] = [Page(frame.width, frame.height)]
        self.y = frame.top

    @property
    def page(self) -> Page:
        """The page that is written on."""
        return self.pages[-1]

    @property
    def left(self) -> float:
        """Left margin."""
        return self.frame.left

    @property
    def right(self) -> float:
        """Where the right margin begins."""
        return self.frame.width - self.frame.right

    def new_page(self) -> None:
        """Start a page."""
        self.pages.append(Page(self.frame.width, self.frame.height))
        self.y = self.frame.top
        self._on_new_page(self)

    def keep(self, height: float) -> None:
        """Start a page unless `height` points are left on this one."""
        if self.y + height > self.frame.height - self.frame.bottom:
            self.new_page()

    def gap(self, points: float) -> None:
        """Leave room."""
        self.y += points

    def width_of(self, text: str, size: float, *, bold: bool = False) -> float:
        """Measure text in points."""
        return self.book.width(text, size, bold=bold)

    def lines(self, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """Break text to a width."""
        return wrap(text, width, lambda part: self.book.width(part, size, bold=bold))

    def put(self, mark: Text) -> None:
        """Write a piece of text where it says."""
        self.page.marks.append(mark)

    def put_right(self, x: float, mark: Text) -> None:
        """Write a piece of text so that it ends at `x`."""
        width = self.width_of(mark.text, mark.size, bold=mark.bold)
        self.put(Text(x - width, mark.y, mark.text, mark.size, mark.bold, mark.colour))

    def put_centre(self, x: float, mark: Text) -> None:
        """Write a piece of text with its middle at `x`."""
        width = self.width_of(mark.text, mark.size, bold=mark.bold)
        self.put(Text(x - width / 2, mark.y, mark.text, mark.size, mark.bold, mark.colour))

    def rule(self, *, colour: Colour = RULE, width: float = 0.5) -> None:
        """Draw a rule across the page."""
        self.page.marks.append(Line(self.left, self.y, self.right, self.y, width, colour))

    def paragraph(
        self,
        text: str,
        size: float | None = None,
        *,
        bold: bool = False,
        colour: Colour = INK,
        indent: float = 0,
    ) -> None:
        """Write text over as many lines as it takes."""
        size = size or self.sizes.body
        for line in self.lines(text, self.frame.inner - indent, size, bold=bold):
            self.keep(size * 1.45)
            self.put(Text(self.left + indent, self.y + size * 1.08, line, size, bold, colour))
            self.y += size * 1.45

    def item(self, label: str, text: str) -> None:
        """Write a list item: a hanging label and its text."""
        size = self.sizes.body
        indent = max(self.width_of(label, size) + size * 0.4, size * 1.3)
        lines = self.lines(text, self.frame.inner - indent, size)
        self.keep(size * 1.45 * min(len(lines), 2))
        self.put(Text(self.left, self.y + size * 1.08, label, size))
        self.paragraph(text, indent=indent)

    def section(self, title: str) -> None:
        """Write a section's title on a tinted band, never alone at the foot of a page."""
        size = self.sizes.section
        self.gap(size * 0.45)
        self.keep(size * 6.2)
        height = size * 1.55
        band = Box(self.left, self.y, self.frame.inner, height, fill=TINT)
        edge = Box(self.left, self.y, 2.2, height, fill=INK)
        self.page.marks += [band, edge]
        self.put(Text(self.left + size * 0.8, self.y + size * 1.12, title, size, bold=True))
        self.gap(height + size * 0.25)

    def pairs(self, rows: Sequence[tuple[str, str]], columns: int) -> None:
        """Write labels with their values in columns, filled row by row, values aligned."""
        size, column = self.sizes.body, self.frame.inner / columns
        widest = max(self.width_of(label, size) for label, _ in rows)
        indent = min(max(widest + size * 0.7, size * 5.7), column * 0.6)
        for start in range(0, len(rows), columns):
            self._pair_row(rows[start : start + columns], column, indent)

    def _pair_row(self, row: Sequence[tuple[str, str]], column: float, indent: float) -> None:
        size = self.sizes.body
        cells = [(label, self.lines(value, column - indent - size, size)) for label, value in row]
        height = max(len(lines) for _, lines in cells) * size * 1.45
        self.keep(height)
        for index, (label, lines) in enumerate(cells):
            x = self.left + index * column
            self.put(Text(x, self.y + size * 1.08, label, size, colour=SOFT))
            for number, line in enumerate(lines):
                y = self.y + size * (1.08 + 1.45 * number)
                self.put(Text(x + indent, y, line, size))
        self.y += height
