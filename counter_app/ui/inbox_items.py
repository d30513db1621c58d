"""What waits at this counter: answers, unprinted receipts, what is stuck or in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from counter_app.domain.case_state import CaseState
from counter_app.domain.counter_facts import day_of
from counter_app.domain.submission import Decision, MessageState
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import CaseFilter, StoredCase
from counter_app.services.more_documents import standing_of
from counter_app.services.post_review import PostDoubt, doubtful_cases

LATE = timedelta(hours=24)
LISTED = frozenset(
    {CaseState.ACCEPTED_UNPRINTED, CaseState.REJECTED, CaseState.NEED_MORE, CaseState.APPLIED}
)


class InboxAction(StrEnum):
    """The one thing to do about an item."""

    PRINT = "print"
    TELL = "tell"
    ADD = "add"
    CORRECT = "correct"
    RETRY = "retry"
    SETTLE = "settle"


ACTIONS = {
    CaseState.ACCEPTED_UNPRINTED: InboxAction.PRINT,
    CaseState.NEED_MORE: InboxAction.ADD,
    CaseState.REJECTED: InboxAction.TELL,
    CaseState.APPLIED: InboxAction.TELL,
}


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One line of the inbox.

    Attributes:
        answer: What head office said last of the case, or None.
        refusal: Why a message of the case cannot be sent (无法上送), a code; empty for none.
        since: Since when it waits (aware UTC).
        doubt: Why it was found doubtful when somebody looked at it afterwards, or None.
    """

    case: StoredCase
    action: InboxAction
    since: datetime
    answer: Decision | None = field(default=None, repr=False)
    refusal: str = ""
    doubt: PostDoubt | None = None

    def age(self, now: datetime) -> timedelta:
        """Return how long it waits."""
        return now - self.since

    def is_late(self, now: datetime) -> bool:
        """Say whether it waits for more than a day, or the day for its documents has passed."""
        last = self.answer.deadline if self.answer is not None else None
        is_over = self.action is InboxAction.ADD and last is not None and last < day_of(now)
        return is_over or self.age(now) > LATE


def read_inbox(store: CaseStore) -> tuple[InboxItem, ...]:
    """Read what waits, oldest first."""
    with store.view() as unit:
        items = (*_stuck(unit), *_answered(unit), *_doubtful(unit))
    return tuple(sorted(items, key=lambda item: item.since))


def note_told(store: CaseStore, case: StoredCase) -> None:
    """Note that the customer was told of the state the case is in now."""
    with store.begin() as unit:
        unit.remember(_told_key(case.case_id), case.state.value)


def retry_now(store: CaseStore, now: datetime, wake_sender: Callable[[], None]) -> None:
    """Let everything that is held, or is tried again later, go now, and wake the sender."""
    with store.begin() as unit:
        unit.release_held()
        for queued in unit.waiting():
            if queued.state is MessageState.READY and queued.retry_at is not None:
                unit.postpone(queued.message.message_id, now, queued.reason)
    wake_sender()


def _answered(unit: Unit) -> Iterator[InboxItem]:
    for case in unit.cases(CaseFilter(states=LISTED)):
        action = ACTIONS[case.state]
        is_told = unit.recall(_told_key(case.case_id)) == case.state.value
        if action is InboxAction.TELL and is_told:
            continue
        answer = None if action is InboxAction.PRINT else standing_of(unit, case.case_id).answer
        yield InboxItem(case, action, case.changed_at, answer)


def _stuck(unit: Unit) -> Iterator[InboxItem]:
    """Find what does not go out: refused, held, or refused for now and tried again."""
    for queued in unit.waiting():
        is_frozen = queued.state is MessageState.FROZEN
        is_stuck = is_frozen or queued.state is MessageState.HELD or bool(queued.reason)
        case = unit.load(queued.message.case_id)
        if not is_stuck or case.state is CaseState.SUPERSEDED:
            continue
        action = InboxAction.CORRECT if is_frozen else InboxAction.RETRY
        yield InboxItem(case, action, queued.message.created_at, refusal=queued.reason)


def _doubtful(unit: Unit) -> Iterator[InboxItem]:
    for one in doubtful_cases(unit):
        since = one.case.accepted_at or one.case.changed_at
        yield InboxItem(one.case, InboxAction.SETTLE, since, doubt=one.doubt)


def _told_key(case_id: str) -> str:
    return f"told.{case_id}"
