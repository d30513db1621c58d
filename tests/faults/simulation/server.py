"""Head office in the simulation: the real intake rules on a ledger in memory."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from counter_app.domain.submission import EVIDENCE, Decision, OutboxMessage, Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.headoffice.intake import SKIPPED, Incoming, Taken, receive, skip
from counter_app.ports.back_office import Ack, DecisionPage
from tests.faults.simulation.bugs import Bug

T0 = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
Key = tuple[str, str]


@dataclass
class Entry:
    """A stored message: its hash, its place in the order, and what it names."""

    sha256: str
    seq: int
    lane: str
    prev: str | None
    blobs: tuple[str, ...]
    at: float
    verdicts: int = 0


@dataclass
class MemoryLedger:
    """Keeps what `intake.Ledger` promises, in memory."""

    entries: dict[Key, Entry] = field(default_factory=dict)
    skips: dict[Key, str] = field(default_factory=dict)
    blobs: set[Key] = field(default_factory=set)
    answers: dict[str, list[Decision]] = field(default_factory=dict)
    effects: dict[Key, int] = field(default_factory=dict)
    open: dict[Key, None] = field(default_factory=dict)
    seq: int = 0
    tick: float = 0.0
    forgets: bool = False
    blind: bool = False

    def digest_of(self, counter: str, message_id: str) -> str | None:
        found = self.entries.get((counter, message_id))
        if found is None:
            return SKIPPED if (counter, message_id) in self.skips else None
        if self.blind or (self.forgets and self.tick - found.at > 3600):
            return None
        return found.sha256

    def add(self, message: Incoming, received_at: datetime) -> None:
        key = (message.counter, message.message_id)
        self.seq += 1
        self.skips.pop(key, None)
        self.effects[key] = self.effects.get(key, 0) + 1
        if message.type not in EVIDENCE:
            self.open[key] = None
        self.entries[key] = Entry(
            message.sha256, self.seq, message.lane, message.prev, message.blobs, self.tick
        )

    def add_skip(self, counter: str, message_id: str, reason: str, received_at: datetime) -> None:
        self.skips[counter, message_id] = reason

    def snapshot(self) -> MemoryLedger:
        return copy.deepcopy(self)


class SimServer:
    """One head office; stores at once, and may die before or after."""

    def __init__(self, chance: Random, bugs: frozenset[Bug]) -> None:
        self.chance = chance
        self.bugs = bugs
        self.ledger = MemoryLedger(forgets=Bug.DEDUPE_FORGETS in bugs, blind=Bug.NO_DEDUPE in bugs)
        self.epoch = 1
        self.down_until = 0.0
        self.backups: list[MemoryLedger] = []
        self.restored_at: list[float] = []
        self.crashes = 0

    def put_message(
        self, counter: str, message: OutboxMessage, payload: bytes, sha256: str, tick: float
    ) -> Ack:
        incoming = Incoming(
            counter=counter,
            message_id=message.message_id,
            case_id=message.case_id,
            request_no=message.request_no,
            lane=message.lane,
            prev=None if self._takes_any() else message.prev,
            type=message.type,
            version=1,
            sha256=sha256,
            blobs=message.blobs,
            payload=payload,
        )
        self.ledger.tick = tick
        taken = receive(self.ledger, incoming, T0)
        if taken is Taken.MISMATCH:
            raise CounterError(FailureCode.OFFICE_MISMATCH)
        if taken is Taken.PREDECESSOR_MISSING:
            raise CounterError(
                FailureCode.OFFICE_REFUSED, problem="predecessor-missing", retry="now"
            )
        self.ledger.entries[counter, message.message_id].prev = message.prev
        missing = tuple(one for one in message.blobs if (counter, one) not in self.ledger.blobs)
        return Ack(str(self.epoch), T0, missing)

    def _takes_any(self) -> bool:
        return Bug.NO_ORDER in self.bugs or Bug.NO_DEDUPE in self.bugs

    def put_blob(self, counter: str, sha256: str) -> None:
        self.ledger.blobs.add((counter, sha256))

    def skip(self, counter: str, message_id: str, reason: str) -> None:
        skip(self.ledger, counter, message_id, reason, T0)

    def decisions(self, counter: str, after: int) -> DecisionPage:
        found = tuple(self.ledger.answers.get(counter, [])[after : after + 50])
        cursor = found[-1].cursor if found else after
        return DecisionPage(found, cursor, str(self.epoch), T0)

    def judge(self, some: int) -> None:
        """Decide on some of the open messages: first in process, then for good."""
        for key in list(self.ledger.open)[:some]:
            entry = self.ledger.entries[key]
            counter, message_id = key
            if any((counter, one) not in self.ledger.blobs for one in entry.blobs):
                continue
            answers = self.ledger.answers.setdefault(counter, [])
            final = Verdict.APPLIED if self.chance.random() < 0.9 else Verdict.REJECTED
            verdict = Verdict.IN_PROCESS if entry.verdicts == 0 else final
            entry.verdicts += 1
            answers.append(
                Decision(len(answers) + 1, message_id, message_id, verdict, "", "", "", (), T0)
            )
            if verdict is not Verdict.IN_PROCESS:
                del self.ledger.open[key]

    def crash(self, tick: float) -> None:
        self.crashes += 1
        self.down_until = tick + self.chance.uniform(1, 600)

    def back_up(self) -> None:
        self.backups = [*self.backups[-2:], self.ledger.snapshot()]

    def restore(self, tick: float) -> None:
        if self.backups:
            self.ledger = self.chance.choice(self.backups).snapshot()
            self.epoch += 1
            self.restored_at.append(tick)
