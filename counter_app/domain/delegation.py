"""The delegation engine: checks A1 to A16 of a letter, each with its legal ground.

Sources: 民法典 arts 17-20, 165, 166, 168, 169, 173; 公证法 arts 11, 32, 36;
反电信网络诈骗法 art. 31.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from counter_app.domain.checks import Finding, FindingCode, Severity, found
from counter_app.domain.delegation_letter import (
    IssuingPlace,
    Letter,
    LetterKind,
    LetterPrincipal,
)
from counter_app.domain.draft import (
    CallbackOutcome,
    CallbackTo,
    CodeOutcome,
    Draft,
    NumberHolder,
)
from counter_app.domain.identity_document import Owner
from counter_app.domain.identity_number import canonical_number, is_same_number
from counter_app.domain.letter_checks import (
    alteration_findings,
    matter_findings,
    spent_findings,
    term_findings,
)
from counter_app.domain.merchant import MerchantRecord, MerchantType
from counter_app.domain.name import is_same_name
from counter_app.domain.phone import normalised
from counter_app.domain.provider_rules import RulePack
from counter_app.domain.step import Step
from counter_app.domain.substitution import agent_findings

SERIAL_AGENT_PRINCIPALS = 3
THIRD_PARTIES = frozenset(
    {NumberHolder.AGENT, NumberHolder.EMPLOYEE, NumberHolder.RELATIVE, NumberHolder.OTHER}
)


def delegation_findings(draft: Draft, rules: RulePack, today: date) -> Iterator[Finding]:
    """Yield A1 to A16 for a visit by an agent; nothing when the principal came."""
    if not draft.is_delegated:
        return
    yield from _agent_age(draft, today)
    if draft.is_letter_missing or not _is_taken(draft.letter, rules):
        yield found(FindingCode.MATERIAL_LETTER_MISSING, Step.LETTER)
    if draft.letter is None:
        return
    for check in _LETTER_CHECKS:
        yield from check(draft, draft.letter)
    yield from agent_findings(draft, draft.letter, today)
    yield from term_findings(draft.letter, today)
    yield from spent_findings(draft.letter_used_on, draft.letter_revoked_on)
    yield from alteration_findings(draft.letter)
    yield from _notary(draft.letter, rules)
    yield from _call_back(draft, draft.letter, rules)


def _is_taken(letter: Letter | None, rules: RulePack) -> bool:
    return letter is None or (letter.is_original and letter.kind in rules.letters)


def _principal(draft: Draft, letter: Letter) -> Iterator[Finding]:
    """A1: the letter names the principal on record (art. 165)."""
    merchant = draft.merchant
    if merchant is not None and not _names_principal(letter.principal, merchant):
        yield found(FindingCode.A1_PRINCIPAL_MISMATCH, Step.LETTER)


def _names_principal(named: LetterPrincipal, merchant: MerchantRecord) -> bool:
    person = merchant.principal
    if named.uscc is not None and not is_same_number(named.uscc, merchant.uscc or ""):
        return False
    if merchant.type is MerchantType.ENTERPRISE:
        representative = named.legal_representative
        is_named = representative is None or is_same_name(representative, person.name)
        return named.uscc is not None and is_named and _is_party(named.name, merchant)
    if named.id_number is None:
        return named.uscc is not None and _is_party(named.name, merchant)
    is_number_same = is_same_number(named.id_number, person.id_number)
    return is_number_same and is_same_name(named.name, person.name)


def _is_party(name: str, merchant: MerchantRecord) -> bool:
    """Say whether a name beside the credit code is the merchant's, or that of who acts for it."""
    return any(is_same_name(name, known) for known in (merchant.name, merchant.principal.name))


def _number(draft: Draft, letter: Letter) -> Iterator[Finding]:
    """A4: the letter states the number that is bound, or the agent could bind his own."""
    stated = normalised(letter.new_number or "")
    if not stated:
        yield found(FindingCode.A4_NUMBER_MISSING, Step.LETTER)
    elif draft.new_number is not None and draft.new_number.number != stated:
        yield found(FindingCode.A4_NUMBER_DIFFERS, Step.NEW_NUMBER)


def _signature(draft: Draft, letter: Letter) -> Iterator[Finding]:
    """A6: signed by the principal; for an enterprise by its seal and legal representative.

    The seal is an enterprise's signature (art. 165), so that one without the other is one defect.
    """
    is_enterprise = draft.merchant is not None and draft.merchant.type is MerchantType.ENTERPRISE
    if not letter.is_signed and not (is_enterprise and letter.has_company_seal):
        yield found(FindingCode.A6_UNSIGNED, Step.LETTER)
    if not is_enterprise:
        return
    if not letter.has_company_seal:
        yield found(FindingCode.A6_SEAL_MISSING, Step.LETTER)
    if not letter.is_signed_by_legal_representative:
        yield found(FindingCode.A6_LEGAL_REPRESENTATIVE_MISSING, Step.LETTER)


def _agent_age(draft: Draft, today: date) -> Iterator[Finding]:
    """A7: the agent is of age and capable (arts 17-20, 173)."""
    for document in draft.documents:
        age = document.age_on(today) if document.owner is Owner.AGENT else None
        if age is None:
            continue
        if age < 16:
            yield found(FindingCode.A7_MINOR, Step.LETTER)
        elif age < 18:
            yield found(FindingCode.A7_CAPACITY, Step.LETTER)


def _joint(draft: Draft, letter: Letter) -> Iterator[Finding]:
    """A8: joint agents act together (art. 166)."""
    if not letter.is_joint or len(letter.agents) < 2:
        return
    agents = (document for document in draft.documents if document.owner is Owner.AGENT)
    present = {canonical_number(document.number) for document in agents}
    if any(canonical_number(agent.id_number) not in present for agent in letter.agents):
        yield found(FindingCode.A8_JOINT_AGENTS_ABSENT, Step.LETTER)


def _third_party(draft: Draft, letter: Letter) -> Iterator[Finding]:
    """A10: the number is not the agent's, the staff's or a third person's (art. 168)."""
    if draft.new_number is None or draft.new_number.holder not in THIRD_PARTIES:
        return
    severity = Severity.REVIEW if letter.allows_third_party_number else Severity.BLOCK
    yield found(FindingCode.A10_THIRD_PARTY_NUMBER, Step.NEW_NUMBER, severity)


def _serial(draft: Draft, letter: Letter) -> Iterator[Finding]:  # noqa: ARG001 - same shape for all
    """A15: the agent did not act for many other principals lately (反电信网络诈骗法 art. 31)."""
    history = draft.agent_history
    if history is not None and history.principals >= SERIAL_AGENT_PRINCIPALS:
        count = str(history.principals)
        yield found(FindingCode.A15_SERIAL_AGENT, Step.LETTER, count=count)


def _notary(letter: Letter, rules: RulePack) -> Iterator[Finding]:
    """A14: the certificate is complete, for this purpose, through its channel, and verified."""
    if letter.kind is not LetterKind.NOTARISED:
        return
    notary = letter.notary
    pending = Severity.REVIEW if rules.is_pending_notary_allowed else Severity.BLOCK
    if notary is None:
        yield found(FindingCode.A14_UNVERIFIED, Step.LETTER, pending)
        return
    if not notary.purpose_covers:
        yield found(FindingCode.A14_PURPOSE, Step.LETTER)
    if notary.issued_in is not IssuingPlace.MAINLAND and not notary.has_channel:
        yield found(FindingCode.A14_CHANNEL_MISSING, Step.LETTER, place=notary.issued_in)
    is_complete = bool(notary.number and notary.office and notary.on)
    if not (notary.is_verified and is_complete):
        yield found(FindingCode.A14_UNVERIFIED, Step.LETTER, pending)


def _call_back(draft: Draft, letter: Letter, rules: RulePack) -> Iterator[Finding]:
    """A13: the principal confirmed, on a number that was on file before."""
    call = draft.callback
    if call is not None and call.outcome is CallbackOutcome.DENIED:
        yield found(FindingCode.A13_NOT_CONFIRMED, Step.EVIDENCE, Severity.BLOCK)
        return
    if letter.kind in rules.callback_for and is_confirmation_due(draft):
        yield found(FindingCode.A13_NOT_CONFIRMED, Step.EVIDENCE)


def is_confirmation_due(draft: Draft) -> bool:
    """Say whether the principal should have confirmed by now and has not.

    The call is made when the new number is known to work, because it is about that number: until
    then a call that nobody made is nothing that went wrong.
    """
    if draft.callback is not None:
        return not is_confirmed_by_principal(draft)
    code = draft.new_number.code if draft.new_number is not None else None
    return code in {CodeOutcome.PASSED, CodeOutcome.NOT_SENT}


def is_confirmed_by_principal(draft: Draft) -> bool:
    """Say whether the principal confirmed on a number on file."""
    call = draft.callback
    return (
        call is not None
        and call.to is CallbackTo.ON_FILE
        and call.outcome is CallbackOutcome.CONFIRMED
    )


_LETTER_CHECKS: tuple[Callable[[Draft, Letter], Iterator[Finding]], ...] = (
    _principal,
    matter_findings,
    _number,
    _signature,
    _joint,
    _third_party,
    _serial,
)
