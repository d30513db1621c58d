"""PC/SC as it is: contexts, readers, states and what its error codes mean here.

Every thread has a context of its own. Functions raise CounterError and nothing else.

Source: PC/SC part 5; pcsc-lite's API documentation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartcard import scard

from counter_app.errors import CounterError, FailureCode

NO_SERVICE, SERVICE_STOPPED, INVALID_HANDLE = 0x8010001D, 0x8010001E, 0x80100003
COMMUNICATION, SHUTDOWN, UNEXPECTED = 0x80100013, 0x80100018, 0x8010001F
CANCELLED, TIMED_OUT, NO_READERS = 0x80100002, 0x8010000A, 0x8010002E
UNKNOWN_READER, READER_UNAVAILABLE = 0x80100009, 0x80100017
NOT_TRANSACTED, NO_CARD, REMOVED = 0x80100016, 0x8010000C, 0x80100069
RESET, SHARING = 0x80100068, 0x8010000B
PLUG_AND_PLAY = "\\\\?PnP?\\Notification"
STATE_CHANGED, STATE_UNKNOWN, STATE_UNAVAILABLE = 0x02, 0x04, 0x08
STATE_EMPTY, STATE_PRESENT, STATE_EXCLUSIVE, STATE_MUTE = 0x10, 0x20, 0x80, 0x200

_CODES = {
    NO_SERVICE: FailureCode.PCSC_UNAVAILABLE,
    SERVICE_STOPPED: FailureCode.PCSC_UNAVAILABLE,
    INVALID_HANDLE: FailureCode.PCSC_UNAVAILABLE,
    COMMUNICATION: FailureCode.PCSC_UNAVAILABLE,
    SHUTDOWN: FailureCode.PCSC_UNAVAILABLE,
    UNEXPECTED: FailureCode.PCSC_UNAVAILABLE,
    UNKNOWN_READER: FailureCode.READER_LOST,
    READER_UNAVAILABLE: FailureCode.READER_LOST,
    NOT_TRANSACTED: FailureCode.CARD_REMOVED,
    NO_CARD: FailureCode.CARD_REMOVED,
    REMOVED: FailureCode.CARD_REMOVED,
    RESET: FailureCode.CARD_RESET,
    SHARING: FailureCode.READER_BUSY,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """The state of one reader as the service told it.

    Attributes:
        state: State bits; the high word counts the cards that came and went.
    """

    name: str
    state: int
    atr: bytes

    @property
    def has_card(self) -> bool:
        """Say whether a card is there."""
        return bool(self.state & STATE_PRESENT)

    @property
    def moves(self) -> int:
        """How often a card came or went, modulo 65536."""
        return self.state >> 16 & 0xFFFF


def check(result: int, step: str, otherwise: FailureCode = FailureCode.CARD_UNREADABLE) -> None:
    """Raise the failure a result code stands for, if it is none of success.

    Args:
        result: As a PC/SC function returned it.
        step: For the support.
        otherwise: What a code stands for that has no meaning of its own here.
    """
    if result != scard.SCARD_S_SUCCESS:
        code = result & 0xFFFFFFFF
        raise CounterError(_CODES.get(code, otherwise), step=step, pcsc=f"{code:08X}")


class Context:
    """One thread's connection to the service."""

    def __init__(self) -> None:
        """Connect.

        Raises:
            CounterError: PCSC_UNAVAILABLE.
        """
        result, handle = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
        check(result, "context", FailureCode.PCSC_UNAVAILABLE)
        self.handle: int = handle
        self._is_released = False

    def readers(self) -> tuple[str, ...]:
        """Return the names of the readers that are plugged in.

        Raises:
            CounterError: PCSC_UNAVAILABLE.
        """
        result, names = scard.SCardListReaders(self.handle, [])
        if result & 0xFFFFFFFF == NO_READERS:
            return ()
        check(result, "list readers", FailureCode.PCSC_UNAVAILABLE)
        return tuple(names)

    def wait(self, known: Sequence[tuple[str, int]], timeout_ms: int) -> tuple[Seen, ...] | None:
        """Wait until a reader's state is not the known one.

        Args:
            known: Names with the state last seen, 0 for none; `PLUG_AND_PLAY` tells about readers.
            timeout_ms: Longest wait; 0 returns the present at once.

        Returns:
            All states; None after the time.

        Raises:
            CounterError: PCSC_UNAVAILABLE; READER_LOST, a name is no longer known; STOPPED when
                another thread cancelled the wait.
        """
        result, states = scard.SCardGetStatusChange(self.handle, timeout_ms, list(known))
        code = result & 0xFFFFFFFF
        if code == TIMED_OUT:
            return None
        if code == CANCELLED:
            raise CounterError(FailureCode.STOPPED)
        check(result, "status", FailureCode.PCSC_UNAVAILABLE)
        return tuple(Seen(name, state, bytes(atr)) for name, state, atr in states)

    def cancel(self) -> None:
        """End another thread's `wait`."""
        scard.SCardCancel(self.handle)

    def release(self) -> None:
        """Disconnect, once; a service that is gone does not matter any more."""
        if self._is_released:
            return
        self._is_released = True
        scard.SCardReleaseContext(self.handle)
