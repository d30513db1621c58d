"""The counter's side of the simulation, with room for planted mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from counter_app.domain.submission import Decision, MessageState, OutboxMessage
from counter_app.errors import CounterError, FailureCode
from counter_app.services.deliver import Delivery
from counter_app.services.delivery_pace import Pace
from tests.faults.simulation.bugs import Bug
from tests.faults.simulation.link import CounterDied, Link
from tests.faults.simulation.memory_outbox import MemoryOutbox


class Pictures:
    """Every image is there, and small."""

    def get(self, sha256: str) -> bytes:
        return sha256.encode()


@dataclass
class BuggyOutbox(MemoryOutbox):
    """The outbox in memory; without a planted bug it is only that."""

    bugs: frozenset[Bug] = frozenset()
    chance: Random = field(default_factory=Random)
    just_acked: list[str] = field(default_factory=list)
    lanes: dict[str, str] = field(default_factory=dict)

    def copy(self) -> BuggyOutbox:
        return BuggyOutbox(
            dict(self.rows),
            dict(self.ready),
            list(self.answers),
            set(self.seen),
            self.at,
            self.epoch,
            self.bugs,
            self.chance,
            [],
            dict(self.lanes),
        )

    def add_message(self, message: OutboxMessage) -> None:
        self.lanes[message.lane] = message.message_id
        super().add_message(message)

    def last_in_lane(self, lane: str) -> str | None:
        return self.lanes.get(lane)

    def next_due(self, now: datetime) -> OutboxMessage | None:
        if Bug.NO_ORDER in self.bugs and self.ready:
            return self.rows[self.chance.choice(list(self.ready))].message
        return super().next_due(now)

    def claim(self, message_id: str, now: datetime) -> None:
        super().claim(message_id, now)
        if Bug.DELETE_ON_SEND in self.bugs:
            super().mark(message_id, MessageState.ACKED, "", now)

    def mark(self, message_id: str, state: MessageState, reason: str, now: datetime) -> None:
        if Bug.DROP_ON_LOGIN in self.bugs and state is MessageState.HELD:
            state = MessageState.ACKED
        if state is MessageState.ACKED:
            self.just_acked.append(message_id)
        super().mark(message_id, state, reason, now)

    def store_decisions(self, decisions: Sequence[Decision], cursor: int, now: datetime) -> None:
        if Bug.CURSOR_FIRST in self.bugs and decisions and self.chance.random() < 0.05:
            self.at = cursor
            raise CounterDied
        super().store_decisions(decisions, cursor, now)

    def set_office_epoch(self, epoch: str, now: datetime) -> int:
        if Bug.IGNORES_EPOCH in self.bugs and self.epoch is not None:
            self.epoch = epoch
            return 0
        kept = self.at
        again = super().set_office_epoch(epoch, now)
        if Bug.KEEPS_CURSOR in self.bugs:
            self.at = kept
        return again

    def void_messages(self, case_id: str, now: datetime, by: str) -> None:
        if any(row.message.prev == case_id for row in self.rows.values()):
            raise CounterError(FailureCode.CASE_IMMUTABLE)
        super().void_messages(case_id, now, by)
        for row in self.messages(case_id):
            if self.lanes.get(row.message.lane) == case_id:
                self._unlink(row.message)

    def _unlink(self, message: OutboxMessage) -> None:
        if message.prev is None:
            del self.lanes[message.lane]
        else:
            self.lanes[message.lane] = message.prev


class BuggyDelivery(Delivery):
    """The real delivery; one planted bug lives in it."""

    def __init__(
        self,
        store: MemoryOutbox,
        images: Pictures,
        office: Link,
        chance: object,
        pace: Pace,
        bugs: frozenset[Bug],
    ) -> None:
        super().__init__(store, images, office, chance, pace)
        self._bugs = bugs

    def _release(self, tick_s: float) -> None:
        if Bug.STAYS_HELD not in self._bugs:
            super()._release(tick_s)
