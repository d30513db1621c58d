"""Keeping a sender alive beside the window: one that died is started again."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.backoffice.sender_lock import sender_runs

log = logging.getLogger(__name__)
LOOK_EVERY_MS = 30_000


@dataclass(slots=True)
class SenderKeeper:
    """Starts a sender when none runs.

    One that the session's autostart began counts as well: only the lock says who runs.

    Attributes:
        lock: The sender's lock file.
        start: Starts a sender; a second one ends at once by itself.
    """

    lock: Path
    start: Callable[[], subprocess.Popen[bytes]]
    _started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def look(self) -> None:
        """Start one if none runs and none of ours is just beginning."""
        self._started = [one for one in self._started if one.poll() is None]
        if self._started or sender_runs(self.lock):
            return
        log.info("sender started by the window")
        self._started.append(self.start())

    def leave(self) -> None:
        """Let them end by themselves: they go on while something waits."""
        for one in self._started:
            one.poll()
