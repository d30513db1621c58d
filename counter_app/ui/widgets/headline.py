"""The question at the top of a page."""

from __future__ import annotations

from PySide6.QtCore import Property
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.ui.widgets.looks import label, set_text


class Headline(QWidget):
    """A question, and one quiet line below it that says what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = label(role="headline", wraps=True)
        self._line = label(role="quiet", wraps=True)
        self._line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._question)
        column.addWidget(self._line)

    def ask(self, question: str, line: str = "") -> None:
        """Show a question and the line below it."""
        set_text(self._question, question)
        set_text(self._line, line)
        self._line.setVisible(bool(line))

    def question_text(self) -> str:
        """Return the question that is shown."""
        return self._question.text()

    def line_text(self) -> str:
        """Return the line below the question."""
        return self._line.text()

    def _set_question(self, question: str) -> None:
        self.ask(question, self._line.text())

    def _set_line(self, line: str) -> None:
        self.ask(self._question.text(), line)

    question = Property(str, question_text, _set_question)
    """The question, for forms."""

    line = Property(str, line_text, _set_line)
    """The line below it, for forms."""
