"""Lanes: one worker thread per device, so that the GUI thread never waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from counter_app.errors import CounterError

T = TypeVar("T")
Job = Callable[[], None]

CLOSING_S = 0.4
"""How long closing waits for jobs that were told to stop."""


class Lane(QObject):
    """Does one thing after another on a thread of its own and answers in the GUI thread.

    Work answers by value or by CounterError; anything else is a bug, ends the thread through
    `threading.excepthook`, and the next job starts a fresh one.
    """

    _ended = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._is_closed = threading.Event()
        self._gate = threading.Lock()
        self._ended.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        report: Callable[[T], None],
        failed: Callable[[CounterError], None] | None = None,
    ) -> None:
        """Queue work.

        Args:
            work: Called on the lane's thread.
            report: Called in the GUI thread with what the work returned.
            failed: Called in the GUI thread when the work failed in a known way.
        """

        def job() -> None:
            try:
                result = work()
            except CounterError as error:
                if failed is not None:
                    known, answer = error, failed
                    self.tell(lambda: answer(known))
                return
            self.tell(lambda: report(result))

        if self._is_closed.is_set():
            return
        self._jobs.put(job)
        self._keep_thread()

    def close(self) -> None:
        """Take no more work and answer nobody; what is queued is still done.

        When this returns, no answer is on its way any more: the window may be destroyed while the
        thread finishes what it is at.
        """
        with self._gate:
            self._is_closed.set()
        self._jobs.put(None)

    def join(self, timeout_s: float) -> None:
        """Wait a moment for what is queued; the thread is a daemon in any case."""
        if self._thread is not None:
            self._thread.join(timeout_s)

    def tell(self, answer: Job) -> None:
        """Call something in the GUI thread, from any thread; nothing once the lane is closed."""
        with self._gate:
            if not self._is_closed.is_set() and isValid(self):
                self._ended.emit(answer)

    def _keep_thread(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            name = f"lane-{self._name}"
            self._thread = threading.Thread(target=self._work, name=name, daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    @Slot(object)
    def _answer(self, answer: Job) -> None:
        if not self._is_closed.is_set():
            answer()


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of the window; what shares a device shares a lane."""

    card: Lane
    camera: Lane
    reading: Lane
    journal: Lane
    storage: Lane
    printer: Lane
    office: Lane

    def close(self) -> None:
        """Close every lane; wait 0.4 s for the store, which keeps what was typed, 0.4 s for all."""
        for lane in self._every():
            lane.close()
        self.storage.join(CLOSING_S)
        self.join(CLOSING_S)

    def join(self, timeout_s: float) -> None:
        """Wait a moment in all until every thread has done what it was at."""
        until = time.monotonic() + timeout_s
        for lane in self._every():
            lane.join(max(0.0, until - time.monotonic()))

    def _every(self) -> tuple[Lane, ...]:
        devices = (self.card, self.camera, self.reading, self.journal, self.printer)
        return (*devices, self.office, self.storage)


def make_lanes(parent: QObject | None = None) -> Lanes:
    """Make a lane for each device, and for reading pictures and journal, storage, head office."""
    names = ("card", "camera", "reading", "journal", "storage", "printer", "office")
    return Lanes(*(Lane(name, parent) for name in names))
