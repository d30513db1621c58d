"""Where a device stands: waiting, reading, done, failed or absent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from counter_app.errors import FailureCode
from counter_app.ui.icons import pixmap
from counter_app.ui.texts import failure_text
from counter_app.ui.theme import theme
from counter_app.ui.widgets.looks import TONE_ICONS, colour_of, label, set_look, set_text


class DeviceMode(StrEnum):
    """The five states of a device step."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class DeviceShown:
    """What the panel shows.

    Attributes:
        drawing: Name of a drawing (160 × 96) for the waiting state.
        progress: Done and expected, for the reading state.
    """

    mode: DeviceMode
    title: str
    line: str = ""
    drawing: str = ""
    progress: tuple[int, int] | None = None


def failed_shown(code: FailureCode, retry: str) -> DeviceShown:
    """Return what is shown of a failure: cause in one line, what to do and the retry key."""
    words = failure_text(code)
    return DeviceShown(DeviceMode.FAILED, words.title, f"{words.advice}　{retry}".strip("　"))


class DevicePanel(QFrame):
    """A drawing of what to do, one sentence, progress that moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._picture = label()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = label(role="title", wraps=True)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._line = label(role="quiet", wraps=True)
        self._line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        column.addStretch(1)
        for part in (self._picture, self._title, self._line, self._bar):
            column.addWidget(part)
        column.addStretch(1)
        self._shown: DeviceShown | None = None
        self.setMinimumWidth(340)

    def show_device(self, shown: DeviceShown) -> None:
        """Show a state."""
        if shown == self._shown:
            return
        self._shown = shown
        set_text(self._title, shown.title)
        set_text(self._line, shown.line)
        self._line.setVisible(bool(shown.line))
        tone = {DeviceMode.FAILED: "stop", DeviceMode.ABSENT: "caution", DeviceMode.DONE: "good"}
        set_look(self._title, "tone", tone.get(shown.mode, ""))
        self._show_picture(shown, tone.get(shown.mode, ""))
        self._show_progress(shown)

    def _show_picture(self, shown: DeviceShown, tone: str) -> None:
        if shown.drawing:
            side = theme().px(160)
            colour = theme().palette.accent
            self._picture.setPixmap(pixmap(shown.drawing, colour, side, theme().px(96)))
        else:
            name = TONE_ICONS.get(tone, "info")
            self._picture.setPixmap(pixmap(name, colour_of(tone), theme().px(40)))

    def _show_progress(self, shown: DeviceShown) -> None:
        self._bar.setVisible(shown.mode is DeviceMode.READING)
        done, expected = shown.progress or (0, 0)
        self._bar.setRange(0, max(expected, 0))
        self._bar.setValue(min(done, expected))
