"""Giving sealed papers what they need to outlive their certificate, once the counter is online."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from counter_app.errors import CounterError
from counter_app.ports.clock import Clock
from counter_app.ports.paper import Extender
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import PaperStatus

log = logging.getLogger(__name__)
EVERY = timedelta(seconds=10)
AGAIN = timedelta(hours=1)
AT_ONCE = 5
"""Papers in one go: the sender has messages to send, each paper takes about a fifth of a second."""


@dataclass(slots=True)
class PaperExtension:
    """Extends a few papers now and then; one that cannot be extended holds up no other.

    Attributes:
        is_online: Whether head office answers at present.
    """

    store: CaseStore
    extender: Extender
    clock: Clock
    is_online: Callable[[], bool]
    _last: datetime | None = None
    _put_off: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def run_if_due(self) -> int:
        """Extend what is due; returns how many papers were extended."""
        now = self.clock.now()
        if not self.is_online() or (self._last is not None and now - self._last < EVERY):
            return 0
        self._last = now
        self._put_off = {key: until for key, until in self._put_off.items() if until > now}
        return sum(self._extend(paper, now) for paper in self._due())

    def _due(self) -> tuple[PaperStatus, ...]:
        with self.store.view() as unit:
            found = unit.papers_to_extend(AT_ONCE + len(self._put_off))
        due = [paper for paper in found if (paper.case_id, paper.kind) not in self._put_off]
        return tuple(due[:AT_ONCE])

    def _extend(self, paper: PaperStatus, now: datetime) -> bool:
        try:
            with self.store.view() as unit:
                sealed = unit.paper(paper.case_id, paper.kind).pdf
            longer = self.extender.extend(sealed, now)
            with self.store.begin() as unit:
                unit.add_long_term(paper.case_id, paper.kind, longer)
        except CounterError as error:
            self._put_off[paper.case_id, paper.kind] = now + AGAIN
            log.info("paper not extended: kind=%s code=%s", paper.kind, error.code.value)
            return False
        return True
