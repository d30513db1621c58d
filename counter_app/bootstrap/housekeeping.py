"""What the sender does besides sending, once an hour: what was left lying, and what may go."""

from __future__ import annotations

import errno
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from counter_app.errors import CounterError
from counter_app.ports.clock import Clock
from counter_app.ports.stored import Retention
from counter_app.services.evidence import Evidence
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.purge import purge_folder

log = logging.getLogger(__name__)
EVERY = timedelta(hours=1)
PRINTS_KEPT = timedelta(days=1)
"""How long a paper stays in the folder that stands in for a printer."""


@dataclass(slots=True)
class HourlyPurge:
    """Purges decided cases past their time; never what head office has not acknowledged.

    Before that it queues signed pages that were kept but not queued when a process died.
    """

    data: DataFolder
    clock: Clock
    prints: Path
    evidence: Evidence
    retention: Retention = field(default_factory=Retention)
    _last: datetime | None = None

    def run_if_due(self) -> None:
        """Purge when an hour has passed; a failure waits for the next hour."""
        now = self.clock.now()
        if self._last is not None and now - self._last < EVERY:
            return
        self._last = now
        try:
            self.evidence.catch_up()
            purge_folder(self.data, self.retention, now)
            _forget_prints(self.prints, now)
        except CounterError as error:
            log.info("purge put off: code=%s", error.code.value)


def _forget_prints(folder: Path, now: datetime) -> None:
    """Remove old papers of the folder printer; they are in the clear, and the store has them."""
    for path in folder.glob("*.pdf"):
        try:
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) <= now - PRINTS_KEPT:
                path.unlink(missing_ok=True)
        except OSError as error:
            log.info("paper left in the folder: cause=%s", errno.errorcode.get(error.errno or 0))
