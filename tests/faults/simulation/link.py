"""The network of one counter in the simulation: loses, repeats and kills at bad moments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from counter_app.domain.submission import OutboxMessage
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.back_office import Ack, DecisionPage, SkipReason
from counter_app.ports.stop import Stop
from tests.faults.simulation.bugs import Bug
from tests.faults.simulation.server import T0, SimServer

_T = TypeVar("_T")


class CounterDied(BaseException):
    """The counter's process is gone in this instant."""


@dataclass
class Weather:
    """How bad things are; all zero while the world heals."""

    lost: float = 0.0
    repeated: float = 0.0
    portal: float = 0.0
    login: float = 0.0
    busy: float = 0.0
    odd: float = 0.0
    counter_dies: float = 0.0
    server_dies: float = 0.0


class Link:
    """Implements `BackOffice` between one counter and the simulated head office."""

    def __init__(
        self,
        counter: str,
        server: SimServer,
        weather: Weather,
        chance: Random,
        later: Callable[[float, Callable[[], None]], None],
        bugs: frozenset[Bug],
    ) -> None:
        self.counter = counter
        self.server = server
        self.weather = weather
        self.chance = chance
        self.later = later
        self.bugs = bugs
        self.tick = 0.0
        self.offline_until = 0.0
        self.sealings = 0

    def put_blob(self, sha256: str, data: bytes, stop: Stop) -> None:
        self._across(lambda: self.server.put_blob(self.counter, sha256), lambda: None)

    def put_message(self, message: OutboxMessage, stop: Stop) -> Ack:
        payload, sha256 = message.payload, message.payload_sha256
        if Bug.SEALS_AGAIN in self.bugs:
            self.sealings += 1
            payload, sha256 = payload + str(self.sealings).encode(), f"{sha256}{self.sealings}"

        def store() -> Ack:
            return self.server.put_message(self.counter, message, payload, sha256, self.tick)

        if Bug.ACK_BEFORE_COMMIT in self.bugs and self._happens(self.weather.server_dies):
            self.server.crash(self.tick)
            return self._false_ack()
        return self._across(store, self._false_ack)

    def skip(self, message_id: str, reason: SkipReason, stop: Stop) -> None:
        self._across(lambda: self.server.skip(self.counter, message_id, reason.value), lambda: None)

    def decisions(self, after: int, stop: Stop, wait_s: float) -> DecisionPage:
        def nothing() -> DecisionPage:
            return DecisionPage((), after, str(self.server.epoch), T0)

        return self._across(lambda: self.server.decisions(self.counter, after), nothing)

    def _false_ack(self) -> Ack:
        return Ack(str(self.server.epoch), T0)

    def _across(self, act: Callable[[], _T], portal: Callable[[], _T]) -> _T:
        self._die()
        weather = self.weather
        if self._happens(weather.portal):
            if Bug.PORTAL_IS_ACK in self.bugs:
                return portal()
            raise CounterError(FailureCode.OFFICE_CAPTIVE_PORTAL)
        self._obstacles()
        if self._happens(weather.repeated):
            self.later(self.chance.uniform(0.1, 7200), lambda: _quietly(act))
        answer = act()
        if self._happens(weather.server_dies):
            self.server.crash(self.tick)
            raise CounterError(FailureCode.OFFICE_UNREACHABLE)
        if self._happens(weather.lost):
            raise CounterError(FailureCode.OFFICE_UNREACHABLE)
        self._die()
        return answer

    def _obstacles(self) -> None:
        weather = self.weather
        away = self.tick < self.offline_until or self.tick < self.server.down_until
        if away or self._happens(weather.lost):
            raise CounterError(FailureCode.OFFICE_UNREACHABLE)
        if self._happens(weather.login):
            raise CounterError(FailureCode.OFFICE_LOGIN)
        if self._happens(weather.busy):
            raise CounterError(FailureCode.OFFICE_BUSY, retry_after_s=self.chance.randint(5, 60))
        if self._happens(weather.odd):
            raise CounterError(FailureCode.OFFICE_REFUSED, problem="digest-wrong", retry="now")

    def _die(self) -> None:
        if self._happens(self.weather.counter_dies):
            raise CounterDied

    def _happens(self, probability: float) -> bool:
        return probability > 0 and self.chance.random() < probability


def _quietly(act: Callable[[], object]) -> None:
    """A copy of a request that arrives late: whatever the answer is, nobody hears it."""
    try:
        act()
    except CounterError:
        return
