"""The bar at the top: where, who, devices, what waits to be sent, the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from counter_app.domain.account import Account, Role
from counter_app.domain.counter_facts import SHANGHAI
from counter_app.ui.parts import DeviceState, WindowParts
from counter_app.ui.texts import device, failure_text, role
from counter_app.ui.widgets.looks import label, set_look, set_text

HEIGHT_PX = 48


@dataclass(frozen=True, slots=True)
class QueueAge:
    """What waits to be sent to head office."""

    count: int
    oldest: timedelta | None


def age_text(age: timedelta) -> str:
    """Say a length of time in words, in its largest unit."""
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return QCoreApplication.translate("Texts", "刚刚")
    if minutes < 60:
        return QCoreApplication.translate("Texts", "{} 分钟").format(minutes)
    if minutes < 48 * 60:
        return QCoreApplication.translate("Texts", "{} 小时").format(minutes // 60)
    return QCoreApplication.translate("Texts", "{} 天").format(minutes // (24 * 60))


class TopBar(QWidget):
    """48 pixels; never shows anything of a customer."""

    def __init__(self, parts: WindowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self.setProperty("role", "top_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(HEIGHT_PX)
        self._place = label(f"{parts.branch} · {parts.counter}")
        self._clerk = label(role="quiet")
        self._devices = QHBoxLayout()
        self._devices.setSpacing(14)
        self._lights: dict[str, QLabel] = {}
        self._queue = label(role="quiet")
        self._clock = label()
        self._build()
        self.tick()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(16)
        row.addWidget(self._place)
        row.addWidget(self._clerk)
        word = environment_word(self._parts.environment)
        if word:
            row.addWidget(label(word, "environment"))
        row.addStretch(1)
        row.addLayout(self._devices)
        row.addWidget(self._queue)
        row.addWidget(self._clock)

    def tick(self) -> None:
        """Show the time in China."""
        now = self._parts.clock.now().astimezone(SHANGHAI)
        set_text(self._clock, now.strftime("%H:%M"))

    def show_clerk(self, account: Account | None) -> None:
        """Show who is signed in."""
        if account is None:
            set_text(self._clerk, "")
            return
        first = next((item for item in Role if item in account.roles), Role.CLERK)
        set_text(self._clerk, f"{account.display_name}（{role(first)}）")

    def show_devices(self, states: Sequence[DeviceState]) -> None:
        """Show each device with a sign and, when it fails, a word."""
        for state in states:
            light = self._lights.get(state.kind.value)
            if light is None:
                light = label()
                self._lights[state.kind.value] = light
                self._devices.addWidget(light)
            is_ready = state.failure is None
            set_text(light, f"{'●' if is_ready else '▲'} {device(state.kind)}")
            set_look(light, "tone", "good" if is_ready else "caution")
            light.setToolTip("" if state.failure is None else failure_text(state.failure).advice)

    def show_queue(self, queue: QueueAge) -> None:
        """Show how much waits to be sent, and since when."""
        if queue.count == 0:
            set_text(self._queue, self.tr("无待上送"))
            return
        text = self.tr("待上送 {}").format(queue.count)
        if queue.oldest is not None:
            text = self.tr("{} · 最久 {}").format(text, age_text(queue.oldest))
        set_text(self._queue, text)


def environment_word(environment: str) -> str:
    """Name an environment that is not the real one."""
    words = {
        "production": "",
        "training": QCoreApplication.translate("Texts", "培训环境"),
        "demo": QCoreApplication.translate("Texts", "演示环境"),
    }
    return words.get(environment, environment)
