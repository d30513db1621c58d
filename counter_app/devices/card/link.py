"""One connected card, whatever carries the bytes."""

from __future__ import annotations

from typing import Protocol


class CardLink(Protocol):
    """A card that is connected for one reading.

    Every method raises CounterError: CARD_REMOVED, CARD_RESET, CARD_UNREADABLE (no answer),
    READER_LOST, READER_BUSY, PCSC_UNAVAILABLE, STOPPED.
    """

    @property
    def most_answer(self) -> int:
        """Bytes of the longest answer, 256 unless reader and card both carry more."""
        ...

    def transmit(self, sent: bytes) -> bytes:
        """Send one encoded command and return data and status word."""
        ...

    def reset(self) -> None:
        """Power the card off and on; whatever was agreed with it is forgotten."""
        ...
