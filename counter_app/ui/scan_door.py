"""Where a scan goes: to the page that has use for it, and nowhere else."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.ui.scan_watch import ScanWatch
from counter_app.ui.screens import Screens


class ScanDoor(QObject):
    """Hands scans of a window to the home page or to the page of the step."""

    def __init__(self, window: QWidget, screens: Screens) -> None:
        super().__init__(window)
        self._window = window
        self._screens = screens
        self._watch = ScanWatch(window, self._take)

    def watch(self) -> None:
        """Begin; the window must have been shown, so that it has a handle."""
        self._window.windowHandle().installEventFilter(self._watch)

    def let_go(self) -> None:
        """Let keys that are held back come before a key that acts at once."""
        self._watch.let_go()

    def _take(self, text: str, field: QLineEdit | None) -> bool:
        screens = self._screens
        if screens.is_seen(screens.home):
            return field is None and self._start(text)
        if not screens.is_seen(screens.case) or screens.case.is_camera_open:
            return field is None
        page = screens.case.page()
        if page.takes_scan(text, field):
            return True
        if field is not None and not page.refuses_scan(text, field):
            return False
        screens.case.say_scan_unwanted()
        return True

    def _start(self, text: str) -> bool:
        self._screens.home.started.emit(text)
        return True
