"""A clerk made of key presses: works the real window as a person would, without a mouse."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLineEdit, QWidget

from counter_app.bootstrap.screen_guard import require_demonstration
from counter_app.flow.state import FlowState
from counter_app.flow.steps import Step
from counter_app.ui.widgets.viewfinder import Viewfinder
from counter_app.ui.window import Window

PATIENCE_S = 30.0
LOOK_MS = 15
SETTLE_S = 0.15


class DemoStuckError(Exception):
    """Something the clerk waits for did not happen."""


@dataclass(slots=True)
class DemoClerk:
    """Presses keys in a window and takes a picture of every screen.

    Attributes:
        keys: How many keys were pressed so far.
        pictures: Files made so far, in order.
    """

    window: Window
    folder: Path
    keys: int = 0
    pictures: list[Path] = field(default_factory=list)

    def wait(self, what: str, is_there: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        """Let the window work until something is so.

        Raises:
            DemoStuckError: It does not come; names what was waited for.
        """
        until = time.monotonic() + patience_s
        while not is_there():
            if time.monotonic() > until:
                self.picture("stuck")
                raise DemoStuckError(what)
            self.pause(LOOK_MS / 1000)

    def pause(self, seconds: float) -> None:
        """Let the window work for a while."""
        loop = QEventLoop()
        QTimer.singleShot(int(seconds * 1000), loop.quit)
        loop.exec()

    def state(self) -> FlowState:
        """Return the open visit.

        Raises:
            DemoStuckError: No visit is open.
        """
        state = self.window.controller.state
        if state is None:
            raise DemoStuckError("an open case")
        return state

    def at(self, step: Step) -> None:
        """Wait until a step is shown."""
        self.wait(f"step {step.value}", lambda: self.state().step is step)
        self.pause(SETTLE_S)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press one key where the focus is."""
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)
        self.keys += 1

    def type(self, text: str) -> None:
        """Type a text where the focus is; Chinese arrives as an input method commits it."""
        target = QApplication.focusWidget() or self.window
        if text.isascii():
            QTest.keyClicks(target, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(target, event)
        self.keys += len(text)

    def into(self, name: str, text: str) -> None:
        """Go to a field by name, replace what stands there, and press Enter."""
        self.go(name)
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type(text)
        self.key(Qt.Key.Key_Return)

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        part = self._part(name)
        field = getattr(part, "edit", part)
        return field.text() if isinstance(field, QLineEdit) else ""

    def pick(self, name: str, number: int) -> None:
        """Pick an answer of a question by its number key."""
        self.go(name)
        self.type(str(number))

    def press(self, name: str) -> None:
        """Press a button by Space."""
        self.go(name)
        self.key(Qt.Key.Key_Space)

    def tick_all(self, name: str) -> None:
        """Tick every box in a part of the window by Space."""
        for box in self._part(name).findChildren(QCheckBox):
            if box.isVisible() and not box.isChecked():
                self._focus(box)
                self.key(Qt.Key.Key_Space)

    def _focus(self, part: QWidget) -> None:
        self.wait("the focus", lambda: _focused(part), 5.0)

    def sees_live_picture(self) -> bool:
        """Say whether the camera shows something."""
        finders = self.window.findChildren(Viewfinder)
        return any(one.isVisible() and one.frame is not None for one in finders)

    def go(self, name: str) -> QWidget:
        """Move the focus to a visible part of the window.

        Raises:
            DemoStuckError: There is no such part, or it cannot take the focus.
        """
        part = self._part(name)
        target = getattr(part, "edit", part)
        if not isinstance(target, QWidget):
            target = part
        self.wait(f"focus on {name}", lambda: _focused(target), 5.0)
        return target

    def enabled(self, name: str) -> bool:
        """Say whether a button can be pressed."""
        part = self._part(name)
        return isinstance(part, QAbstractButton) and part.isEnabled()

    def _part(self, name: str) -> QWidget:
        for part in self.window.findChildren(QWidget, name):
            if part.isVisible():
                return part
        raise DemoStuckError(f"a visible {name}")

    def next(self, title: str) -> None:
        """Take a picture and go to the next step."""
        self.picture(title)
        before = self.state().step
        self.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.wait(f"a step after {before.value}", lambda: self.state().step is not before)
        self.pause(SETTLE_S)

    def picture(self, title: str) -> None:
        """Save a PNG of the window; only a demonstration may.

        Raises:
            CounterError: SIMULATOR_IN_PRODUCTION.
        """
        require_demonstration(self.window.kit.parts.environment)
        self.pause(SETTLE_S)
        path = self.folder / f"{len(self.pictures) + 1:02d}-{title}.png"
        self.window.grab().save(str(path))
        self.pictures.append(path)


def _focused(part: QWidget) -> bool:
    part.setFocus(Qt.FocusReason.TabFocusReason)
    focused = QApplication.focusWidget()
    return focused is not None and (focused is part or part.isAncestorOf(focused))
