"""What the sender does besides sending: forgetting what may go, once an hour."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from counter_app.errors import CounterError
from counter_app.ports.clock import Clock
from counter_app.ports.stored import Retention
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.purge import purge_folder

log = logging.getLogger(__name__)
EVERY = timedelta(hours=1)


@dataclass(slots=True)
class HourlyPurge:
    """Purges decided cases past their time; never what head office has not acknowledged."""

    data: DataFolder
    clock: Clock
    retention: Retention = field(default_factory=Retention)
    _last: datetime | None = None

    def run_if_due(self) -> None:
        """Purge when an hour has passed; a failure waits for the next hour."""
        now = self.clock.now()
        if self._last is not None and now - self._last < EVERY:
            return
        self._last = now
        try:
            purge_folder(self.data, self.retention, now)
        except CounterError as error:
            log.info("purge put off: code=%s", error.code.value)
