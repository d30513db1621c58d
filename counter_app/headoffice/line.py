"""The web server's line to one caller: how long a request may take, and how it ends early.

A refused upload is not read to its end: the answer goes out, a little more is read and thrown away,
so that the caller gets to see the answer before the line is cut, and then it is cut.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from counter_app.headoffice.peer import PeerCertificateProtocol
from counter_app.headoffice.problems import problem_bytes
from counter_app.wire.answers import ProblemKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle


class Line(PeerCertificateProtocol):
    """One connection; the limits are those of a branch's slow line, with room.

    Attributes:
        request_s: Longest time from the first byte of a request to its last.
        largest_head: Bytes of a request line and its headers.
        rest_s: How long the rest of a request is read once it is answered.
        rest_bytes: How much of it.
    """

    request_s = 120.0
    largest_head = 64 * 1024
    rest_s = 3.0
    rest_bytes = 512 * 1024

    _deadline: asyncio.TimerHandle | None = None
    _is_amid = False
    _head: int | None = 0
    _rest: int | None = None
    _is_ending = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Begin; who says nothing is let go after a while."""
        super().connection_made(cast("asyncio.Transport", _Gentle(transport, self._end)))
        self._wire = transport
        self._set_deadline(self.request_s, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadline."""
        self._clear_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, within the limits."""
        if self._rest is not None:
            self._rest -= len(data)
            if self._rest < 0:
                self._wire.close()
                return
        if self._head is not None:
            self._head += len(data)
        super().data_received(data)
        if self._head is not None and self._head > self.largest_head:
            self._refuse(ProblemKind.HEAD_TOO_LARGE)

    def on_message_begin(self) -> None:
        """Start the clock of a request."""
        super().on_message_begin()
        self._is_amid = True
        self._set_deadline(self.request_s, self._too_slow)

    def on_headers_complete(self) -> None:
        """Stop counting the headers."""
        self._head = None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Stop the clock; a line that was to end after this request ends."""
        super().on_message_complete()
        self._is_amid, self._head, self._rest = False, 0, None
        self._clear_deadline()
        if self._is_ending:
            self._wire.close()

    def on_response_complete(self) -> None:
        """Read only a little more of a request that is answered before its end."""
        super().on_response_complete()
        if self._is_amid and self.cycle.response_complete:
            self._read_the_rest()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP with a problem document."""
        del msg
        self._refuse(ProblemKind.MALFORMED)

    def _read_the_rest(self) -> None:
        if self._rest is None:
            self._rest = self.rest_bytes
            self._unset_keepalive_if_required()
            self._set_deadline(self.rest_s, self._wire.close)

    def _end(self) -> None:
        """End the line, once the caller had its answer."""
        if not self._is_amid:
            self._wire.close()
            return
        self._is_ending = True
        self.flow.resume_reading()
        self._read_the_rest()

    def _too_slow(self) -> None:
        if not self._is_amid:
            self._wire.close()
            return
        self._refuse(ProblemKind.TOO_SLOW)

    def _refuse(self, kind: ProblemKind) -> None:
        """Answer without the application, unless it answers already, and end the line."""
        self._head = None
        cycle = cast("RequestResponseCycle | None", self.cycle)
        if cycle is None or not cycle.response_started or cycle.response_complete:
            self._wire.write(problem_bytes(kind))
        self._wire.close()

    def _set_deadline(self, after_s: float, act: Callable[[], None]) -> None:
        self._clear_deadline()
        self._deadline = self.loop.call_later(after_s, act)

    def _clear_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class _Gentle:
    """A transport whose `close` lets the caller have its answer first."""

    def __init__(self, transport: asyncio.Transport, end: Callable[[], None]) -> None:
        self._transport = transport
        self.close = end

    def __getattr__(self, name: str) -> object:
        return getattr(self._transport, name)
