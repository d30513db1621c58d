"""Tells a hand scanner from a person, so that a scan answers no question it was not meant for.

A hand scanner types like a keyboard, only faster, and ends with Enter. Letters that come where no
text is typed are held back for `GAP_MS`, which nobody feels: alone they are a person's key and go
on, in a row they are a scan.
Source: DOMAIN.md R6 (under 50 ms a character, one field on the page of the serial number).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

GAP_MS = 50
"""Longest time between two characters of a scan."""

SHORTEST_SCAN = 6
"""Characters below which a row of fast keys is a person's."""

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
SHIFTS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock})
COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


@dataclass(slots=True)
class Burst:
    """Characters that came faster than a person types.

    Attributes:
        text: What came so far.
        last_ms: When the last character came.
    """

    text: str = ""
    last_ms: float = 0.0

    def add(self, character: str, at_ms: float) -> bool:
        """Add a character; True when a new row begins with it."""
        is_new = not self.text or at_ms - self.last_ms > GAP_MS
        self.text = character if is_new else self.text + character
        self.last_ms = at_ms
        return is_new

    def is_scan(self, at_ms: float) -> bool:
        """Say whether a row long enough for a scan ended just now."""
        return len(self.text) >= SHORTEST_SCAN and at_ms - self.last_ms <= GAP_MS

    def take(self) -> str:
        """Return the row and forget it."""
        text, self.text = self.text, ""
        return text


@dataclass(frozen=True, slots=True)
class Typing:
    """A text field as it was before a row of fast keys began in it."""

    field: QLineEdit
    before: str


class ScanWatch(QObject):
    """Watches the keys that reach a window.

    Args:
        window: Whose keys; install as event filter on its `windowHandle()`.
        take: Answers a scan: its text and the text field it was typed in (None for none). True
            when it is taken: then neither a field nor a question gets it.
    """

    def __init__(self, window: QWidget, take: Callable[[str, QLineEdit | None], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._take = take
        self._burst = Burst()
        self._typing: Typing | None = None
        self._held: list[QKeyEvent] = []
        self._is_letting_go = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(GAP_MS)
        self._pause.timeout.connect(self._look_again)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Hold characters where no text is typed; take a scan as a whole."""
        if self._is_letting_go or not isinstance(event, QKeyEvent):
            return False
        if event.type() != QEvent.Type.KeyPress or event.key() in SHIFTS:
            return False
        if event.key() in ENTER and not event.modifiers() & COMMANDS:
            return self._end(typed_at_ms(event))
        if is_character(event):
            return self._add(event)
        self.let_go()
        return False

    def _add(self, event: QKeyEvent) -> bool:
        here = self._window.focusWidget()  # also where no window manager made the window active
        is_new = self._burst.add(event.text(), typed_at_ms(event))
        if isinstance(here, QLineEdit | QTextEdit):
            if is_new:
                self._typing = Typing(here, here.text()) if isinstance(here, QLineEdit) else None
            return False
        if is_new:
            self._typing = None
        self._held.append(event.clone())
        self._pause.start()
        return True

    def _end(self, at_ms: float) -> bool:
        if not self._burst.is_scan(at_ms):
            self.let_go()
            return False
        typing, is_held = self._typing, bool(self._held)
        text = self._burst.take()
        self._forget()
        if typing is None and not is_held:
            return False
        after = typing.field.text() if typing is not None else ""
        if typing is not None:
            typing.field.setText(typing.before)
        if self._take(text, typing.field if typing is not None else None):
            return True
        if typing is not None:
            typing.field.setText(after)
        return is_held

    def _look_again(self) -> None:
        """Let keys that came while the window was busy be heard before the pause counts."""
        QTimer.singleShot(0, self, self._paused)

    def _paused(self) -> None:
        """Take a scan without Enter at its end; let a person's keys go on."""
        if self._pause.isActive():
            return
        if len(self._held) < SHORTEST_SCAN:
            self.let_go()
            return
        text = self._burst.take()
        self._forget()
        self._take(text, None)

    def let_go(self) -> None:
        """Send on what was held, to whoever has the focus at each key."""
        held = self._held
        self._burst.take()
        self._forget()
        self._is_letting_go = True
        for event in held:
            QApplication.sendEvent(self._window.windowHandle(), event)
        self._is_letting_go = False

    def _forget(self) -> None:
        self._pause.stop()
        self._held, self._typing = [], None


def typed_at_ms(event: QKeyEvent) -> float:
    """Return when a key was pressed, by the system's clock of input where the event tells it.

    A busy window hears its keys late and all at once; when they were pressed stays true.
    """
    return float(event.timestamp()) or time.monotonic() * 1000


def is_character(event: QKeyEvent) -> bool:
    """Say whether a key is one a scanner would send; Space presses buttons and is not held."""
    text = event.text()
    is_typed = len(text) == 1 and text.isprintable() and not text.isspace()
    return is_typed and not event.isAutoRepeat() and not event.modifiers() & COMMANDS
