"""Checks of merchant, terminal, provider, materials and settlement account.

Sources: 银发〔2021〕259号 (one terminal, one merchant), 促进个体工商户发展条例 art. 13 (a change of
operator is a registration of its own), the provider's rule pack.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from counter_app.domain.checks import Finding, FindingCode, found
from counter_app.domain.draft import ChangeReason, Draft, Lookup, RealNameCheck
from counter_app.domain.identity_number import is_same_number
from counter_app.domain.merchant import MerchantRecord, MerchantStatus, is_same_serial
from counter_app.domain.name import is_same_name
from counter_app.domain.provider_rules import PhoneProofRule, RulePack
from counter_app.domain.step import Step

ANOTHER_CASE_FIRST = frozenset(
    {ChangeReason.LEGAL_REPRESENTATIVE_CHANGED, ChangeReason.MERCHANT_TRANSFERRED}
)


def lookup_findings(draft: Draft) -> Iterator[Finding]:
    """Yield what the directory could not find or found twice."""
    match draft.lookup:
        case Lookup.UNKNOWN_TERMINAL:
            yield found(FindingCode.TERMINAL_UNKNOWN, Step.TERMINAL)
            yield found(FindingCode.MERCHANT_NOT_FOUND, Step.TERMINAL)
        case Lookup.UNKNOWN_MERCHANT:
            yield found(FindingCode.MERCHANT_NOT_FOUND, Step.TERMINAL)
        case Lookup.SEVERAL_MERCHANTS:
            yield found(FindingCode.TERMINAL_OTHER_MERCHANT, Step.TERMINAL)
        case Lookup.FOUND | Lookup.NOT_ASKED:  # pragma: no branch - the last of a closed set
            return


def merchant_findings(draft: Draft, rules: RulePack) -> Iterator[Finding]:
    """Yield what stops this merchant at this provider, before any identity capture."""
    merchant = draft.merchant
    if merchant is None:
        return
    if merchant.status is MerchantStatus.FROZEN:
        yield found(FindingCode.MERCHANT_FROZEN, Step.TERMINAL)
    if merchant.status is MerchantStatus.CLOSED:
        yield found(FindingCode.MERCHANT_CLOSED, Step.TERMINAL)
    if merchant.in_flight:
        yield found(FindingCode.CASE_IN_FLIGHT, Step.TERMINAL)
    if merchant.type not in rules.served:
        yield found(
            FindingCode.PROVIDER_TYPE_NOT_SERVED,
            Step.TERMINAL,
            provider=rules.title,
            version=rules.version,
        )
    yield from _owner_findings(draft, merchant)


def _owner_findings(draft: Draft, merchant: MerchantRecord) -> Iterator[Finding]:
    operator = merchant.operator_on_licence
    if operator is not None and not is_same_name(operator, merchant.principal.name):
        yield found(FindingCode.MERCHANT_OWNER_CHANGED, Step.TERMINAL)
    elif draft.reason in ANOTHER_CASE_FIRST:
        yield found(FindingCode.MERCHANT_OWNER_CHANGED, Step.PRESENTER)


def material_findings(draft: Draft, rules: RulePack, today: date) -> Iterator[Finding]:
    """Yield what is missing or wrong among licence, seal, proof of the number and account."""
    merchant = draft.merchant
    if merchant is None:
        return
    if draft.licence is not None:
        yield from _licence_findings(draft, merchant, rules, today)
    elif draft.is_licence_missing and merchant.type in rules.licence_for:
        yield found(FindingCode.MATERIAL_LICENCE_MISSING, Step.MATERIALS)
    if _needs_phone_proof(draft, rules) and not draft.has_phone_proof:
        yield found(FindingCode.MATERIAL_PHONE_PROOF_MISSING, Step.NEW_NUMBER)
    if _is_settlement_wrong(draft, merchant):
        yield found(FindingCode.SETTLEMENT_MISMATCH, Step.MATERIALS)


def _licence_findings(
    draft: Draft, merchant: MerchantRecord, rules: RulePack, today: date
) -> Iterator[Finding]:
    licence = draft.licence
    assert licence is not None
    is_wanted = merchant.type in rules.licence_for
    if is_wanted and licence.valid_until is not None and licence.valid_until < today:
        yield found(
            FindingCode.MATERIAL_LICENCE_EXPIRED,
            Step.MATERIALS,
            day=licence.valid_until.isoformat(),
        )
    if merchant.type in rules.seal_for and not licence.has_seal:
        yield found(FindingCode.MATERIAL_SEAL_MISSING, Step.MATERIALS)
    if merchant.uscc is not None and not is_same_number(licence.uscc, merchant.uscc):
        yield found(FindingCode.TERMINAL_OTHER_MERCHANT, Step.MATERIALS)
    elif licence.operator and not is_same_name(licence.operator, merchant.principal.name):
        yield found(FindingCode.MERCHANT_OWNER_CHANGED, Step.MATERIALS)


def _needs_phone_proof(draft: Draft, rules: RulePack) -> bool:
    if draft.new_number is None or draft.new_number.code is None:
        return False
    match rules.phone_proof:
        case PhoneProofRule.NEVER:
            return False
        case PhoneProofRule.ALWAYS:
            return True
        case PhoneProofRule.WHEN_NAME_DIFFERS:  # pragma: no branch - the last of a closed set
            return draft.new_number.real_name is RealNameCheck.DIFFERS


def _is_settlement_wrong(draft: Draft, merchant: MerchantRecord) -> bool:
    if merchant.settlement is None:
        return draft.is_settlement_confirmed is False
    return draft.is_settlement_confirmed is False or draft.settlement_card_matches is False


def swap_findings(draft: Draft) -> Iterator[Finding]:
    """Yield what stops the hand-out of a replacement terminal."""
    if not draft.is_swap_wanted or not draft.swap_to_sn:
        return
    is_same = draft.terminal is not None and is_same_serial(draft.terminal.sn, draft.swap_to_sn)
    if is_same or draft.is_swap_sn_known:
        yield found(FindingCode.TERMINAL_SWAP_KNOWN_ELSEWHERE, Step.SWAP)
