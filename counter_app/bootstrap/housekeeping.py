"""What sender and window do beside their work, once an hour: what was left, and what may go."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from counter_app.backoffice.sender_process import SenderPlace
from counter_app.backoffice.sender_status import read_status
from counter_app.errors import CounterError
from counter_app.ports.clock import Clock
from counter_app.ports.stored import Retention
from counter_app.services.evidence import Evidence
from counter_app.services.sure_time import sure_time
from counter_app.settings import Settings
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.instance import InstanceLock
from counter_app.storage.purge import purge_folder

log = logging.getLogger(__name__)
EVERY_S = 3600.0
AGAIN_S = 60.0
"""When it is tried again after head office has not said the time yet, or something failed."""
LOCK = "purge.lock"
PRINTS_KEPT = timedelta(days=1)
"""How long a paper stays in the folder that stands in for a printer."""


def retention_of(settings: Settings) -> Retention:
    """Return how long each class stays at this counter."""
    return Retention(case=timedelta(days=settings.retention.case_days))


@dataclass(slots=True)
class HourlyPurge:
    """Purges what is past its time; never what head office has not acknowledged.

    Before that it queues signed pages that were kept but not queued when a process died. Window and
    sender both do it, one at a time. The pace is the machine's own, so that a clock that is set
    back does not stop it; what is past its time is judged by head office's clock.

    Attributes:
        tick: Seconds that only grow.
    """

    data: DataFolder
    clock: Clock
    prints: Path
    evidence: Evidence
    retention: Retention = field(default_factory=Retention)
    tick: Callable[[], float] = time.monotonic
    _next_s: float | None = None

    def run_if_due(self) -> None:
        """Purge when an hour has passed, or sooner when it was put off."""
        tick = self.tick()
        if self._next_s is not None and tick < self._next_s:
            return
        try:
            with InstanceLock(self.data.path / LOCK):
                is_done = self._run()
        except CounterError as error:
            log.info("purge put off: code=%s", error.code.value)
            is_done = False
        self._next_s = tick + (EVERY_S if is_done else AGAIN_S)

    def _run(self) -> bool:
        now = self.clock.now()
        _forget_prints(self.prints, now)
        self.evidence.catch_up()
        status = read_status(SenderPlace(self.data.path).status)
        sure = sure_time(None if status is None else status.contact, now)
        if sure is None:
            log.debug("purge put off: head office has not said the time")
            return False
        done = purge_folder(self.data, self.retention, sure)
        log.info("purged: cases=%d images=%d messages=%d", done.cases, done.images, done.payloads)
        return True


def _forget_prints(folder: Path, now: datetime) -> None:
    """Remove old papers of the folder printer; they are in the clear, and the store has them."""
    for path in folder.glob("*.pdf"):
        try:
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) <= now - PRINTS_KEPT:
                path.unlink(missing_ok=True)
        except OSError as error:
            log.info("paper left in the folder: cause=%s", errno.errorcode.get(error.errno or 0))
