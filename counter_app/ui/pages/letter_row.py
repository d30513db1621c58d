"""One check of the letter: its mark, what the letter says, why not, and its entries."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from counter_app.domain.delegation_letter import Letter
from counter_app.services.letter_checks import CheckVerdict, LetterCheck
from counter_app.ui.pages.letter_agents import LetterAgents
from counter_app.ui.pages.letter_fields import LetterFields
from counter_app.ui.pages.letter_specs import specs_of
from counter_app.ui.pages.letter_words import check_title, fact_words
from counter_app.ui.widgets.looks import set_look, set_text

TONES = {
    CheckVerdict.OPEN: "idle",
    CheckVerdict.GOOD: "good",
    CheckVerdict.CAUTION: "caution",
    CheckVerdict.STOP: "stop",
}
MARKS = {
    CheckVerdict.OPEN: "○",
    CheckVerdict.GOOD: "✓",
    CheckVerdict.CAUTION: "▲",
    CheckVerdict.STOP: "×",
}


INDENT_PX = 36
"""Where titles begin; reasons and entries stand below them."""


class LetterEditor(Protocol):
    """The entries of one check."""

    edited: SignalInstance

    def show_letter(self, letter: Letter) -> None:
        """Show the letter's facts."""
        ...

    def first_field(self) -> QWidget:
        """Return what receives the focus."""
        ...


class ElidedLabel(QLabel):
    """A label of one line that ends in … where it is too long."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = ""

    def show_text(self, text: str) -> None:
        """Show a text; the whole of it is in the tool tip."""
        self._whole = text
        self.setToolTip(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Cut anew for another width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._whole, mode, self.width()))


class RowButton(QPushButton):
    """The head of a row; the return key presses it as the space bar does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter press the row; with Ctrl it belongs to the window."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.click()
            return
        super().keyPressEvent(event)


class LetterRow(QFrame):
    """Opens and closes under the return key; only one row of the page is open."""

    edited = Signal(object)
    opened = Signal(object)

    def __init__(self, check: LetterCheck, parent: QWidget) -> None:
        super().__init__(parent)
        self.check = check
        self.setObjectName(f"{check.lower()}_row")
        self.setProperty("role", "row")
        self._mark = QLabel(self)
        self._value = ElidedLabel(self)
        self._reason = QLabel(self)
        self._reason.setWordWrap(True)
        self._reason.setContentsMargins(INDENT_PX, 0, 12, 6)
        self._reason.setVisible(False)
        self.header_button = self._header()
        self.editor = self._editor()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header_button)
        column.addWidget(self._reason)
        if self.editor is not None:
            column.addWidget(self.editor)
            self.editor.setContentsMargins(INDENT_PX, 2, 12, 10)
            self.editor.setVisible(False)
            self.editor.edited.connect(self.edited)

    def show_fact(self, letter: Letter, verdict: CheckVerdict, reason: str) -> None:
        """Show what the letter says, the verdict and its reason."""
        set_text(self._mark, MARKS[verdict])
        for widget in (self._mark, self._reason):
            set_look(widget, "tone", TONES[verdict])
        self._value.show_text(fact_words(self.check, letter, verdict))
        set_text(self._reason, reason)
        self._reason.setVisible(bool(reason))
        if self.editor is not None:
            self.editor.show_letter(letter)

    def show_source(self, source: str) -> None:
        """Show whether the facts are a proposal or confirmed (dashed or solid)."""
        set_look(self, "tone", source)

    def is_open(self) -> bool:
        """Say whether the entries are shown."""
        return self.header_button.isChecked()

    def close_entries(self) -> None:
        """Hide the entries."""
        self.header_button.setChecked(False)
        if self.editor is not None:
            self.editor.setVisible(False)

    def open_entries(self) -> None:
        """Show the entries and go to the first."""
        self.header_button.setChecked(True)
        if self.editor is not None:
            self.editor.setVisible(True)
            self.editor.first_field().setFocus()

    def _header(self) -> QPushButton:
        button = RowButton(self)
        button.setObjectName(f"{self.check.lower()}_button")
        button.setProperty("role", "row")
        button.setCheckable(True)
        button.setAccessibleName(check_title(self.check))
        title = QLabel(check_title(self.check), button)
        title.setProperty("role", "quiet")
        row = QHBoxLayout(button)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        for label in (self._mark, title, self._value):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(self._mark)
        row.addWidget(title)
        row.addWidget(self._value, 1)
        title.ensurePolished()
        widths = (title.fontMetrics().horizontalAdvance(check_title(each)) for each in LetterCheck)
        title.setMinimumWidth(max(widths))
        self._mark.setMinimumWidth(20)
        button.clicked.connect(self._pressed)
        return button

    def _editor(self) -> LetterAgents | LetterFields | None:
        if self.check is LetterCheck.A2:
            return LetterAgents(self)
        specs = specs_of(self.check)
        return LetterFields(specs, self) if specs else None

    def _pressed(self) -> None:
        if self.header_button.isChecked():
            self.opened.emit(self)
        else:
            self.close_entries()
