"""Whether cases have waited too long to be sent (R16)."""

from __future__ import annotations

from datetime import datetime, timedelta

from counter_app.domain.counter_facts import day_of
from counter_app.ports.store import CaseStore

UNLOCK_NOTE = "queue.unlocked_on"


def is_queue_too_old(store: CaseStore, now: datetime, days: int) -> bool:
    """Say whether new cases must wait: the oldest unsent one is older than so many days.

    A centre manager can unlock the counter once for the day.
    """
    with store.view() as unit:
        oldest = unit.oldest_unsent(now)
        unlocked = unit.recall(UNLOCK_NOTE)
    is_old = oldest is not None and oldest > timedelta(days=days)
    return is_old and unlocked != day_of(now).isoformat()
