"""Requests to a reader's security module (SAM_V) and its answers.

Half-duplex: one request, one answer, no sequence number. An answer that was not waited for is
waited out before the next request, so that it is never taken for the answer to another one.
Source: GA/T 467.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from counter_app.devices.id_reader.frame import (
    SHORTEST_ANSWER,
    FrameBuffer,
    FrameFault,
    encode_frame,
)
from counter_app.devices.id_reader.transport import Transport
from counter_app.domain.resident_card import MODULE_NUMBER_BYTES, format_module_number
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import Stop

log = logging.getLogger(__name__)

OnBytes = Callable[[int, int], None]
"""Called with the bytes received and the bytes expected (0 while unknown)."""


class Command(Enum):
    """The requests this program sends: command byte, parameter byte.

    Reading fingerprints (30 10) is not among them: the counter has no use for them.
    """

    RESET = (0x10, 0xFF)
    STATUS = (0x11, 0xFF)
    MODULE_NUMBER = (0x12, 0xFF)
    FIND = (0x20, 0x01)
    SELECT = (0x20, 0x02)
    READ = (0x30, 0x01)
    READ_APPENDED = (0x30, 0x03)


SUCCESS = 0x90
FOUND = 0x9F
EMPTY = 0x91
NO_CARD = 0x80
BAD_CHECKSUM = 0x10
BAD_LENGTH = 0x11
UNRECOGNISED_ERROR = 0x24

FAILURES = {
    BAD_CHECKSUM: FailureCode.READER_GARBLED,
    BAD_LENGTH: FailureCode.READER_GARBLED,
    0x21: FailureCode.READER_GARBLED,
    0x23: FailureCode.READER_NOT_AUTHORISED,
    UNRECOGNISED_ERROR: FailureCode.CARD_UNREADABLE,
    0x31: FailureCode.CARD_REFUSED_READER,
    0x32: FailureCode.CARD_NOT_GENUINE,
    0x33: FailureCode.CARD_CHECK_FAILED,
    0x40: FailureCode.CARD_WRONG_KIND,
    0x41: FailureCode.CARD_UNREADABLE,
    0x47: FailureCode.CARD_UNREADABLE,
    0x60: FailureCode.READER_SELF_TEST,
    0x66: FailureCode.READER_NOT_AUTHORISED,
    NO_CARD: FailureCode.CARD_REMOVED,
    EMPTY: FailureCode.CARD_UNREADABLE,
    0x81: FailureCode.CARD_UNREADABLE,
}
"""What the module's status byte means when it is not a success."""


_LEAST_DATA = {Command.MODULE_NUMBER: 9, Command.READ: 29}
"""Bytes that a successful answer has at least: more than those of the requests before it."""


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How long to wait, in seconds.

    Attributes:
        short_s: For the whole answer to a short request, appended addresses among them.
        read_s: For the whole answer to a read of text and portrait.
        silence_s: For the next byte of an answer that has begun.
        probe_s: For the answer to the first request on a line.
        poll_s: Between two finds.
        same_card_s: Between two looks at a card that has not been lifted.
    """

    short_s: float = 2.0
    read_s: float = 5.0
    silence_s: float = 1.0
    probe_s: float = 0.6
    poll_s: float = 0.3
    same_card_s: float = 1.0

    def of(self, command: Command) -> float:
        """Return how long the whole answer to a command may take."""
        return self.read_s if command is Command.READ else self.short_s


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: status words of the card, status of the module, data."""

    card_status: int
    status: int
    data: bytes = field(repr=False)

    def may_answer(self, command: Command) -> bool:
        """Say whether this can be the answer to a command, not a late one to an earlier."""
        if self.status == FOUND:
            return command is Command.FIND
        if self.status != SUCCESS:
            return True
        return command is not Command.FIND and len(self.data) >= _LEAST_DATA.get(command, 0)

    def failure(self) -> CounterError:
        """Return the failure that a status other than success stands for."""
        code = FAILURES.get(self.status, FailureCode.READER_GARBLED)
        return CounterError(code, status=f"{self.status:02X}", card=f"{self.card_status:04X}")


class SamV:
    """The conversation with one module over an open transport.

    Attributes:
        limits: How long requests may take.
        number: The module's number as makers print it, known after `introduce`.
    """

    def __init__(self, transport: Transport, limits: TimeLimits) -> None:
        self._transport = transport
        self.limits = limits
        self._buffer = FrameBuffer(SHORTEST_ANSWER)
        self._unanswered_until = 0.0
        self.number = ""

    @property
    def transport_name(self) -> str:
        """What the line is called."""
        return self._transport.name

    def close(self) -> None:
        """Close the transport."""
        self._transport.close()

    def introduce(self, stop: Stop, probe_s: float | None = None) -> None:
        """Find out whether a module answers here, and its number.

        Args:
            stop: Looked at while waiting.
            probe_s: How long the first answer may take, that of the limits when not given.

        Raises:
            CounterError: READER_NO_ANSWER, READER_GARBLED (no reader, or another line speed),
                READER_SELF_TEST, READER_NOT_AUTHORISED, READER_LOST, STOPPED.
        """
        limit_s = self.limits.probe_s if probe_s is None else probe_s
        status = self._exchange(Command.STATUS, limit_s, stop, _ignore)
        if status.status != SUCCESS:
            raise status.failure()
        self.number = self._own_number(stop)

    def _own_number(self, stop: Stop) -> str:
        """Return the module's number; one that does not tell it reads cards all the same."""
        try:
            number = self.ask_again(Command.MODULE_NUMBER, stop)
        except CounterError as error:
            if error.code not in {FailureCode.READER_GARBLED, FailureCode.READER_NO_ANSWER}:
                raise
            log.info("module number not told: %s", error)
            return ""
        if number.status != SUCCESS or len(number.data) != MODULE_NUMBER_BYTES:
            log.info("module number not told: status=%02X", number.status)
            return ""
        return format_module_number(number.data)

    def ask(self, command: Command, stop: Stop, on_bytes: OnBytes | None = None) -> Answer:
        """Send a request and return its answer, whatever its status.

        A request that the module received garbled is sent once more.

        Raises:
            CounterError: READER_NO_ANSWER, READER_GARBLED, READER_LOST, STOPPED.
        """
        limit_s = self.limits.of(command)
        answer = self._exchange(command, limit_s, stop, on_bytes or _ignore)
        if answer.status not in {BAD_CHECKSUM, BAD_LENGTH}:
            return answer
        return self._exchange(command, limit_s, stop, on_bytes or _ignore)

    def ask_again(self, command: Command, stop: Stop) -> Answer:
        """Ask, and once more when no sound answer came; for requests that change nothing."""
        try:
            return self.ask(command, stop)
        except CounterError as error:
            if error.code not in {FailureCode.READER_GARBLED, FailureCode.READER_NO_ANSWER}:
                raise
        return self.ask(command, stop)

    def _exchange(self, command: Command, limit_s: float, stop: Stop, on_bytes: OnBytes) -> Answer:
        self._settle(stop)
        self._transport.send(encode_frame(bytes(command.value)))
        self._unanswered_until = time.monotonic() + limit_s
        answer = self._receive(command, stop, on_bytes)
        self._unanswered_until = 0.0
        return answer

    def _receive(self, command: Command, stop: Stop, on_bytes: OnBytes) -> Answer:
        last_byte_at: float | None = None
        strange = 0
        while not stop.is_set():
            if received := self._transport.receive():
                last_byte_at = time.monotonic()
                self._buffer.feed(received)
                on_bytes(self._buffer.held, self._buffer.expected)
            if payload := self._whole_payload():
                answer = _answer(payload)
                if answer.may_answer(command):
                    return answer
                log.info("late answer passed over: status=%02X", answer.status)
                last_byte_at, strange = None, strange + 1
                continue
            self._check_limits(last_byte_at, strange)
        raise CounterError(FailureCode.STOPPED)

    def _whole_payload(self) -> bytes:
        """Return the payload of a whole frame; false starts are passed over."""
        while frame := self._buffer.take():
            if frame.fault is FrameFault.CHECKSUM:
                self._unanswered_until = 0.0
                raise CounterError(FailureCode.READER_GARBLED, reason="checksum")
            if frame.payload:
                return frame.payload
        return b""

    def _check_limits(self, last_byte_at: float | None, strange: int) -> None:
        """Raise when the time is up; `strange` answers were passed over."""
        now = time.monotonic()
        silence_s = now - last_byte_at if last_byte_at is not None else 0.0
        if now < self._unanswered_until and silence_s <= self.limits.silence_s:
            return
        if self._buffer.give_up():
            return
        if last_byte_at is None and not strange:
            raise CounterError(FailureCode.READER_NO_ANSWER, transport=self.transport_name)
        self._unanswered_until = 0.0
        raise CounterError(FailureCode.READER_GARBLED, reason="incomplete", bytes=self._buffer.held)

    def _settle(self, stop: Stop) -> None:
        """Wait out the answer to an abandoned request, then empty the line."""
        _check(stop)
        while time.monotonic() < self._unanswered_until:
            _check(stop)
            self._buffer.feed(self._transport.receive())
            if self._buffer.take():
                break
        self._unanswered_until = 0.0
        self._buffer.clear()
        self._transport.discard()


def _answer(payload: bytes) -> Answer:
    return Answer(int.from_bytes(payload[:2], "big"), payload[2], payload[3:])


def _check(stop: Stop) -> None:
    if stop.is_set():
        raise CounterError(FailureCode.STOPPED)


def _ignore(_received: int, _expected: int) -> None:
    """Leave the byte count alone."""
