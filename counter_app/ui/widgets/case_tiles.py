"""A short list of cases, each a line to press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from counter_app.ui.widgets.looks import clear_layout, label, set_look

SHOWN_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of a list.

    Attributes:
        age: How long ago it was changed, in words.
        badge: Where it stands, in a word.
        tone: Tone of the badge.
    """

    case_id: str
    title: str = field(repr=False)
    age: str
    badge: str = ""
    tone: str = "idle"


class CaseButton(QPushButton):
    """One line; Enter and Space press it."""

    def __init__(self, line: CaseLine) -> None:
        super().__init__()
        self.case_id = line.case_id
        self.setAccessibleName(f"{line.badge} {line.age}")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        title = label(line.title)
        badge = label(line.badge, "badge")
        set_look(badge, "tone", line.tone)
        for part in (title, badge):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(title, 1)
        row.addWidget(label(line.age, "small"))
        row.addWidget(badge)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter press the line as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)


class CaseTiles(QWidget):
    """Cases to take up again.

    Signals:
        picked: The case id of the line that was pressed.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[CaseLine, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.show_cases((), "")

    def show_cases(self, lines: Sequence[CaseLine], nothing: str) -> None:
        """Show cases, or a quiet line when there are none."""
        if tuple(lines) == self._shown and lines:
            return
        self._shown = tuple(lines)
        clear_layout(self._column)
        if not lines:
            self._column.addWidget(label(nothing, "small"))
        for line in lines[:SHOWN_AT_MOST]:
            button = CaseButton(line)
            button.clicked.connect(self._clicked)
            self._column.addWidget(button)
        self._column.addStretch(1)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, CaseButton):
            self.picked.emit(button.case_id)
