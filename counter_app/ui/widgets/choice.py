"""Choices as tiles: one focus, moved by arrows, picked by number keys, a click or Space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from counter_app.ui.page import focus_next
from counter_app.ui.widgets.looks import clear_layout, label, set_icon, set_look


@dataclass(frozen=True, slots=True)
class Choice:
    """One tile: the value it stands for, its words, an icon's name or nothing."""

    value: object
    title: str
    note: str = ""
    icon: str = ""


class Tile(QFrame):
    """One choice; a click picks it."""

    clicked = Signal(int)

    def __init__(self, index: int, choice: Choice, key: str) -> None:
        super().__init__()
        self._index = index
        self.setProperty("role", "tile")
        self.setAccessibleName(choice.title)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        if choice.icon:
            holder = label()
            set_icon(holder, choice.icon, "accent", 24)
            row.addWidget(holder)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(label(choice.title, wraps=True))
        if choice.note:
            words.addWidget(label(choice.note, "small", wraps=True))
        words.addStretch(1)
        row.addLayout(words, 1)
        if key:
            row.addWidget(label(key, "key"), 0, Qt.AlignmentFlag.AlignVCenter)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Pick this tile."""
        event.accept()
        self.clicked.emit(self._index)


class ChoiceTiles(QWidget):
    """A question with a few answers.

    Signals:
        picked: The value of the tile that a person picked.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._choices: tuple[Choice, ...] = ()
        self._tiles: list[Tile] = []
        self._columns = 1
        self._at = 0
        self._value: object = None
        self._question = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def offer(self, choices: Sequence[Choice], columns: int = 1) -> None:
        """Put the choices up, unless they are there already."""
        if tuple(choices) == self._choices:
            return
        self._choices, self._columns = tuple(choices), columns
        clear_layout(self._grid)
        self._tiles = []
        for index, choice in enumerate(choices):
            key = str((index + 1) % 10) if index < 10 else ""
            tile = Tile(index, choice, key)
            tile.clicked.connect(self._pick)
            self._tiles.append(tile)
            self._grid.addWidget(tile, index // columns, index % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._at = 0
        self._mark()

    def question_text(self) -> str:
        """Return what is asked, as a screen reader says it."""
        return self._question

    def set_question(self, text: str) -> None:
        """Say what is asked; a screen reader hears it with the answer the keys are at."""
        self._question = text
        self._speak()

    question = Property(str, question_text, set_question)
    """What is asked, for forms."""

    def show_value(self, value: object) -> None:
        """Show which choice was made; None for none."""
        self._value = value
        for index, choice in enumerate(self._choices):
            if choice.value == value and value is not None:
                self._at = index
        self._mark()

    def value(self) -> object:
        """Return the choice that is shown as made."""
        return self._value

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move with arrows, pick with numbers or Space, go on with Enter."""
        key = event.key()
        moves = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        number = self._number_of(event.text())
        if key in moves:
            self._move(moves[Qt.Key(key)])
        elif number is not None:
            self._pick(number)
        elif key == Qt.Key.Key_Space:
            self._pick(self._at)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            focus_next(self)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ring."""
        super().focusInEvent(event)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take the ring away."""
        super().focusOutEvent(event)
        self._mark()

    def _number_of(self, text: str) -> int | None:
        if len(text) != 1 or not text.isdigit():
            return None
        index = (int(text) - 1) % 10
        return index if index < len(self._tiles) else None

    def _move(self, by: int) -> None:
        target = self._at + by
        if 0 <= target < len(self._tiles):
            self._at = target
            self._mark()

    def _pick(self, index: int) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._at = index
        self._value = self._choices[index].value
        self._mark()
        self.picked.emit(self._value)

    def _speak(self) -> None:
        """Name the question and the answer the keys are at, for who hears the screen."""
        if not self._choices:
            self.setAccessibleName(self._question)
            return
        here = self._choices[self._at]
        is_picked = here.value == self._value and self._value is not None
        state = self.tr("已选") if is_picked else self.tr("未选")
        place = f"{self._at + 1}/{len(self._choices)}"
        self.setAccessibleName(f"{self._question} {here.title} {place} {state}")
        self.setAccessibleDescription(here.note)

    def _mark(self) -> None:
        self._speak()
        for index, tile in enumerate(self._tiles):
            is_picked = self._choices[index].value == self._value and self._value is not None
            has_ring = self.hasFocus() and index == self._at
            set_look(tile, "picked", "true" if is_picked else "false")
            set_look(tile, "ring", "true" if has_ring else "false")
