"""What every simulated card has in common."""

from __future__ import annotations

from typing import Protocol

from counter_app.devices.card.apdu import Command
from counter_app.errors import CounterError, FailureCode

PRODUCTION = "production"


class SimulatedCard(Protocol):
    """One card's whole behaviour; used in-process and behind a virtual reader."""

    @property
    def atr(self) -> bytes:
        """Answer to reset."""
        ...

    def reset(self) -> None:
        """Forget everything but the files."""
        ...

    def process(self, sent: bytes) -> bytes:
        """Answer one encoded command; never raises."""
        ...


def refuse_in_production(environment: str) -> None:
    """Refuse to simulate where customers are served.

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION.
    """
    if environment == PRODUCTION:
        raise CounterError(FailureCode.SIMULATOR_IN_PRODUCTION, simulator="card")


class SimulatedLink:
    """A simulated card connected in-process."""

    def __init__(self, card: SimulatedCard, most_answer: int = 256) -> None:
        self._card = card
        self._most_answer = most_answer
        card.reset()

    @property
    def most_answer(self) -> int:
        """Bytes of the longest answer."""
        return self._most_answer

    def transmit(self, sent: bytes) -> bytes:
        """Hand the command to the card."""
        return self._card.process(sent)

    def reset(self) -> None:
        """Reset the card."""
        self._card.reset()


def parse_command(raw: bytes) -> Command | None:
    """Read an encoded command with short or extended length fields; None when it is none.

    Source: ISO/IEC 7816-4 section 5.1.
    """
    head, rest = raw[:4], raw[4:]
    if len(head) < 4 or (len(rest) == 2 and not rest[0]):
        return None
    if len(rest) <= 1:
        return Command(head, expected=(rest[0] or 256) if rest else 0)
    if rest[0]:
        return _body(head, rest[1:], rest[0], 1)
    size = int.from_bytes(rest[1:3], "big")
    if len(rest) == 3:
        return Command(head, expected=size or 65536)
    return _body(head, rest[3:], size, 2)


def _body(head: bytes, rest: bytes, size: int, width: int) -> Command | None:
    data, wanted = rest[:size], rest[size:]
    if len(data) < size or len(wanted) not in (0, width):
        return None
    most = 256 if width == 1 else 65536
    expected = (int.from_bytes(wanted, "big") or most) if wanted else 0
    return Command(head, data, expected)


def answer(status: int, data: bytes = b"") -> bytes:
    """Return data and status word as they are sent."""
    return data + status.to_bytes(2, "big")
