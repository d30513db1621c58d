"""Asks the devices and the outbox how they are, every few seconds, on their lanes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.ports.clock import Clock
from counter_app.ports.store import CaseStore
from counter_app.ui.page import PageKit
from counter_app.ui.parts import DeviceState
from counter_app.ui.top_bar import QueueAge

EVERY_MS = 3_000
"""How long a device that was unplugged may still look well."""


def read_queue(store: CaseStore, clock: Clock) -> QueueAge:
    """Read what waits to be sent."""
    with store.view() as unit:
        return QueueAge(unit.waiting_count(), unit.oldest_unsent(clock.now()))


class Poller(QObject):
    """Keeps the strip at the top true.

    Signals:
        devices_told: A tuple of DeviceState, each time they were asked.
        devices_changed: The same, only when it differs from the last.
        queue_changed: A QueueAge, only when it differs from the last.
        ticked: Some seconds passed.
    """

    devices_told = Signal(object)
    devices_changed = Signal(object)
    queue_changed = Signal(object)
    ticked = Signal()

    def __init__(self, kit: PageKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._devices: tuple[DeviceState, ...] | None = None
        self._queue: QueueAge | None = None
        self._is_asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.ask)

    def start(self) -> None:
        """Ask now and from now on."""
        self._timer.start()
        self.ask()

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()

    def ask(self) -> None:
        """Ask now, unless the last answer has not come yet."""
        self.ticked.emit()
        parts, lanes = self._kit.parts, self._kit.lanes
        lanes.storage.run(lambda: read_queue(parts.store, parts.clock), self._take_queue)
        if not self._is_asking:
            self._is_asking = True
            lanes.office.run(parts.health.probe, self._take_devices)

    def _take_devices(self, states: tuple[DeviceState, ...]) -> None:
        self._is_asking = False
        self.devices_told.emit(states)
        if states != self._devices:
            self._devices = states
            self.devices_changed.emit(states)

    def _take_queue(self, queue: QueueAge) -> None:
        if queue != self._queue:
            self._queue = queue
            self.queue_changed.emit(queue)
