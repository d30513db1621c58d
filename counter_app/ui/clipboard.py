"""What was copied out of the window does not stay in the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_MS = 60_000


class ClipboardGuard(QObject):
    """Empties the clipboard a minute after something was copied here, and when the program ends.

    What another program copied is left alone.
    """

    def __init__(self, kept_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard: QClipboard = QGuiApplication.clipboard()
        self._copied = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(kept_ms)
        self._timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._note)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.clear)

    def clear(self) -> None:
        """Empty the clipboard now, if it still holds what was copied here."""
        self._timer.stop()
        copied, self._copied = self._copied, ""
        if copied and self._clipboard.text() == copied:
            self._clipboard.clear()

    def _note(self) -> None:
        """Take a change as ours while one of our windows has the focus."""
        if self._clipboard.ownsClipboard() or QGuiApplication.focusWindow() is not None:
            self._copied = self._clipboard.text()
            self._timer.start()
