"""Small shared moves on widgets: roles, tones, labels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QSizePolicy, QWidget

from counter_app.ui.icons import pixmap
from counter_app.ui.theme import theme

TONE_COLOURS = {
    "good": "good",
    "caution": "caution",
    "stop": "stop",
    "accent": "accent",
    "idle": "idle",
    "": "ink_2",
}
TONE_ICONS = {"good": "check", "caution": "caution", "stop": "stop", "accent": "review"}


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Set a dynamic property that the style sheet looks at, and repaint when it differs."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_text(label: QLabel, text: str) -> None:
    """Set a text only when it differs."""
    if label.text() != text:
        label.setText(text)


class WrappingLabel(QLabel):
    """A label that wraps and never lets a layout cut its last line off."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setWordWrap(True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the height that the text needs at this width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height that the text needs at the width it has, not at a guessed one."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(self.heightForWidth(self.width()), 0))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same height; the width may shrink."""
        return QSize(0, self.sizeHint().height())


def label(text: str = "", role: str = "", *, wraps: bool = False) -> QLabel:
    """Make a label of plain text with a role of the style sheet."""
    made = WrappingLabel(text) if wraps else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if role in {"badge", "key", "environment"}:
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def rule() -> QFrame:
    """Make a thin line between groups."""
    line = QFrame()
    line.setProperty("role", "rule")
    return line


def colour_of(tone: str) -> str:
    """Return the colour of a tone in the theme in force."""
    return str(getattr(theme().palette, TONE_COLOURS.get(tone, "ink_2")))


def set_icon(holder: QLabel, name: str, tone: str = "", size: int = 20) -> None:
    """Show an icon in a label."""
    side = theme().px(size)
    holder.setPixmap(pixmap(name, colour_of(tone), side))
    holder.setFixedSize(side, side)


def tab_through(first: QWidget, rows: Sequence[QWidget]) -> None:
    """Let Tab go from a field through rows that were made later, in the order in which they lie."""
    for before, after in pairwise((first, *rows)):
        QWidget.setTabOrder(before, after)


def clear_layout(layout: QLayout) -> None:
    """Remove and delete every widget of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        inner = item.layout()
        if inner is not None:
            clear_layout(inner)
