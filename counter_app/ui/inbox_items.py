"""What waits for a call or a key at this counter: answers of head office, unprinted receipts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from counter_app.domain.case_state import CaseState
from counter_app.domain.submission import Decision, MessageState
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import CaseFilter, StoredCase

LATE = timedelta(hours=24)
LISTED = frozenset(
    {CaseState.ACCEPTED_UNPRINTED, CaseState.REJECTED, CaseState.NEED_MORE, CaseState.APPLIED}
)


class InboxAction(StrEnum):
    """The one thing to do about an item."""

    PRINT = "print"
    TELL = "tell"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One line of the inbox.

    Attributes:
        reason: What head office says, or the code that holds a message.
        next_step: What head office asks for, may be empty.
        is_held: A message of the case cannot be sent (无法上送).
    """

    case: StoredCase
    action: InboxAction
    reason: str = field(default="", repr=False)
    next_step: str = field(default="", repr=False)
    is_held: bool = False

    def age(self, now: datetime) -> timedelta:
        """Return how long it waits."""
        return now - self.case.changed_at

    def is_late(self, now: datetime) -> bool:
        """Say whether it waits for more than a day."""
        return self.age(now) > LATE


def read_inbox(store: CaseStore) -> tuple[InboxItem, ...]:
    """Read what waits, oldest first."""
    with store.view() as unit:
        items = (*_held(unit), *_answered(unit))
    return tuple(sorted(items, key=lambda item: item.case.changed_at))


def note_told(store: CaseStore, case: StoredCase) -> None:
    """Note that the customer was told of the state the case is in now."""
    with store.begin() as unit:
        unit.remember(_told_key(case.case_id), case.state.value)


def _answered(unit: Unit) -> Iterator[InboxItem]:
    for case in unit.cases(CaseFilter(states=LISTED)):
        if unit.recall(_told_key(case.case_id)) == case.state.value:
            continue
        answer = _last(unit.decisions(case.case_id))
        is_unprinted = case.state is CaseState.ACCEPTED_UNPRINTED
        action = InboxAction.PRINT if is_unprinted else InboxAction.TELL
        reason = answer.reason_text if answer is not None and not is_unprinted else ""
        next_step = answer.next_action if answer is not None and not is_unprinted else ""
        yield InboxItem(case, action, reason, next_step)


def _held(unit: Unit) -> Iterator[InboxItem]:
    for queued in unit.waiting():
        if queued.state is MessageState.FROZEN:
            case = unit.load(queued.message.case_id)
            yield InboxItem(case, InboxAction.LOOK, queued.reason, is_held=True)


def _last(decisions: tuple[Decision, ...]) -> Decision | None:
    return decisions[-1] if decisions else None


def _told_key(case_id: str) -> str:
    return f"told.{case_id}"
