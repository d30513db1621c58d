"""A text field with its label above and a line of advice below."""

from __future__ import annotations

from PySide6.QtCore import Property, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.ui.page import focus_next
from counter_app.ui.widgets.looks import label, set_look, set_text
from counter_app.ui.widgets.source_badge import SourceBadge


class LineField(QLineEdit):
    """A line edit whose Enter goes on to the next field and never leaves the page.

    Signals:
        entered: Enter was pressed (by a person or a scanner).
    """

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Answer Enter here; everything else is a line edit's own."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            super().keyPressEvent(event)
            return
        event.accept()
        self.entered.emit()
        if self.hasFocus():
            focus_next(self)

    def accept_latin_only(self) -> None:
        """Turn the input method off: numbers and letters arrive as typed."""
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhNoPredictiveText
        )


class LabelledField(QWidget):
    """A label, a field, a badge for where the value came from, and one line of advice.

    Signals:
        edited: The text, when a person changed it.
        entered: Enter was pressed.
        left: The focus left the field.
    """

    edited = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None, edit: LineField | None = None) -> None:
        super().__init__(parent)
        self.edit = edit if edit is not None else LineField(self)
        self._label = label(role="label")
        self._advice = label(role="small", wraps=True)
        self._advice.hide()
        self.badge = SourceBadge()
        self.badge.hide()
        self._build()
        self.edit.textEdited.connect(self.edited)
        self.edit.entered.connect(self.entered)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._label)
        top.addWidget(self.badge)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.edit)
        column.addWidget(self._advice)

    def set_label(self, text: str) -> None:
        """Name the field; screen readers hear the same name."""
        set_text(self._label, text)
        self.edit.setAccessibleName(text)

    def label_text(self) -> str:
        """Return the field's name."""
        return self._label.text()

    label = Property(str, label_text, set_label)
    """The field's name, for forms."""

    def text(self) -> str:
        """Return what stands in the field."""
        return self.edit.text()

    def show_text(self, text: str) -> None:
        """Show a value unless it stands there already; a field being typed in keeps its caret."""
        if self.edit.text() != text:
            self.edit.setText(text)

    def advise(self, text: str = "", tone: str = "") -> None:
        """Show or hide the line below; the tone is "", "good", "caution" or "stop"."""
        set_text(self._advice, text)
        set_look(self._advice, "tone", tone)
        self._advice.setVisible(bool(text))
        set_look(self.edit, "tone", tone if tone == "stop" else "")

    def mark_proposal(self, state: str) -> None:
        """Draw the field dashed for "proposal", solid for ""."""
        set_look(self.edit, "tone", state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice that the focus left the field."""
        if watched is self.edit and event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)
