"""The way to a security module: the first line on which one answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from counter_app.devices.id_reader.card_wait import CardWait
from counter_app.devices.id_reader.connection import Connect, OnProgress
from counter_app.devices.id_reader.sam_v import SUCCESS, Command, SamV, TimeLimits
from counter_app.devices.id_reader.transport import Transport
from counter_app.domain.resident_card import ResidentCard
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import Stop

FindTransports = Callable[[], Iterable[Transport]]
"""Offers the lines a reader may be on, most likely first; asked anew for every connection."""

_READER_IS_THERE = frozenset(
    {FailureCode.READER_SELF_TEST, FailureCode.READER_NOT_AUTHORISED, FailureCode.STOPPED}
)
"""Failures after which no other line is tried."""

_MAY_BE_SLOW = frozenset({FailureCode.READER_NO_ANSWER, FailureCode.READER_GARBLED})

_MOST_TELLING_FIRST = (
    FailureCode.READER_BUSY,
    FailureCode.READER_GARBLED,
    FailureCode.READER_NO_ANSWER,
    FailureCode.READER_LOST,
)


class ModuleConnection:
    """A module that has told its number."""

    def __init__(self, module: SamV) -> None:
        self._module = module

    @property
    def name(self) -> str:
        """The line's name."""
        return self._module.transport_name

    @property
    def module_number(self) -> str:
        """The module's number as makers print it."""
        return self._module.number

    def wait(self, stop: Stop, on_progress: OnProgress, last_identity: str | None) -> ResidentCard:
        """Poll the module for a card."""
        return CardWait(self._module, stop, on_progress, last_identity).run()

    def check(self, stop: Stop) -> None:
        """Ask the module for its status."""
        answer = self._module.ask_again(Command.STATUS, stop)
        if answer.status != SUCCESS:
            raise answer.failure()

    def close(self) -> None:
        """Close the line."""
        self._module.close()


def over_transports(find_transports: FindTransports, limits: TimeLimits) -> Connect:
    """Return what connects to the first line on which a module answers.

    It raises READER_MISSING, READER_BUSY, READER_NO_ANSWER, READER_GARBLED, READER_SELF_TEST,
    READER_NOT_AUTHORISED or STOPPED, of several lines the failure that tells most.
    """

    def connect(stop: Stop) -> ModuleConnection:
        failures: list[CounterError] = []
        slow: Transport | None = None
        for transport in find_transports():
            try:
                return ModuleConnection(_introduced(transport, limits, stop))
            except CounterError as error:
                transport.close()
                if error.code in _READER_IS_THERE:
                    raise
                failures.append(error)
                if error.code in _MAY_BE_SLOW:
                    slow = slow or transport
        if slow is not None:
            return _patiently(slow, limits, stop, failures)
        raise _most_telling(failures)

    return connect


def _patiently(
    transport: Transport, limits: TimeLimits, stop: Stop, failures: list[CounterError]
) -> ModuleConnection:
    """Ask once more, with time, where something is plugged in that did not answer well."""
    try:
        return ModuleConnection(_introduced(transport, limits, stop, limits.short_s))
    except CounterError as error:
        transport.close()
        if error.code in _READER_IS_THERE:
            raise
        raise _most_telling([*failures, error]) from error


def _introduced(
    transport: Transport, limits: TimeLimits, stop: Stop, probe_s: float | None = None
) -> SamV:
    transport.open()
    module = SamV(transport, limits)
    module.introduce(stop, probe_s)
    return module


def _most_telling(failures: list[CounterError]) -> CounterError:
    for code in _MOST_TELLING_FIRST:
        if telling := next((error for error in failures if error.code is code), None):
            return telling
    return CounterError(FailureCode.READER_MISSING, lines=len(failures))
