"""Answers about the visit: who, why, account, evidence, consents, a swap."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from counter_app.domain.bank_account import is_same_account
from counter_app.domain.by_picture import ByPicture
from counter_app.domain.draft import (
    Callback,
    ChangeReason,
    Consent,
    Draft,
    Knowledge,
    PresenterRole,
)
from counter_app.domain.masking import masked_account


@dataclass(frozen=True, slots=True)
class PresenterAnswer:
    """Who stands at the counter."""

    role: PresenterRole

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, presenter=self.role)


@dataclass(frozen=True, slots=True)
class ReasonAnswer:
    """Why the number changes; `text` is needed for OTHER."""

    reason: ChangeReason
    text: str = field(default="", repr=False)

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, reason=self.reason, reason_text=self.text)


@dataclass(frozen=True, slots=True)
class TicketAnswer:
    """The number of the queue ticket."""

    ticket: str

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, queue_ticket=self.ticket)


@dataclass(frozen=True, slots=True)
class ElderModeAnswer:
    """Larger type, no time limits, spoken read-back."""

    is_on: bool

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, is_elder_mode=self.is_on)


@dataclass(frozen=True, slots=True)
class CoachedAnswer:
    """Somebody seems to instruct the customer; nothing of it shows on paper."""

    is_coached: bool

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, is_coached=self.is_coached)


@dataclass(frozen=True, slots=True)
class KnowledgeAnswer:
    """Whether the customer knew the merchant."""

    outcome: Knowledge

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, knowledge=self.outcome)


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """The call to the principal."""

    callback: Callback

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, callback=self.callback)


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """What the customer agreed to."""

    consents: frozenset[Consent]

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, consents=self.consents)


@dataclass(frozen=True, slots=True)
class SettlementAnswer:
    """Whether the customer confirmed the settlement account as recorded."""

    is_confirmed: bool

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, is_settlement_confirmed=self.is_confirmed)


@dataclass(frozen=True, slots=True)
class SettlementCardAnswer:
    """Number of a bank card as typed or photographed; it is compared at once and not kept."""

    account: str = field(repr=False)

    def on(self, draft: Draft) -> Draft:
        """Return the draft with the masked number and whether it is the one on record."""
        record = draft.merchant.settlement if draft.merchant is not None else None
        matches = None if record is None else is_same_account(self.account, record.account)
        masked = masked_account("".join(self.account.split()))
        return replace(draft, settlement_card=masked, settlement_card_matches=matches)


@dataclass(frozen=True, slots=True)
class SwapAnswer:
    """Whether a replacement terminal is handed out."""

    is_wanted: bool

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, is_swap_wanted=self.is_wanted, swap_to_sn="", is_swap_sn_known=None)


@dataclass(frozen=True, slots=True)
class SwapSerialAnswer:
    """Serial number of the replacement terminal."""

    sn: str

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, swap_to_sn=self.sn.strip(), is_swap_sn_known=None)


@dataclass(frozen=True, slots=True)
class ByPictureAnswer:
    """A picture stands for characters that no font draws; without one a paper copy is filed."""

    points: tuple[str, ...]
    image: str | None = None

    def on(self, draft: Draft) -> Draft:
        """Return the draft with these characters beside those settled before."""
        before = draft.by_picture or ByPicture(())
        points = tuple(dict.fromkeys((*before.points, *self.points)))
        return replace(draft, by_picture=ByPicture(points, self.image or before.image))
