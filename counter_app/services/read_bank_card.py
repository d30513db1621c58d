"""Compares a bank card with the settlement account on record."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.card_phase import CardPhase
from counter_app.flow.effects import ReadBankCard
from counter_app.flow.outcomes import SettlementCardCompared
from counter_app.ports.bank_card import BankCardReader
from counter_app.ports.identity import Progress
from counter_app.ports.stop import Stop
from counter_app.services.card_wait import past_other_cards


@dataclass(frozen=True, slots=True)
class BankCardDesk:
    """The reader for bank cards as the flow asks for it."""

    reader: BankCardReader

    def compare(
        self, wanted: ReadBankCard, stop: Stop, on_progress: Progress
    ) -> SettlementCardCompared:
        """Wait for a bank card and compare it; see `SettlementCardReader`."""
        on_progress(0, 0, CardPhase.WAITING)
        card = past_other_cards(lambda: self.reader.read(stop), stop, on_progress)
        return SettlementCardCompared(card.masked, card.matches(wanted.account))
