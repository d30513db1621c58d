"""The reader over a security module: connect, wait for cards, tell its health."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from counter_app.devices.id_reader.card_wait import CardWait
from counter_app.devices.id_reader.sam_v import SUCCESS, Command, SamV, TimeLimits
from counter_app.devices.id_reader.transport import Transport
from counter_app.domain.resident_card import ResidentCard
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.id_reader import ReaderHealth, ReadProgress
from counter_app.ports.stop import Stop, never

log = logging.getLogger(__name__)

FindTransports = Callable[[], Iterable[Transport]]
"""Offers the lines a reader may be on, most likely first; asked anew for every connection."""

_READER_IS_THERE = frozenset({FailureCode.READER_SELF_TEST, FailureCode.READER_NOT_AUTHORISED})
_MOST_TELLING_FIRST = (
    FailureCode.READER_BUSY,
    FailureCode.READER_GARBLED,
    FailureCode.READER_NO_ANSWER,
    FailureCode.READER_LOST,
)
_KEEP_CONNECTION = frozenset(
    {
        FailureCode.STOPPED,
        FailureCode.CARD_REMOVED,
        FailureCode.CARD_UNREADABLE,
        FailureCode.CARD_REFUSED_READER,
        FailureCode.CARD_NOT_GENUINE,
        FailureCode.CARD_CHECK_FAILED,
        FailureCode.CARD_WRONG_KIND,
        FailureCode.CARD_RECORD_INVALID,
    }
)


class SamVIdCardReader:
    """Reads cards through the first line on which a module answers."""

    def __init__(self, find_transports: FindTransports, limits: TimeLimits | None = None) -> None:
        self._find_transports = find_transports
        self._limits = limits or TimeLimits()
        self._turn = threading.Lock()
        self._closed = threading.Event()
        self._module: SamV | None = None
        self._last_card: ResidentCard | None = None
        self._health = ReaderHealth(
            is_present=False, transport="none", module_number="", last_error=None
        )

    def wait_for_card(
        self, stop: Stop, on_progress: Callable[[ReadProgress], None]
    ) -> ResidentCard:
        """Wait for a card; see `IdCardReader`."""
        with self._taking_turn():
            until = _EitherStop(stop, self._closed)
            try:
                module = self._connected(until)
                card = CardWait(module, until, on_progress, self._last_card).run()
            except CounterError as error:
                raise self._noted(error, stop) from error
            self._last_card = card
            log.info("id card read: kind=%s module=%s", card.kind, card.module_number)
            return card

    def health(self) -> ReaderHealth:
        """Ask the module for its state, connecting where needed; see `IdCardReader`."""
        if not self._turn.acquire(blocking=False):
            return self._health
        try:
            self._check(_EitherStop(never(), self._closed))
        except CounterError as error:
            self._noted(error, never())
        finally:
            self._turn.release()
        return self._health

    def close(self) -> None:
        """End a wait in progress and let go of the line."""
        self._closed.set()
        with self._turn:
            self._disconnect()

    def _check(self, stop: Stop) -> None:
        if self._module is None:
            self._connected(stop)
            return
        answer = self._module.ask_again(Command.STATUS, stop)
        if answer.status != SUCCESS:
            raise answer.failure()
        self._health = replace(self._health, last_error=None)

    @contextmanager
    def _taking_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=self._limits.short_s):
            raise CounterError(FailureCode.READER_BUSY, reason="another wait is in progress")
        try:
            yield
        finally:
            self._turn.release()

    def _connected(self, stop: Stop) -> SamV:
        if self._closed.is_set():
            raise CounterError(FailureCode.READER_LOST, reason="closed")
        if self._module is None:
            started = time.monotonic()
            self._module = connect(self._find_transports(), self._limits, stop)
            self._health = ReaderHealth(
                is_present=True,
                transport=self._module.transport_name,
                module_number=self._module.number,
                last_error=None,
            )
            log.info(
                "id reader connected: transport=%s module=%s ms=%d",
                self._health.transport,
                self._health.module_number,
                (time.monotonic() - started) * 1_000,
            )
        return self._module

    def _noted(self, error: CounterError, stop: Stop) -> CounterError:
        """Keep a failure for the health page and drop a connection that it has made doubtful."""
        if error.code is FailureCode.STOPPED and not stop.is_set():
            error = CounterError(FailureCode.READER_LOST, reason="closed")
        if error.code not in _KEEP_CONNECTION:
            self._disconnect()
        is_present = self._module is not None or error.code in _READER_IS_THERE
        if error.code is not FailureCode.STOPPED:
            self._health = ReaderHealth(
                is_present=is_present,
                transport=self._health.transport if is_present else "none",
                module_number=self._health.module_number if is_present else "",
                last_error=error.code,
            )
        return error

    def _disconnect(self) -> None:
        module, self._module = self._module, None
        if module is not None:
            module.close()


def connect(transports: Iterable[Transport], limits: TimeLimits, stop: Stop) -> SamV:
    """Return the module behind the first line on which one answers.

    Raises:
        CounterError: READER_MISSING, READER_BUSY, READER_NO_ANSWER, READER_GARBLED,
            READER_SELF_TEST, READER_NOT_AUTHORISED, STOPPED.
    """
    failures: list[CounterError] = []
    for transport in transports:
        try:
            transport.open()
            module = SamV(transport, limits)
            module.introduce(stop)
        except CounterError as error:
            transport.close()
            if error.code in _READER_IS_THERE or error.code is FailureCode.STOPPED:
                raise
            failures.append(error)
        else:
            return module
    for code in _MOST_TELLING_FIRST:
        if telling := next((error for error in failures if error.code is code), None):
            raise telling
    raise CounterError(FailureCode.READER_MISSING, lines=len(failures))


class _EitherStop:
    """Set when the caller has gone or the reader was closed."""

    _LOOK_S = 0.1

    def __init__(self, stop: Stop, closed: threading.Event) -> None:
        self._stop = stop
        self._closed = closed

    def is_set(self) -> bool:
        return self._stop.is_set() or self._closed.is_set()

    def wait(self, timeout_s: float) -> bool:
        until = time.monotonic() + timeout_s
        while not self.is_set() and (left := until - time.monotonic()) > 0:
            self._stop.wait(min(left, self._LOOK_S))
        return self.is_set()
