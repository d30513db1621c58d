"""The function keys that work now, always in the same place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from counter_app.ui.widgets.looks import clear_layout


class KeyHints(QWidget):
    """Keys with their words; a click does the same as the key.

    Signals:
        pressed: The key's name, for example "F5".
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show keys and words, such as ("F5", "读卡")."""
        if tuple(keys) == self._shown:
            return
        self._shown = tuple(keys)
        clear_layout(self._row)
        for key, word in keys:
            button = QPushButton(f"{key} {word}")
            button.setProperty("role", "quiet")
            button.setProperty("key", key)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._clicked)
            self._row.addWidget(button)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.pressed.emit(str(button.property("key")))
