"""What the second person compares: each field beside what it should agree with."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.draft import Draft
from counter_app.domain.identity_document import CaptureMethod, IdentityDocument, Owner
from counter_app.domain.merchant import MerchantType
from counter_app.domain.name import is_same_name
from counter_app.domain.travel_document import CheckVerdict


class ReviewField(StrEnum):
    """The fields to tick, in the order of the visit."""

    MERCHANT = "merchant"
    TERMINAL = "terminal"
    PRESENTER = "presenter"
    PRINCIPAL = "principal"
    LICENCE = "licence"
    SETTLEMENT = "settlement"
    OLD_NUMBER = "old_number"
    NEW_NUMBER = "new_number"
    SWAP = "swap"


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field.

    Attributes:
        shown: What was captured or entered.
        recorded: What record, letter or second entry says; None where there is nothing to
            compare with.
        image: SHA-256 (hex) of the picture it can be compared with, or None.
        source: How it was captured, or None.
        chip_checks: What was proved of the document's chip.
    """

    field: ReviewField
    shown: str = dataclasses.field(repr=False)
    recorded: str | None = dataclasses.field(default=None, repr=False)
    differs: bool = False
    image: str | None = None
    source: CaptureMethod | None = None
    chip_checks: tuple[CheckVerdict, ...] = ()


def compared_fields(draft: Draft) -> tuple[ComparedField, ...]:
    """Return what there is to compare in a visit; personal values are whole, to be masked."""
    return tuple(_fields(draft))


def _fields(draft: Draft) -> Iterator[ComparedField]:
    merchant = draft.merchant
    if merchant is not None:
        yield ComparedField(ReviewField.MERCHANT, f"{merchant.name} {merchant.merchant_no}")
    if draft.terminal is not None:
        yield ComparedField(ReviewField.TERMINAL, draft.terminal.sn)
    yield from _people(draft)
    yield from _licence(draft)
    yield from _settlement(draft)
    yield from _numbers(draft)
    if draft.is_swap_wanted and draft.swap_to_sn:
        yield ComparedField(ReviewField.SWAP, draft.swap_to_sn)


def _people(draft: Draft) -> Iterator[ComparedField]:
    presenter = draft.document_of(draft.presenter_owner)
    if presenter is not None:
        expected = _named_agents(draft) if draft.is_delegated else _recorded_principal(draft)
        yield _person(ReviewField.PRESENTER, presenter, expected)
    principal = draft.document_of(Owner.PRINCIPAL)
    if draft.is_delegated and principal is not None:
        yield _person(ReviewField.PRINCIPAL, principal, _recorded_principal(draft))


def _person(
    name: ReviewField, document: IdentityDocument, expected: tuple[tuple[str, str], ...]
) -> ComparedField:
    is_found = any(
        is_same_name(document.name, known) and document.number == number
        for known, number in expected
    )
    recorded = " / ".join(" ".join(pair) for pair in expected) or None
    return ComparedField(
        name,
        f"{document.name} {document.number}",
        recorded,
        differs=bool(expected) and not is_found,
        image=document.image,
        source=document.captured_by,
        chip_checks=document.chip_checks,
    )


def _recorded_principal(draft: Draft) -> tuple[tuple[str, str], ...]:
    if draft.merchant is None:
        return ()
    return ((draft.merchant.principal.name, draft.merchant.principal.id_number),)


def _named_agents(draft: Draft) -> tuple[tuple[str, str], ...]:
    letters = (draft.letter, draft.substitution_letter)
    return tuple(
        (agent.name, agent.id_number)
        for letter in letters
        if letter is not None
        for agent in letter.agents
    )


def _licence(draft: Draft) -> Iterator[ComparedField]:
    licence, merchant = draft.licence, draft.merchant
    if licence is None or merchant is None:
        return
    is_enterprise = merchant.type is MerchantType.ENTERPRISE
    name = merchant.name if is_enterprise else licence.name
    recorded = " ".join(part for part in (name, merchant.uscc or "") if part)
    is_other_code = merchant.uscc is not None and licence.uscc != merchant.uscc
    is_other_name = is_enterprise and not is_same_name(licence.name, merchant.name)
    yield ComparedField(
        ReviewField.LICENCE,
        f"{licence.name} {licence.uscc}",
        recorded,
        differs=is_other_code or is_other_name,
        image=licence.image,
    )


def _settlement(draft: Draft) -> Iterator[ComparedField]:
    settlement = draft.merchant.settlement if draft.merchant is not None else None
    if settlement is not None:
        is_denied = draft.is_settlement_confirmed is False
        card = draft.settlement_card
        is_other = draft.settlement_card_matches is False
        yield ComparedField(
            ReviewField.SETTLEMENT,
            card or settlement.account,
            settlement.account,
            differs=is_denied or is_other,
        )


def _numbers(draft: Draft) -> Iterator[ComparedField]:
    if draft.merchant is not None:
        yield ComparedField(ReviewField.OLD_NUMBER, draft.merchant.phone)
    if draft.new_number is None:
        return
    number = draft.new_number.number
    written = draft.letter.new_number if draft.letter is not None else None
    image = draft.letter.image if draft.letter is not None else None
    is_other = draft.letter is not None and written != number
    yield ComparedField(ReviewField.NEW_NUMBER, number, written, differs=is_other, image=image)
