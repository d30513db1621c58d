"""The reader port over any connection: connect when needed, one wait at a time, tell the health."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from counter_app.devices.id_reader.connection import CardConnection, Connect
from counter_app.domain.resident_card import ResidentCard
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.id_reader import ReaderHealth, ReadProgress
from counter_app.ports.stop import Stop, never

log = logging.getLogger(__name__)

_TURN_WAIT_S = 0.3
"""Time for a wait that was just stopped to end."""
_READER_IS_THERE = frozenset({FailureCode.READER_SELF_TEST, FailureCode.READER_NOT_AUTHORISED})
_NO_READER = ReaderHealth(is_present=False, transport="none", module_number="", last_error=None)


class PollingIdCardReader:
    """An `IdCardReader` that opens its connection by the first call and after every loss."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._turn = threading.Lock()
        self._closed = threading.Event()
        self._connection: CardConnection | None = None
        self._last_identity: str | None = None
        self._health = _NO_READER

    def wait_for_card(
        self, stop: Stop, on_progress: Callable[[ReadProgress], None]
    ) -> ResidentCard:
        """Wait for a card; see `IdCardReader`."""
        with self._taking_turn():
            until = _EitherStop(stop, self._closed)
            try:
                card = self._connected(until).wait(until, on_progress, self._last_identity)
            except CounterError as error:
                noted = self._noted(error, stop)
                if noted is error:
                    raise
                raise noted from error
            self._last_identity = card.identity
        log.info(
            "id card read: kind=%s evidence=%s module=%s",
            card.kind,
            card.evidence,
            card.module_number,
        )
        return card

    def health(self) -> ReaderHealth:
        """Ask the reader for its state, connecting where needed; see `IdCardReader`."""
        if not self._turn.acquire(blocking=False):
            return self._health
        try:
            stop = _EitherStop(never(), self._closed)
            connection = self._connected(stop)
            connection.check(stop)
            self._health = _health_of(connection)
        except CounterError as error:
            self._noted(error, never())
        finally:
            self._turn.release()
        return self._health

    def close(self) -> None:
        """End a wait in progress and let go of the reader."""
        self._closed.set()
        with self._turn:
            self._disconnect()

    @contextmanager
    def _taking_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=_TURN_WAIT_S):
            raise CounterError(FailureCode.READER_BUSY, reason="another wait is in progress")
        try:
            yield
        finally:
            self._turn.release()

    def _connected(self, stop: Stop) -> CardConnection:
        if self._closed.is_set():
            raise CounterError(FailureCode.READER_LOST, reason="closed")
        if self._connection is None:
            started = time.monotonic()
            self._connection = self._connect(stop)
            self._health = _health_of(self._connection)
            log.info(
                "id reader connected: transport=%s module=%s ms=%d",
                self._health.transport,
                self._health.module_number,
                (time.monotonic() - started) * 1_000,
            )
        return self._connection

    def _noted(self, error: CounterError, stop: Stop) -> CounterError:
        """Keep a failure for the health page; after a reader's failure connect anew next time."""
        if error.code is FailureCode.STOPPED:
            if stop.is_set():
                return error
            error = CounterError(FailureCode.READER_LOST, reason="closed")
        if error.code.startswith("READER_"):
            self._disconnect()
        is_present = self._connection is not None or error.code in _READER_IS_THERE
        known = self._health if is_present else _NO_READER
        self._health = ReaderHealth(
            is_present, known.transport, known.module_number, last_error=error.code
        )
        log.info("id reader failed: %s", error)
        return error

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _health_of(connection: CardConnection) -> ReaderHealth:
    return ReaderHealth(
        is_present=True,
        transport=connection.name,
        module_number=connection.module_number,
        last_error=None,
    )


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
