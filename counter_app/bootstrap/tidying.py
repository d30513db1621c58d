"""The window's part in forgetting: without it a counter whose sender ended would keep for ever."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from counter_app.bootstrap.counter import Counter
from counter_app.bootstrap.housekeeping import HourlyPurge, retention_of
from counter_app.bootstrap.office import evidence_of
from counter_app.ui.window import Window

LOOK_MS = 60_000
"""How often it is asked whether an hour has passed."""


def start_tidying(counter: Counter, window: Window, look_ms: int = LOOK_MS) -> QTimer:
    """Purge once an hour as long as the window lives, beside what the clerk does."""
    evidence = evidence_of(counter.data, counter.places, counter.profile, counter.clock)
    retention = retention_of(counter.settings)
    purge = HourlyPurge(counter.data, counter.clock, counter.places.prints, evidence, retention)
    timer = QTimer(window)
    timer.setInterval(look_ms)
    timer.timeout.connect(lambda: window.lanes.office.run(purge.run_if_due, _ignore))
    timer.start()
    return timer


def _ignore(_done: None) -> None:
    """Nobody waits for it."""
