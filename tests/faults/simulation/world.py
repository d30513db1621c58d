"""Counters, networks and one head office in virtual time, from one seed."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from random import Random

from counter_app.domain.submission import MessageState, MessageType, OutboxMessage
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import never
from counter_app.services.deliver import Delivery
from counter_app.services.delivery_pace import Pace
from tests.faults.simulation.bugs import Bug
from tests.faults.simulation.counters import BuggyDelivery, BuggyOutbox, Pictures
from tests.faults.simulation.link import CounterDied, Link, Weather
from tests.faults.simulation.real_stores import Folder, RealOutbox, RealServer
from tests.faults.simulation.server import T0, SimServer

HOUR = 3600.0
PACE = Pace(poll_s=60.0)


@dataclass
class SimCounter:
    """One counter: what is on its disk, and the process that may die."""

    name: str
    link: Link
    outbox: BuggyOutbox
    delivery: Delivery
    clock_off: float = 0.0
    down_until: float = 0.0
    backups: list[BuggyOutbox] = field(default_factory=list)
    made: int = 0
    step_at: float = -1.0


@dataclass
class Promise:
    """What was promised to a customer, as the world remembers it."""

    counter: str
    message_id: str
    sha256: str
    acked_at: float | None = None
    voided: bool = False


@dataclass
class World:
    """One history."""

    seed: int
    bugs: frozenset[Bug] = frozenset()
    cases: int = 40
    counters_count: int = 5
    hours: float = 8.0
    heal_hours: float = 3.0
    stores: Folder | None = None
    """Where the real stores are; None plays on stores in memory."""

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.tick = 0.0
        self.events = 0
        self.weather = self._weather()
        self.server = self._server()
        self.promises: dict[str, Promise] = {}
        self.deaths = 0
        self._queue: list[tuple[float, int, Callable[[], None]]] = []
        self.counters = [self._counter(f"c{n}") for n in range(self.counters_count)]

    def run(self) -> list[str]:
        """Play the history, heal the world, and return every broken promise."""
        for counter in self.counters:
            for _ in range(self.cases):
                self._later(self.chance.uniform(0, self.hours * HOUR), self._accept, counter)
            for _ in range(self.chance.randint(0, 3)):
                self._later(self.chance.uniform(0, self.hours * HOUR), self._trouble, counter)
            self._later(self.chance.uniform(0, HOUR), self._back_up, counter)
            self._wake(counter)
        for minute in range(int(self.hours * 6)):
            self._later(minute * 600.0, self.server.judge, self.chance.randint(0, 40))
        for _ in range(self.chance.randint(0, 3)):
            self._later(self.chance.uniform(0, self.hours * HOUR), self._office_trouble)
        self._later(self.chance.uniform(0, self.hours * HOUR / 2), self.server.back_up)
        self._play(self.hours * HOUR)
        self._heal()
        return self._broken()

    @property
    def cases_made(self) -> int:
        """How many cases were accepted; signed pages that followed them are not counted."""
        return sum(counter.made for counter in self.counters)

    def _weather(self) -> Weather:
        chance = self.chance
        return Weather(
            lost=chance.choice([0, 0.05, 0.3]),
            repeated=chance.choice([0, 0.05, 0.2]),
            portal=chance.choice([0, 0, 0.05]),
            login=chance.choice([0, 0, 0.02]),
            busy=chance.choice([0, 0, 0.05]),
            odd=chance.choice([0, 0, 0.02]),
            counter_dies=chance.choice([0, 0.01, 0.03]),
            server_dies=chance.choice([0, 0.005, 0.02]),
        )

    def _server(self) -> SimServer:
        if self.stores is None:
            return SimServer(self.chance, self.bugs)
        return RealServer(self.chance, self.bugs, self.stores)

    def _outbox(self) -> BuggyOutbox:
        if self.stores is None:
            return BuggyOutbox(bugs=self.bugs, chance=self.chance)
        return RealOutbox(self.stores)  # type: ignore[return-value] # offers the same

    def _counter(self, name: str) -> SimCounter:
        link = Link(name, self.server, self.weather, self.chance, self._later, self.bugs)
        outbox = self._outbox()
        return SimCounter(name, link, outbox, self._delivery(outbox, link))

    def _delivery(self, outbox: BuggyOutbox, link: Link) -> Delivery:
        return BuggyDelivery(outbox, Pictures(), link, self.chance.random, PACE, self.bugs)

    def _later(self, delay: float, act: Callable[..., None], *args: object) -> None:
        self.events += 1
        heapq.heappush(self._queue, (self.tick + delay, self.events, lambda: act(*args)))

    def _play(self, until: float) -> None:
        while self._queue and self._queue[0][0] <= until:
            self.tick, _, act = heapq.heappop(self._queue)
            act()
        self.tick = until

    def _accept(self, counter: SimCounter) -> None:
        """A clerk accepts a case: from this instant it is promised."""
        if self.tick < counter.down_until:
            self._later(counter.down_until - self.tick + 1, self._accept, counter)
            return
        counter.made += 1
        message = self._queue_message(counter, MessageType.PHONE_REBIND, f"m{self._lane()}")
        if self.chance.random() < 0.02:
            self._later(self.chance.uniform(0, 60), self._void, counter, message.message_id)
        if self.chance.random() < 0.3:
            self._later(
                self.chance.uniform(0, self.hours * HOUR / 8), self._file_page, counter, message
            )

    def _lane(self) -> int:
        return self.chance.randint(0, 2)

    def _file_page(self, counter: SimCounter, case: OutboxMessage) -> None:
        """A clerk pictures the page that the customer of a case signed."""
        if self.tick < counter.down_until:
            self._later(counter.down_until - self.tick + 1, self._file_page, counter, case)
            return
        row = counter.outbox.rows.get(case.message_id)
        if row is not None and row.state is not MessageState.VOIDED:
            self._queue_message(counter, MessageType.SIGNED_COPY, case.lane, case.case_id)

    def _queue_message(
        self, counter: SimCounter, kind: MessageType, lane: str, case_id: str = ""
    ) -> OutboxMessage:
        message_id = self._name(counter)
        payload = f"payload {message_id}".encode()
        least = int(kind is MessageType.SIGNED_COPY)
        message = OutboxMessage(
            message_id=message_id,
            case_id=case_id or message_id,
            request_no=case_id or message_id,
            type=kind,
            lane=lane,
            prev=counter.outbox.last_in_lane(lane),
            payload=payload,
            payload_sha256=sha256(payload).hexdigest(),
            blobs=tuple(f"{message_id}-image{n}" for n in range(self.chance.randint(least, 2))),
            created_at=T0,
        )
        counter.outbox.add_message(message)
        self.promises[message_id] = Promise(counter.name, message_id, message.payload_sha256)
        self._wake(counter)
        return message

    def _name(self, counter: SimCounter) -> str:
        """Name a message; the real contract takes only identities of its form."""
        if self.stores is None:
            return f"{counter.name}-{len(self.promises)}"
        return f"{len(self.promises):08x}-0000-7000-8000-{int(counter.name[1:]):012x}"

    def _void(self, counter: SimCounter, message_id: str) -> None:
        try:
            counter.outbox.void_messages(message_id, T0, "c01")
        except CounterError:
            return
        for name, row in counter.outbox.rows.items():
            if row.message.case_id == message_id:
                self.promises[name].voided = True

    def _wake(self, counter: SimCounter) -> None:
        if counter.step_at < self.tick:
            counter.step_at = self.tick
            self._later(0.0, self._step, counter)

    def _step(self, counter: SimCounter) -> None:
        if self.tick < counter.down_until:
            counter.step_at = counter.down_until
            self._later(counter.down_until - self.tick, self._step, counter)
            return
        counter.link.tick = self.tick
        now = T0 + timedelta(seconds=self.tick + counter.clock_off)
        try:
            pause = counter.delivery.step(now, self.tick, never())
        except CounterDied:
            self._die(counter)
            pause = 0.0
        except CounterError as error:
            if error.code is not FailureCode.CASE_IMMUTABLE:
                raise
            pause = 1.0
        self._note_acks(counter)
        if pause == 1.0 and not counter.outbox.ready:
            pause = PACE.poll_s
        pause = max(pause, self.chance.uniform(0.05, 0.5))
        counter.step_at = self.tick + pause
        self._later(pause, self._step, counter)

    def _note_acks(self, counter: SimCounter) -> None:
        for message_id in counter.outbox.just_acked:
            self.promises[message_id].acked_at = self.tick
        counter.outbox.just_acked.clear()

    def _die(self, counter: SimCounter) -> None:
        self.deaths += 1
        counter.down_until = self.tick + self.chance.choice([1.0, 30.0, 600.0])
        counter.delivery = self._delivery(counter.outbox, counter.link)

    def _trouble(self, counter: SimCounter) -> None:
        kind = self.chance.choice(["offline", "clock", "restore", "die"])
        if kind == "offline":
            hours = self.chance.choice([0.1, 1.0, 5.0, 24.0 * 60])
            counter.link.offline_until = self.tick + hours * HOUR
        elif kind == "clock":
            counter.clock_off += self.chance.choice([-86400.0, 86400.0, 3600.0])
            self._later(self.chance.uniform(60, HOUR), self._mend_clock, counter)
        elif kind == "restore" and counter.backups:
            counter.outbox = counter.backups[-1].copy()
            self._die(counter)
        else:
            self._die(counter)

    def _mend_clock(self, counter: SimCounter) -> None:
        counter.clock_off = 0.0

    def _back_up(self, counter: SimCounter) -> None:
        counter.backups.append(counter.outbox.copy())
        self._later(self.chance.uniform(HOUR, 3 * HOUR), self._back_up, counter)

    def _office_trouble(self) -> None:
        if self.chance.random() < 0.5:
            self.server.restore(self.tick)
        else:
            self.server.crash(self.tick)

    def _heal(self) -> None:
        """Let everything work for longer than any wait, then see where things stand."""
        for name in vars(self.weather):
            setattr(self.weather, name, 0.0)
        for counter in self.counters:
            counter.link.offline_until = 0.0
            counter.clock_off = 0.0
        self.server.down_until = 0.0
        horizon = self.tick + self.heal_hours * HOUR
        while self.tick < horizon:
            self.server.judge(10_000)
            self._play(self.tick + 600.0)

    def _broken(self) -> list[str]:
        broken = [one for counter in self.counters for one in self._broken_at(counter)]
        ledger = self.server.ledger
        broken += [f"twice in effect: {key[1]}" for key, n in ledger.effects.items() if n != 1]
        for (counter_name, message_id), entry in ledger.entries.items():
            before = ledger.entries.get((counter_name, entry.prev or ""))
            if before is not None and before.seq > entry.seq:
                broken.append(f"out of order: {message_id}")
            if entry.sha256 != self.promises[message_id].sha256:
                broken.append(f"altered: {message_id}")
        for promise in self.promises.values():
            if self._must_be_there(promise) and not self._is_there(promise):
                broken.append(f"acknowledged and lost: {promise.message_id}")
        return broken

    def _broken_at(self, counter: SimCounter) -> list[str]:
        broken = []
        for message_id, row in counter.outbox.rows.items():
            if row.state is MessageState.VOIDED:
                continue
            if row.state is not MessageState.DECIDED:
                broken.append(f"not answered ({row.state}): {message_id}")
            entry = self.server.ledger.entries.get((counter.name, message_id))
            if entry is None:
                broken.append(f"not at head office: {message_id}")
            elif any((counter.name, one) not in self.server.ledger.blobs for one in entry.blobs):
                broken.append(f"image missing: {message_id}")
        return broken

    def _must_be_there(self, promise: Promise) -> bool:
        restored_after = any(at >= (promise.acked_at or 0) for at in self.server.restored_at)
        return promise.acked_at is not None and not restored_after

    def _is_there(self, promise: Promise) -> bool:
        return (promise.counter, promise.message_id) in self.server.ledger.entries


def play_on_real_stores(seed: int) -> tuple[World, list[str]]:
    """Play a short history on SQLCipher and SQLite; returns it and every broken promise."""
    stores = Folder()
    try:
        world = World(seed, cases=16, counters_count=2, hours=0.4, heal_hours=0.6, stores=stores)
        return world, world.run()
    finally:
        stores.close()
