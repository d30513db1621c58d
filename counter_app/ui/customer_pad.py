"""Keys for the one-time code; what is typed shows as dots and is forgotten at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton

from counter_app.ui.widgets.looks import set_text

KEY_PX = (96, 64)
DOT = "●"
EMPTY = "○"


class CodePad(QObject):
    """Twelve keys in the order of a telephone.

    Signals:
        typed: The whole code.
    """

    typed = Signal(str)

    def __init__(self, grid: QGridLayout, shown: QLabel, parent: QObject) -> None:
        super().__init__(parent)
        self._shown = shown
        self._code = ""
        self._digits = 6
        self.keys: dict[str, QPushButton] = {}
        words = (*"123456789", self.tr("清除"), "0", self.tr("退格"))
        for index, word in enumerate(words):
            key = QPushButton(word)
            key.setProperty("role", "pad")
            key.setMinimumSize(*KEY_PX)
            key.clicked.connect(self._pressed)
            self.keys[word] = key
            grid.addWidget(key, index // 3, index % 3)
        self._clear, self._back = words[9], words[11]
        self._show()

    def ask(self, digits: int, *, is_open: bool) -> None:
        """Ask for a code of so many digits; closed while one is being checked."""
        self._digits = digits
        for key in self.keys.values():
            key.setEnabled(is_open)
        self._show()

    def forget(self) -> None:
        """Forget what was typed."""
        self._code = ""
        self._show()

    def _pressed(self) -> None:
        key = self.sender()
        word = key.text() if isinstance(key, QPushButton) else ""
        if word == self._clear:
            self._code = ""
        elif word == self._back:
            self._code = self._code[:-1]
        else:
            self._code = (self._code + word)[: self._digits]
        if len(self._code) == self._digits:
            code, self._code = self._code, ""
            self._show()
            self.typed.emit(code)
            return
        self._show()

    def _show(self) -> None:
        filled = len(self._code)
        set_text(self._shown, " ".join(DOT * filled + EMPTY * (self._digits - filled)))
