"""Commands to a chip and its answers, over any `transmit(bytes) -> bytes`.

Source: ISO/IEC 7816-4 section 5; ISO/IEC 7816-3 section 12.2.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from counter_app.errors import CounterError, FailureCode

Transmit = Callable[[bytes], bytes]
"""Sends one encoded command and returns data and status word."""

SHORT_DATA = 255
SHORT_ANSWER = 256
MOST_ANSWERS = 300
MOST_BYTES = 1 << 17

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        head: CLA, INS, P1, P2.
        expected: Most bytes of the answer, 1 to 65536; 0 for none.
    """

    head: bytes
    data: bytes = field(default=b"", repr=False)
    expected: int = 0

    def is_short(self) -> bool:
        """Say whether short length fields are enough."""
        return len(self.data) <= SHORT_DATA and self.expected <= SHORT_ANSWER

    def encode(self) -> bytes:
        """Return the bytes, with extended length fields only where short ones do not do."""
        if self.is_short():
            length = bytes([len(self.data)]) if self.data else b""
            wanted = bytes([self.expected % 256]) if self.expected else b""
            return self.head + length + self.data + wanted
        length = b"\x00" + len(self.data).to_bytes(2, "big") if self.data else b""
        wanted = (self.expected % 65536).to_bytes(2, "big") if self.expected else b""
        return self.head + length + self.data + (wanted if length else b"\x00" + wanted)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the chip said; `status` is the status word, 0x9000 when all is well."""

    data: bytes = field(repr=False)
    status: int

    def is_ok(self) -> bool:
        """Say whether the command was carried out."""
        return self.status == 0x9000


def command(head: str, data: bytes = b"", expected: int = 0) -> Command:
    """Return a command from its head in hex, for example `command("00B00000", expected=4)`."""
    return Command(bytes.fromhex(head), data, expected)


class Guard(Protocol):
    """Protects what passes between terminal and chip."""

    def protect(self, plain: Command) -> Command:
        """Return the command as it is sent."""
        ...

    def unprotect(self, answer: Answer) -> Answer:
        """Return the answer as it was meant, or raise CARD_PROTOCOL when it was tampered with."""
        ...


class Chip:
    """Speaks to one chip: fetches answers in parts and repeats with the length the chip names.

    Attributes:
        most_answer: Bytes of the longest answer the reader can carry, 256 without extended length.
        guard: Secure messaging once it is agreed.
    """

    def __init__(self, transmit: Transmit, most_answer: int = SHORT_ANSWER) -> None:
        self._transmit = transmit
        self.most_answer = most_answer
        self.guard: Guard | None = None

    def send(self, wanted: Command) -> Answer:
        """Send a command and return the whole answer, whatever its status word.

        Raises:
            CounterError: CARD_PROTOCOL when the answer is no answer or is not protected as agreed;
                what the transport raises.
        """
        if self.guard is None:
            return self._whole(wanted)
        return self.guard.unprotect(self._whole(self.guard.protect(wanted)))

    def _whole(self, wanted: Command) -> Answer:
        answer = self._once(wanted)
        # With data the status is part of a protected answer, whose command must not be repeated.
        if answer.status >> 8 == 0x6C and not answer.data:
            answer = self._once(replace(wanted, expected=answer.status & 0xFF or SHORT_ANSWER))
        return self._with_rest(answer, wanted.head[0] & 0x03)

    def need(self, wanted: Command, step: str) -> bytes:
        """Send a command that must succeed and return the data.

        Raises:
            CounterError: CARD_PROTOCOL with the step and status word.
        """
        answer = self.send(wanted)
        if not answer.is_ok():
            raise CounterError(FailureCode.CARD_PROTOCOL, step=step, status=f"{answer.status:04X}")
        return answer.data

    def _with_rest(self, answer: Answer, channel: int) -> Answer:
        parts = [answer.data]
        for _ in range(MOST_ANSWERS):
            if answer.status >> 8 != 0x61:
                return Answer(b"".join(parts), answer.status)
            length = answer.status & 0xFF or SHORT_ANSWER
            answer = self._once(Command(bytes([channel, 0xC0, 0, 0]), expected=length))
            if answer.status >> 8 == 0x6C:
                length = answer.status & 0xFF or SHORT_ANSWER
                answer = self._once(Command(bytes([channel, 0xC0, 0, 0]), expected=length))
            parts.append(answer.data)
        raise CounterError(FailureCode.CARD_PROTOCOL, step="get response")

    def _once(self, wanted: Command) -> Answer:
        raw = self._transmit(wanted.encode())
        if not 2 <= len(raw) <= MOST_BYTES:
            raise CounterError(FailureCode.CARD_PROTOCOL, step="answer", length=len(raw))
        answer = Answer(raw[:-2], int.from_bytes(raw[-2:], "big"))
        _log.debug(
            "apdu: head=%s lc=%d sw=%04X length=%d",
            wanted.head.hex(),
            len(wanted.data),
            answer.status,
            len(answer.data),
        )
        return answer
