"""An outbox in memory that can be copied in no time, for runs of many thousand cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from counter_app.domain.submission import Decision, MessageState, OutboxMessage, Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import QueuedMessage
from counter_app.storage.promises import state_at_arrival

PASSED = frozenset(
    {MessageState.ACKED, MessageState.DECIDED, MessageState.FROZEN, MessageState.VOIDED}
)
OPEN = frozenset({MessageState.READY, MessageState.HELD, MessageState.FROZEN})


@dataclass
class MemoryOutbox:
    """Keeps what `Outbox` promises; `begin` and `view` make it a store of itself."""

    rows: dict[str, QueuedMessage] = field(default_factory=dict)
    ready: dict[str, None] = field(default_factory=dict)
    answers: list[Decision] = field(default_factory=list)
    seen: set[tuple[str, int]] = field(default_factory=set)
    at: int = 0
    epoch: str | None = None

    def copy(self) -> MemoryOutbox:
        return MemoryOutbox(
            dict(self.rows),
            dict(self.ready),
            list(self.answers),
            set(self.seen),
            self.at,
            self.epoch,
        )

    @contextmanager
    def begin(self) -> Iterator[MemoryOutbox]:
        yield self

    @contextmanager
    def view(self) -> Iterator[MemoryOutbox]:
        yield self

    def add_message(self, message: OutboxMessage) -> None:
        self._set(QueuedMessage(message, MessageState.READY))

    def last_in_lane(self, lane: str) -> str | None:
        for row in reversed(self.rows.values()):
            if row.message.lane == lane:
                return row.message.message_id
        return None

    def next_due(self, now: datetime) -> OutboxMessage | None:
        for message_id in self.ready:
            row = self.rows[message_id]
            before = self.rows.get(row.message.prev or "")
            if before is not None and before.state not in PASSED:
                continue
            if row.retry_at is None or row.retry_at <= now:
                return row.message
        return None

    def claim(self, message_id: str, now: datetime) -> None:
        row = self.message(message_id)
        if row.state is not MessageState.READY:
            raise CounterError(FailureCode.CASE_IMMUTABLE)
        self._set(replace(row, sent_at=row.sent_at or now))

    def postpone(self, message_id: str, until: datetime, reason: str) -> None:
        self._set(replace(self.message(message_id), retry_at=until, reason=reason))

    def mark(self, message_id: str, state: MessageState, reason: str, now: datetime) -> None:
        row = self.message(message_id)
        if state is MessageState.ACKED:
            state = state_at_arrival(row.message.type, row.state)
        self._set(replace(row, state=state, reason=reason, retry_at=None))

    def release_held(self) -> int:
        held = [row for row in self.rows.values() if row.state is MessageState.HELD]
        for row in held:
            self._set(replace(row, state=MessageState.READY, retry_at=None))
        return len(held)

    def void_messages(self, case_id: str, now: datetime, by: str) -> None:
        for row in self.messages(case_id):
            if row.sent_at is not None:
                raise CounterError(FailureCode.CASE_IMMUTABLE)
            self._set(replace(row, state=MessageState.VOIDED))

    def message(self, message_id: str) -> QueuedMessage:
        found = self.rows.get(message_id)
        if found is None:
            raise CounterError(FailureCode.CASE_UNKNOWN)
        return found

    def messages(self, case_id: str) -> tuple[QueuedMessage, ...]:
        return tuple(row for row in self.rows.values() if row.message.case_id == case_id)

    def waiting(self) -> tuple[QueuedMessage, ...]:
        return tuple(row for row in self.rows.values() if row.state in OPEN)

    def waiting_count(self) -> int:
        return len(self.waiting())

    def oldest_unsent(self, now: datetime) -> timedelta | None:
        times = [row.message.created_at for row in self.waiting()]
        return now - min(times) if times else None

    def store_decisions(self, decisions: Sequence[Decision], cursor: int, now: datetime) -> None:
        for decision in decisions:
            if (self.epoch or "", decision.cursor) in self.seen:
                continue
            self.seen.add((self.epoch or "", decision.cursor))
            self.answers.append(decision)
            row = self.rows.get(decision.message_id)
            if row is not None and decision.verdict in {Verdict.APPLIED, Verdict.REJECTED}:
                self._set(replace(row, state=MessageState.DECIDED, decided_at=now))
        self.at = cursor

    def decisions(self, case_id: str) -> tuple[Decision, ...]:
        return tuple(one for one in self.answers if one.case_id == case_id)

    def cursor(self) -> int:
        return self.at

    def office_epoch(self) -> str | None:
        return self.epoch

    def set_office_epoch(self, epoch: str, now: datetime) -> int:
        before, self.epoch = self.epoch, epoch
        if before in {None, epoch}:
            return 0
        self.at = 0
        again = [
            row
            for row in self.rows.values()
            if row.state in {MessageState.ACKED, MessageState.DECIDED} and row.message.payload
        ]
        for row in again:
            self._set(replace(row, state=MessageState.READY, retry_at=None))
        return len(again)

    def device_epoch(self) -> str:
        return "memory"

    def _set(self, row: QueuedMessage) -> None:
        message_id = row.message.message_id
        self.rows[message_id] = row
        if row.state is MessageState.READY:
            self.ready.setdefault(message_id)
        else:
            self.ready.pop(message_id, None)
