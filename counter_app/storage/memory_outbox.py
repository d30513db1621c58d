"""The outbox and head office's answers in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.domain.submission import EVIDENCE, Decision, MessageState, OutboxMessage
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import QueuedMessage
from counter_app.storage.late_answers import is_overtaken
from counter_app.storage.memory_tables import MemoryRows
from counter_app.storage.promises import (
    ARRIVED,
    ASIDE,
    CURSOR,
    FINAL,
    OFFICE_EPOCH,
    WAITING,
    Facts,
    code_only,
    is_held_as_before,
    marked_facts,
    state_after,
    state_at_arrival,
)


class MemoryOutbox(MemoryRows):
    """The part of a unit that keeps messages."""

    def last_in_lane(self, lane: str) -> str | None:
        """Return the message that the next one of `lane` must name as `prev`."""
        for queued in reversed(self._tables.messages.values()):
            if queued.message.lane == lane and queued.state not in ASIDE:
                return queued.message.message_id
        return None

    def add_message(self, message: OutboxMessage) -> None:
        """Queue a message."""
        if self.load(message.case_id).acceptance_no is None:
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="not_accepted")
        if message.message_id in self._tables.messages:
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="message_known")
        if message.prev != self.last_in_lane(message.lane):
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="prev_differs")
        self._set(QueuedMessage(message, MessageState.READY))
        facts: Facts = (("message", message.message_id), ("type", message.type.value))
        facts = (*facts, ("sha256", message.payload_sha256))
        act = JournalAction.MESSAGE_QUEUED
        self.journal(JournalEntry(message.created_at, "system", act, message.case_id, facts))

    def next_due(self, now: datetime) -> OutboxMessage | None:
        """Return the oldest READY message whose predecessor has arrived and whose wait is over."""
        for queued in self._tables.messages.values():
            if queued.state is MessageState.READY and self._is_due(queued, now):
                return queued.message
        return None

    def claim(self, message_id: str, now: datetime) -> None:
        """Note that sending begins."""
        queued = self.message(message_id)
        if queued.state is not MessageState.READY:
            raise CounterError(FailureCode.CASE_IMMUTABLE, message_state=queued.state.value)
        self._set(replace(queued, sent_at=queued.sent_at or now))
        if queued.message.type not in EVIDENCE:
            self._follow(self.load(queued.message.case_id), CaseState.SENT, now, "")

    def postpone(self, message_id: str, until: datetime, reason: str) -> None:
        """Do not offer a READY message before `until`."""
        self._set(replace(self.message(message_id), retry_at=until, reason=reason))

    def mark(self, message_id: str, state: MessageState, reason: str, now: datetime) -> None:
        """Set where a message stands."""
        queued = self.message(message_id)
        marked = replace(queued, reason=reason, retry_at=None)
        if state is MessageState.ACKED:
            marked = replace(marked, acked_at=queued.acked_at or now)
            state = state_at_arrival(queued.message.type, queued.state)
        if state is MessageState.DECIDED:
            marked = replace(marked, decided_at=queued.decided_at or now)
        self._set(replace(marked, state=state))
        if is_held_as_before(queued, state, reason):
            return
        case_id, act = queued.message.case_id, JournalAction.MESSAGE_MARKED
        facts = marked_facts(queued, state, reason)
        self.journal(JournalEntry(now, "sender", act, case_id, facts))
        if state in ARRIVED:
            self._acknowledge(case_id, now)

    def release_held(self) -> int:
        """Make every HELD message READY."""
        held = [one for one in self._tables.messages.values() if one.state is MessageState.HELD]
        for queued in held:
            self._set(replace(queued, state=MessageState.READY, retry_at=None))
        return len(held)

    def void_messages(self, case_id: str, now: datetime, by: str) -> None:
        """Withdraw a case's messages before they left."""
        own = self.messages(case_id)
        ids = {queued.message.message_id for queued in own}
        if any(self._follows(other, ids, case_id) for other in self._tables.messages.values()):
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="followed")
        for queued in own:
            if queued.sent_at is not None or queued.state in ARRIVED:
                raise CounterError(FailureCode.CASE_IMMUTABLE, message_state="SENT")
            self._set(replace(queued, state=MessageState.VOIDED))
            facts = (("message", queued.message.message_id), ("to", MessageState.VOIDED.value))
            self.journal(JournalEntry(now, by, JournalAction.MESSAGE_MARKED, case_id, facts))

    def message(self, message_id: str) -> QueuedMessage:
        """Return a message."""
        found = self._tables.messages.get(message_id)
        if found is None:
            raise CounterError(FailureCode.CASE_UNKNOWN, message=message_id)
        return found

    def messages(self, case_id: str) -> tuple[QueuedMessage, ...]:
        """Return a case's messages in the order in which they were queued."""
        every = self._tables.messages.values()
        return tuple(queued for queued in every if queued.message.case_id == case_id)

    def waiting(self) -> tuple[QueuedMessage, ...]:
        """Return the messages that are READY, HELD or FROZEN, oldest first."""
        return tuple(one for one in self._tables.messages.values() if one.state in WAITING)

    def message_ids(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of all messages there are, by case; their content is not read."""
        found: dict[str, tuple[str, ...]] = {}
        for queued in self._tables.messages.values():
            case_id, message_id = queued.message.case_id, queued.message.message_id
            found[case_id] = (*found.get(case_id, ()), message_id)
        return found

    def waiting_count(self) -> int:
        """Return how many messages are READY, HELD or FROZEN."""
        return len(self.waiting())

    def oldest_unsent(self, now: datetime) -> timedelta | None:
        """Return the age of the oldest waiting message, or None."""
        times = [queued.message.created_at for queued in self.waiting()]
        return now - min(times) if times else None

    def store_decisions(self, decisions: Sequence[Decision], cursor: int, now: datetime) -> None:
        """Keep answers and the cursor together; cases follow where the answer may follow."""
        epoch = self.office_epoch() or ""
        for decision in decisions:
            if (epoch, decision.cursor) not in self._tables.decisions:
                self._tables.decisions[epoch, decision.cursor] = decision
                self._apply(decision, now)
        self.remember(CURSOR, str(cursor))

    def decisions(self, case_id: str) -> tuple[Decision, ...]:
        """Return the answers for a case in the order in which they came."""
        return tuple(one for one in self._tables.decisions.values() if one.case_id == case_id)

    def cursor(self) -> int:
        """Return the position up to which answers are kept; 0 before the first."""
        return int(self.recall(CURSOR) or 0)

    def office_epoch(self) -> str | None:
        """Return the incarnation of head office seen last."""
        return self.recall(OFFICE_EPOCH)

    def set_office_epoch(self, epoch: str, now: datetime) -> int:
        """Note head office's incarnation; when it changed, make everything kept READY again."""
        before = self.office_epoch()
        if epoch == before:
            return 0
        self.remember(OFFICE_EPOCH, epoch)
        if before is None:
            return 0
        self.remember(CURSOR, "0")
        again = [
            queued
            for queued in self._tables.messages.values()
            if queued.state in ARRIVED and queued.message.payload
        ]
        for queued in again:
            self._set(replace(queued, state=MessageState.READY, retry_at=None))
        facts = (("messages", str(len(again))),)
        self.journal(JournalEntry(now, "sender", JournalAction.OFFICE_RESTORED, "", facts))
        return len(again)

    def device_epoch(self) -> str:
        """Return this store's own incarnation."""
        return "memory"

    def _apply(self, decision: Decision, now: datetime) -> None:
        facts = (
            ("message", decision.message_id),
            ("verdict", decision.verdict.value),
            ("reason", code_only(decision.reason_code)),
        )
        act = JournalAction.DECIDED
        self.journal(JournalEntry(now, "sender", act, decision.case_id, facts))
        queued = self._tables.messages.get(decision.message_id)
        if queued is None:
            return
        if decision.verdict in FINAL:
            acked_at = queued.acked_at or now
            decided = replace(queued, state=MessageState.DECIDED, acked_at=acked_at)
            self._set(replace(decided, decided_at=now, retry_at=None))
        state = state_after(queued.message.type, decision.verdict)
        is_late = is_overtaken(queued, self.messages(queued.message.case_id))
        if state is not None and not is_late:
            self._follow(self.load(queued.message.case_id), state, now, decision.reason_code)

    def _acknowledge(self, case_id: str, now: datetime) -> None:
        own = [one for one in self.messages(case_id) if one.message.type not in EVIDENCE]
        states = {queued.state for queued in own} - {MessageState.VOIDED}
        if states <= set(ARRIVED):
            self._follow(self.load(case_id), CaseState.ACKED, now, "")

    def _is_due(self, queued: QueuedMessage, now: datetime) -> bool:
        before = self._tables.messages.get(queued.message.prev or "")
        is_settled = before is None or before.state in (*ARRIVED, *ASIDE)
        return is_settled and (queued.retry_at is None or queued.retry_at <= now)

    def _set(self, queued: QueuedMessage) -> None:
        self._tables.messages[queued.message.message_id] = queued

    @staticmethod
    def _follows(other: QueuedMessage, ids: set[str], case_id: str) -> bool:
        foreign = other.message.prev in ids and other.message.case_id != case_id
        return foreign and other.state is not MessageState.VOIDED
