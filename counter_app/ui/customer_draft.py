"""The receipt as it would be, on the customer's screen: small at first, large when asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QLabel

from counter_app.domain.draft import Draft
from counter_app.domain.step import Step
from counter_app.errors import CounterError
from counter_app.ui.generated.ui_customer_window import Ui_CustomerWindow
from counter_app.ui.page import PageKit, StepView
from counter_app.ui.theme import theme
from counter_app.ui.widgets.looks import clear_layout

DRAFT_PX = 340
DRAFT_STEPS = frozenset({Step.CONFIRM, Step.REVIEW, Step.ACCEPT})
"""Where the receipt is still a draft."""


class DraftSheet(QObject):
    """The picture of a draft in one customer window; touching it makes it large."""

    def __init__(self, ui: Ui_CustomerWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self.pages: list[QPixmap] = []
        self.is_large = False
        ui.draft_button.clicked.connect(self._enlarge)
        ui.draft_close_button.clicked.connect(self.reduce)
        ui.draft_side.setVisible(False)

    def show_pages(self, pages: tuple[bytes, ...]) -> None:
        """Show pages (PNG); nothing for none."""
        if not pages and not self.pages:
            return
        clear_layout(self._ui.draft_pages_layout)
        self.pages = [picture for picture in map(_picture, pages) if not picture.isNull()]
        for picture in self.pages:
            shown = QLabel()
            shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
            shown.setPixmap(picture)
            self._ui.draft_pages_layout.addWidget(shown)
        if self.pages:
            self._show_small(self.pages[0])
        self._ui.draft_side.setVisible(bool(self.pages))
        self.reduce()

    def reduce(self) -> None:
        """Show the facts again."""
        self.is_large = False
        if self._ui.state_stack.currentWidget() is self._ui.draft_area:
            self._ui.state_stack.setCurrentWidget(self._ui.change_area)

    def _show_small(self, first: QPixmap) -> None:
        side = theme().px(DRAFT_PX)
        ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
        small = first.scaled(side, side * 2, ratio, smooth.SmoothTransformation)
        self._ui.draft_button.setIcon(QIcon(small))
        self._ui.draft_button.setIconSize(small.size())
        self._ui.draft_button.setFixedSize(small.width() + 12, small.height() + 12)

    def _enlarge(self) -> None:
        self.is_large = True
        self._ui.draft_scroll.verticalScrollBar().setValue(0)
        self._ui.state_stack.setCurrentWidget(self._ui.draft_area)


class DraftDrawing(QObject):
    """Draws the draft anew, off the window's thread, whenever what it would say has changed."""

    def __init__(self, kit: PageKit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._drawn_for: Draft | None = None
        self._sheets: tuple[DraftSheet, ...] = ()

    def show_view(self, view: StepView | None, sheets: Iterable[DraftSheet]) -> None:
        """Show what the receipt of a visit would say on these sheets."""
        self._sheets = tuple(sheets)
        draw = self._kit.parts.draft_preview
        is_shown = view is not None and view.state.step in DRAFT_STEPS
        if view is None or draw is None or not is_shown or not self._sheets:
            self._drawn_for = None
            self._show(())
            return
        wanted = replace(view.state.draft, consents=None)
        if wanted != self._drawn_for:
            self._drawn_for = wanted
            self._show(())
            self._kit.lanes.reading.run(lambda: (wanted, draw(wanted)), self._came, _leave_empty)

    def _came(self, came: tuple[Draft, tuple[bytes, ...]]) -> None:
        wanted, pages = came
        if wanted == self._drawn_for:
            self._show(pages)

    def _show(self, pages: tuple[bytes, ...]) -> None:
        for sheet in self._sheets:
            sheet.show_pages(pages)


def _picture(png: bytes) -> QPixmap:
    picture = QPixmap()
    picture.loadFromData(png)
    return picture


def _leave_empty(_error: CounterError) -> None:
    """Show no draft: the facts beside it are what the customer confirms."""
