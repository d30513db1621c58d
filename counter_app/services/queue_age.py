"""Whether cases have waited too long to be sent (R16), and whether a clerk may leave them."""

from __future__ import annotations

from datetime import datetime, timedelta

from counter_app.domain.counter_facts import day_of
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.store import CaseStore

UNLOCK_NOTE = "queue.unlocked_on"
CLOSED_NOTE = "day.closed_at"
HANDED_OVER_NOTE = "queue.handed_over_by"
"""Begins the note that says on which day a clerk handed everything over."""


def hold_sign_out(store: CaseStore, account_id: str, now: datetime) -> None:
    """Refuse to let a clerk go while cases wait to be sent.

    Whoever handed over to the next clerk, or closed the day, may go: somebody answers for them.

    Raises:
        CounterError: QUEUE_WAITING, with how many wait.
    """
    today = day_of(now)
    with store.view() as unit:
        waiting = unit.waiting_count()
        handed_over = unit.recall(f"{HANDED_OVER_NOTE}.{account_id}")
        closed = unit.recall(CLOSED_NOTE)
    is_closed = closed is not None and day_of(datetime.fromisoformat(closed)) == today
    if waiting and not is_closed and handed_over != today.isoformat():
        raise CounterError(FailureCode.QUEUE_WAITING, waiting=waiting)


def is_queue_too_old(store: CaseStore, now: datetime, days: int) -> bool:
    """Say whether new cases must wait: the oldest unsent one is older than so many days.

    A centre manager can unlock the counter once for the day.
    """
    with store.view() as unit:
        oldest = unit.oldest_unsent(now)
        unlocked = unit.recall(UNLOCK_NOTE)
    is_old = oldest is not None and oldest > timedelta(days=days)
    return is_old and unlocked != day_of(now).isoformat()
