"""Measures how long the window keeps a person waiting during a whole visit.

A second thread posts a queued signal every five milliseconds and the GUI thread stamps its
arrival; the lateness of the posting thread itself is reported apart, because on a busy machine
it is not the window's fault. The window's own processor time between two signals is the stall that
a machine with nothing else to do would show. Run: python -m tests.bench.ui_latency
"""

from __future__ import annotations

import os
import sys
import threading
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Qt, Signal, Slot

from counter_app.ui.application import make_application
from counter_app.ui.window import Window
from tests.journeys.keyboard import Keyboard
from tests.journeys.principal import visit
from tests.journeys.world import kind_world
from tests.ui.fake_parts import make_parts
from tests.ui.people import CLERK

EVERY_S = 0.005
PREPARED_AFTER_S = 5.0


class Probe(QObject):
    """Posts from one thread, stamps in another."""

    posted = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.stalls_ms: list[float] = []
        self.own_ms: list[float] = []
        self.busy_ms: list[float] = []
        self._busy_at_s = time.thread_time()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._post, daemon=True)
        self.posted.connect(self._stamp, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to post."""
        self._thread.start()

    def stop(self) -> None:
        """Post no more."""
        self._stop.set()
        self._thread.join()

    def _post(self) -> None:
        due = time.perf_counter()
        while not self._stop.is_set():
            due += EVERY_S
            self._stop.wait(max(0.0, due - time.perf_counter()))
            now = time.perf_counter()
            self.own_ms.append((now - due) * 1000)
            due = max(due, now)
            self.posted.emit(now)

    @Slot(float)
    def _stamp(self, sent: float) -> None:
        self.stalls_ms.append((time.perf_counter() - sent) * 1000)
        busy_at_s = time.thread_time()
        self.busy_ms.append((busy_at_s - self._busy_at_s) * 1000)
        self._busy_at_s = busy_at_s


class PlainBot:
    """Waits as pytest-qt does, outside of a test."""

    def __init__(self, application: object) -> None:
        self._application = application

    def waitUntil(self, is_true: object, timeout: int = 5000) -> None:  # noqa: N802 - as pytest-qt
        """Run the event loop until something is true."""
        until = time.monotonic() + timeout / 1000
        while not is_true():
            if time.monotonic() > until:
                raise TimeoutError
            self._application.processEvents()
            time.sleep(0.001)


def report(name: str, values: list[float]) -> None:
    """Write one line of figures."""
    ordered = sorted(values)
    worst, p99 = ordered[-1], ordered[int(len(ordered) * 0.99)]
    median = ordered[len(ordered) // 2]
    over = sum(value > 50 for value in ordered)
    line = f"{name}: n={len(ordered)} median={median:.1f} p99={p99:.1f} worst={worst:.1f} ms"
    sys.stdout.write(f"{line} over_50_ms={over}\n")


def main() -> None:
    """Play a visit with the probe running."""
    application = make_application(["bench"], "zh_CN")
    window = Window(make_parts(kind_world()))
    window.show()
    window.activateWindow()
    window._signed_in(CLERK)
    bot = PlainBot(application)
    began = time.monotonic()
    bot.waitUntil(lambda: time.monotonic() - began > PREPARED_AFTER_S, timeout=10_000)
    probe = Probe()
    probe.start()
    visit(Keyboard(window, bot))
    probe.stop()
    application.processEvents()
    report("window", probe.stalls_ms)
    report("probe itself", probe.own_ms)
    report("window's processor time between two signals", probe.busy_ms)
    window.controller.state = None
    window.close()


if __name__ == "__main__":
    main()
