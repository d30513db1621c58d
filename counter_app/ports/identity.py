"""Reading whatever identity chip is laid down, and comparing a bank card."""

from __future__ import annotations

from typing import Protocol

from counter_app.domain.card_phase import CardPhase
from counter_app.domain.identity_document import IdentityDocument
from counter_app.flow.effects import ReadBankCard, ReadChip
from counter_app.flow.outcomes import SettlementCardCompared
from counter_app.ports.stop import Stop


class Progress(Protocol):
    """Told how far a device has come; may be called from another thread."""

    def __call__(self, done: int, expected: int, phase: CardPhase | None = None, /) -> None:
        """Take bytes (or frames) done and expected, both 0 while nothing is read."""
        ...


class IdentityChipReader(Protocol):
    """All readers for identity chips of this counter behind one call."""

    def read(self, wanted: ReadChip, stop: Stop, on_progress: Progress) -> IdentityDocument:
        """Wait for a card and read it; a card of another kind is told and does not end the wait.

        Raises:
            CounterError: Any reader or card code; CARD_CHECK_FAILED when a check of the chip
                was disproved; STOPPED.
        """
        ...


class SettlementCardReader(Protocol):
    """Compares a bank card with the settlement account; the number never leaves the call."""

    def compare(
        self, wanted: ReadBankCard, stop: Stop, on_progress: Progress
    ) -> SettlementCardCompared:
        """Wait for a bank card and compare it.

        Raises:
            CounterError: As `BankCardReader.read`, but CARD_WRONG_KIND is told as progress.
        """
        ...
