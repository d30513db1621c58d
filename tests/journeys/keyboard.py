"""Drives the real window by keys alone, and counts them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QThread
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.flow.steps import Step
from counter_app.ui.window import Window

SCANNER_MS = 5
"""Between two characters of a common hand scanner."""

CTRL = Qt.KeyboardModifier.ControlModifier
NAMED = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Tab": Qt.Key.Key_Tab,
    "Space": Qt.Key.Key_Space,
    "F2": Qt.Key.Key_F2,
    "F4": Qt.Key.Key_F4,
    "F5": Qt.Key.Key_F5,
    "F6": Qt.Key.Key_F6,
    "F7": Qt.Key.Key_F7,
    "F8": Qt.Key.Key_F8,
    "F11": Qt.Key.Key_F11,
    "F12": Qt.Key.Key_F12,
}


class Keyboard:
    """Whoever presses keys at this counter.

    Attributes:
        clerk: Keys pressed by the clerk.
        customer: Keys pressed by the customer (the number once more, the code).
        scans: What came from a scanner.
    """

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.clerk = self.customer = self.scans = 0
        self._scanned_at_ms = 0

    def press(self, *names: str) -> None:
        """The clerk presses named keys or single characters."""
        for name in names:
            self.clerk += 1
            self._send(name)

    def type(self, text: str) -> None:
        """The clerk types."""
        self.press(*text)

    def customer_types(self, text: str) -> None:
        """The customer types."""
        self.customer += len(text)
        for char in text:
            self._send(char)

    def scan(self, text: str, busy_ms: int = 0) -> None:
        """A scanner types and ends with Enter; the window may hear each key late."""
        self.scans += 1
        handle = self.window.windowHandle()
        self._scanned_at_ms += 10_000
        for place, char in enumerate((*text, "\r")):
            key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char.upper()))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
                event.setTimestamp(self._scanned_at_ms + place * SCANNER_MS)
                QThread.msleep(busy_ms)
                QApplication.sendEvent(handle, event)
        QApplication.processEvents()

    def next(self) -> None:
        """The clerk goes on to the next step as soon as nothing is missing."""
        self.wait_until_next_works()
        self.clerk += 1
        QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Return, CTRL)

    def wait_for(self, step: Step) -> None:
        """Wait until the window is at a step."""
        self.qtbot.waitUntil(lambda: self.step() is step, timeout=3000)

    def wait_until_next_works(self) -> None:
        """Wait until nothing is missing at this step."""
        self.qtbot.waitUntil(self._may_go_on, timeout=3000)

    def _may_go_on(self) -> bool:
        view = self.window.controller.view()
        return view is not None and view.may_go_on

    def step(self) -> Step | None:
        """Where the window is."""
        state = self.window.controller.state
        return state.step if state is not None else None

    def _send(self, name: str) -> None:
        handle = self.window.windowHandle()
        if name in NAMED:
            QTest.keyClick(handle, NAMED[name])
            return
        QTest.keyClick(handle, name)
