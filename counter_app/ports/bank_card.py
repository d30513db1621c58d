"""Reading a bank card to confirm the settlement account."""

from __future__ import annotations

from typing import Protocol

from counter_app.domain.bank_card import BankCard
from counter_app.ports.stop import Stop


class BankCardReader(Protocol):
    """Waits for a bank card and reads its number, which leaves the reader masked only."""

    def read(self, stop: Stop) -> BankCard:
        """Wait until a bank card is in a reader and read it once.

        Args:
            stop: Ends the waiting or reading within 0.25 s.

        Raises:
            CounterError: STOPPED; PCSC_UNAVAILABLE, READER_MISSING, READER_LOST, READER_BUSY;
                CARD_WRONG_KIND (no payment card), CARD_NO_APPLICATION (a payment card without a
                usable account), CARD_IS_WALLET (electronic cash only), CARD_REMOVED, CARD_RESET,
                CARD_UNREADABLE, CARD_PROTOCOL, CARD_RECORD_INVALID (no well-formed number).
        """
        ...
