"""The resident-ID card reader and the decoder of the portrait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from counter_app.domain.resident_card import ResidentCard
from counter_app.errors import FailureCode
from counter_app.ports.stop import Stop


class ReadPhase(StrEnum):
    """Where a wait for a card stands."""

    WAITING = "waiting"
    """No card on the reader."""
    SAME_CARD = "same_card"
    """The card handed over last still lies there: it must be lifted before it is read again."""
    FOUND = "found"
    READING = "reading"
    AGAIN = "again"
    """The read failed and starts over: the card must be kept still."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ReadProgress:
    """How far the reading of one card has come.

    Attributes:
        bytes_read: Bytes of the record received, 0 while no card is being read.
        bytes_expected: Bytes of the whole answer, 0 while unknown.
    """

    bytes_read: int
    bytes_expected: int
    phase: ReadPhase


@dataclass(frozen=True, slots=True)
class ReaderHealth:
    """What the self-check shows about the reader.

    Attributes:
        is_present: A reader answered its status request.
        transport: For example `serial /dev/ttyUSB0 115200`, `usb 0400:c35a`, `none`.
        module_number: 36 characters, or empty while unknown or hidden by a local service.
        last_error: The latest failure since the reader last answered, if any.
    """

    is_present: bool
    transport: str
    module_number: str
    last_error: FailureCode | None


class IdCardReader(Protocol):
    """Reads resident-ID technology: mainland cards, residence permits, permanent-residence cards.

    One call of `wait_for_card` at a time; `health` and `close` may come from another thread.
    A lost reader is opened again by the next call.
    """

    def wait_for_card(
        self, stop: Stop, on_progress: Callable[[ReadProgress], None]
    ) -> ResidentCard:
        """Wait until a card lies on the reader and return its record.

        A card that was handed over by the call before is returned again only after it was lifted.

        Args:
            stop: Looked at at least every 0.25 s.
            on_progress: Called on the caller's thread when the phase or the byte count changes.

        Raises:
            CounterError: READER_MISSING, READER_LOST, READER_BUSY, READER_NO_ANSWER,
                READER_GARBLED, READER_SELF_TEST, READER_NOT_AUTHORISED, CARD_REMOVED,
                CARD_UNREADABLE, CARD_REFUSED_READER, CARD_NOT_GENUINE (may be a forgery, is no
                proof), CARD_CHECK_FAILED, CARD_WRONG_KIND, CARD_RECORD_INVALID, STOPPED.
        """
        ...

    def health(self) -> ReaderHealth:
        """Ask the reader for its state; during a wait tell what is known. Never raises."""
        ...

    def close(self) -> None:
        """Let go of the reader; a wait in progress ends with READER_LOST. May be called twice."""
        ...


class PhotoDecoder(Protocol):
    """Turns the portrait of the chip into a picture."""

    def decode(self, wlt: bytes, stop: Stop) -> bytes:
        """Decode a portrait.

        Args:
            wlt: The encoded portrait as stored on the chip, at most 1,024 bytes.
            stop: Looked at at least every 0.25 s.

        Returns:
            A BMP or PNG file, 102 × 126 pixels.

        Raises:
            CounterError: PHOTO_NOT_DECODED (no decoder, crash, too slow, refused); STOPPED.
        """
        ...
