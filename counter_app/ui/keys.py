"""The keys of the window; the same on every page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

NAMES = (
    "F1",
    "F2",
    "F3",
    "F4",
    "F5",
    "F6",
    "F7",
    "F8",
    "F9",
    "F10",
    "F11",
    "F12",
    "Alt+M",
    "Esc",
    "Ctrl+Return",
    "Ctrl+Enter",
)


class Keys(QObject):
    """Listens for the fixed keys.

    Signals:
        pressed: The key's name; the keypad's Ctrl+Enter counts as Ctrl+Return.
    """

    pressed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        for name in NAMES:
            shortcut = QShortcut(QKeySequence(name), window)
            shortcut.setProperty("key_name", name.replace("Enter", "Return"))
            shortcut.activated.connect(self._activated)

    def _activated(self) -> None:
        shortcut = self.sender()
        if shortcut is not None:
            self.pressed.emit(str(shortcut.property("key_name")))
