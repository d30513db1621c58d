"""Sockets that look every quarter second whether anybody still waits for them.

The HTTP library waits in the kernel for up to its whole limit; here each wait is cut into slices,
so that closing the application or a hard limit on the whole request takes effect at once.
"""

from __future__ import annotations

import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from queue import Empty, Queue
from typing import NoReturn, TypeVar

from httpcore2 import (
    SOCKET_OPTION,
    ConnectError,
    ConnectTimeout,
    NetworkBackend,
    NetworkStream,
    ReadError,
    ReadTimeout,
    WriteError,
    WriteTimeout,
)

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import Stop, never

SLICE_S = 0.25

_T = TypeVar("_T")


class Watch:
    """The limit of the request under way: who waits for it, and how long it may take in all."""

    def __init__(self, settle_s: float = 0.0) -> None:
        """Make a watch.

        Args:
            settle_s: How long a new TLS 1.3 connection waits to hear that we are refused.
        """
        self.settle_s = settle_s
        self._stop = never()
        self._until = float("inf")

    def begin(self, stop: Stop, total_s: float) -> None:
        """Start the time of a new request."""
        self._stop = stop
        self._until = time.monotonic() + total_s

    def check(self) -> None:
        """Look.

        Raises:
            CounterError: STOPPED when nobody waits any more; OFFICE_UNREACHABLE after the limit.
        """
        if self._stop.is_set():
            raise CounterError(FailureCode.STOPPED)
        if time.monotonic() > self._until:
            raise CounterError(FailureCode.OFFICE_UNREACHABLE, limit="total")


class WatchedBackend(NetworkBackend):
    """Opens connections under a watch."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """Look the name up and connect, in a thread of its own: both can block in the kernel."""
        del local_address, socket_options
        limit_s = timeout or 5.0
        made: Queue[socket.socket | OSError] = Queue()
        attempt = _Attempt(host, port, limit_s, made)
        threading.Thread(target=attempt.run, name="connect", daemon=True).start()
        until = time.monotonic() + limit_s
        while True:
            try:
                result = made.get(timeout=SLICE_S)
            except Empty:
                attempt.give_up_if(self._watch, overdue=time.monotonic() > until)
                continue
            if isinstance(result, OSError):
                _raise_connect_failure(result)
            result.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return WatchedStream(result, self._watch)


def _raise_connect_failure(failed: OSError) -> NoReturn:
    try:
        raise failed
    except TimeoutError as error:
        raise ConnectTimeout("no connection in time") from error
    except OSError as error:
        # Inside the handler, because the pool drops causes but keeps contexts.
        raise ConnectError(type(error).__name__) from error


class _Attempt:
    """One attempt to connect that can be abandoned."""

    def __init__(
        self, host: str, port: int, limit_s: float, made: Queue[socket.socket | OSError]
    ) -> None:
        self._address = (host, port)
        self._limit_s = limit_s
        self._made = made
        self._lock = threading.Lock()
        self._abandoned = False

    def run(self) -> None:
        try:
            result: socket.socket | OSError = socket.create_connection(self._address, self._limit_s)
        except OSError as error:
            result = error
        with self._lock:
            if self._abandoned and isinstance(result, socket.socket):
                result.close()
            self._made.put(result)

    def give_up_if(self, watch: Watch, *, overdue: bool) -> None:
        try:
            watch.check()
        except CounterError:
            self._abandon()
            raise
        if overdue:
            self._abandon()
            raise ConnectTimeout("no connection in time")

    def _abandon(self) -> None:
        with self._lock:
            self._abandoned = True
            if not self._made.empty() and isinstance(late := self._made.get(), socket.socket):
                late.close()


class WatchedStream(NetworkStream):
    """One connection under a watch."""

    def __init__(self, connection: socket.socket, watch: Watch) -> None:
        self._socket = connection
        self._watch = watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what there is, at most `max_bytes`."""
        try:
            return self._sliced(lambda: self._socket.recv(max_bytes), timeout)
        except TimeoutError as error:
            raise ReadTimeout("no answer in time") from error
        except OSError as error:
            raise ReadError(type(error).__name__) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of a buffer."""
        left = memoryview(buffer)
        try:
            while left:
                send = partial(self._socket.send, left[:65536])
                left = left[self._sliced(send, timeout) :]
        except TimeoutError as error:
            raise WriteTimeout("not taken in time") from error
        except OSError as error:
            raise WriteError(type(error).__name__) from error

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> NetworkStream:
        """Turn the connection into a TLS connection."""
        try:
            secured = ssl_context.wrap_socket(
                self._socket, server_hostname=server_hostname, do_handshake_on_connect=False
            )
        except OSError as error:
            self.close()
            raise ConnectError(type(error).__name__) from error
        stream = WatchedStream(secured, self._watch)
        try:
            stream._sliced(secured.do_handshake, timeout)
            stream._hear_refusal(secured)
        except TimeoutError as error:
            stream.close()
            raise ConnectTimeout("no secure connection in time") from error
        except OSError as error:
            stream.close()
            raise ConnectError(type(error).__name__) from error
        except CounterError:
            stream.close()
            raise
        return stream

    def get_extra_info(self, info: str) -> object:
        """Return facts the pool asks for."""
        if info == "ssl_object":
            return self._socket if isinstance(self._socket, ssl.SSLSocket) else None
        if info == "socket":
            return self._socket
        if info == "is_readable":
            return _is_readable(self._socket)
        return None

    def _hear_refusal(self, secured: ssl.SSLSocket) -> None:
        """Wait a moment for the other side's word on our certificate.

        In TLS 1.3 it comes after our handshake is over, and is lost if we send at once. Some
        servers just close the connection; nobody else can, as the server has shown its certificate.
        """
        if self._watch.settle_s == 0.0 or secured.version() != "TLSv1.3":
            return
        secured.settimeout(self._watch.settle_s)
        with suppress(TimeoutError):
            if not secured.recv(1):
                raise CounterError(FailureCode.OFFICE_LOGIN, alert="closed")

    def _sliced(self, act: Callable[[], _T], timeout: float | None) -> _T:
        until = time.monotonic() + (timeout if timeout is not None else float("inf"))
        while True:
            self._watch.check()
            self._socket.settimeout(max(0.01, min(SLICE_S, until - time.monotonic())))
            try:
                return act()
            except TimeoutError:
                if time.monotonic() >= until:
                    raise


def _is_readable(connection: socket.socket) -> bool:
    """Say whether a quiet connection has something to read, which means that it was closed."""
    with selectors.DefaultSelector() as selector:
        try:
            selector.register(connection, selectors.EVENT_READ)
        except ValueError:
            return True
        return bool(selector.select(0))
