"""The delegation engine: checks A1 to A16 of a letter, each with its legal ground.

Sources: 民法典 arts 17-20, 165, 166, 168, 169, 173; 公证法 arts 11, 32, 36;
反电信网络诈骗法 art. 31.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from counter_app.domain.checks import Finding, FindingCode, Severity, found
from counter_app.domain.delegation_letter import (
    Alterations,
    IssuingPlace,
    Letter,
    LetterKind,
    LetterPrincipal,
    Matter,
)
from counter_app.domain.draft import CallbackOutcome, CallbackTo, Draft, NumberHolder
from counter_app.domain.identity_document import IdentityDocument, Owner
from counter_app.domain.identity_number import canonical_number, is_same_number
from counter_app.domain.merchant import MerchantRecord, MerchantType
from counter_app.domain.name import is_same_name
from counter_app.domain.phone import normalised
from counter_app.domain.provider_rules import RulePack
from counter_app.domain.step import Step

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
    yield from _term(draft.letter, today)
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


def _agent(draft: Draft, letter: Letter) -> Iterator[Finding]:
    """A2, A9: the presenter is a named agent, or a lawful substitute (arts 165, 169)."""
    presenter = draft.document_of(Owner.AGENT)
    if presenter is None or _is_named(presenter, letter):
        return
    second = draft.substitution_letter
    if letter.allows_substitution and second is not None and _is_named(presenter, second):
        return
    yield found(FindingCode.A2_AGENT_MISMATCH, Step.LETTER)
    if not letter.allows_substitution:
        yield found(FindingCode.A9_NO_SUBSTITUTION, Step.LETTER)


def _is_named(presenter: IdentityDocument, letter: Letter) -> bool:
    return any(
        is_same_number(agent.id_number, presenter.number)
        and is_same_name(agent.name, presenter.name)
        for agent in letter.agents
    )


def _matters(draft: Draft, letter: Letter) -> Iterator[Finding]:
    """A3: the change of number, and a swap where there is one, is among the matters (art. 165)."""
    merchant = draft.merchant
    is_other = (
        merchant is not None
        and letter.merchant_no is not None
        and letter.merchant_no != merchant.merchant_no
    )
    wanted = {Matter.CHANGE_PHONE}
    if draft.is_swap_wanted:
        wanted.add(Matter.COLLECT_TERMINAL)
    if is_other:
        yield found(FindingCode.A3_NOT_COVERED, Step.LETTER)
    elif wanted <= letter.matters:
        return
    elif Matter.EVERYTHING in letter.matters:
        yield found(FindingCode.A3_UNCLEAR, Step.LETTER)
    else:
        yield found(FindingCode.A3_NOT_COVERED, Step.LETTER)


def _number(draft: Draft, letter: Letter) -> Iterator[Finding]:
    """A4: the letter states the number that is bound, or the agent could bind his own."""
    stated = normalised(letter.new_number or "")
    if not stated:
        yield found(FindingCode.A4_NUMBER_MISSING, Step.LETTER)
    elif draft.new_number is not None and draft.new_number.number != stated:
        yield found(FindingCode.A4_NUMBER_DIFFERS, Step.NEW_NUMBER)


def _term(letter: Letter, today: date) -> Iterator[Finding]:
    """A5: today lies within the term; the last day counts (art. 165)."""
    if letter.starts_on is not None and letter.starts_on > today:
        yield found(FindingCode.A5_NOT_STARTED, Step.LETTER, day=letter.starts_on.isoformat())
    if letter.ends_on is None:
        is_notarised = letter.kind is LetterKind.NOTARISED
        severity = Severity.REVIEW if is_notarised else Severity.BLOCK
        yield found(FindingCode.A5_NO_END, Step.LETTER, severity)
    elif letter.ends_on < today:
        yield found(FindingCode.A5_EXPIRED, Step.LETTER, day=letter.ends_on.isoformat())


def _signature(draft: Draft, letter: Letter) -> Iterator[Finding]:
    """A6: signed by the principal; by seal and legal representative for an enterprise."""
    is_enterprise = draft.merchant is not None and draft.merchant.type is MerchantType.ENTERPRISE
    if not is_enterprise:
        if not letter.is_signed:
            yield found(FindingCode.A6_UNSIGNED, Step.LETTER)
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
            yield found(FindingCode.A7_MINOR, Step.PRESENTER_ID)
        elif age < 18:
            yield found(FindingCode.A7_CAPACITY, Step.PRESENTER_ID)


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


def _spent(draft: Draft, letter: Letter) -> Iterator[Finding]:  # noqa: ARG001 - same shape for all
    """A11, A12: the letter was not used up and not revoked (art. 173)."""
    if draft.letter_used_on is not None:
        yield found(FindingCode.A11_USED, Step.LETTER, day=draft.letter_used_on.isoformat())
    if draft.letter_revoked_on is not None:
        yield found(FindingCode.A12_REVOKED, Step.LETTER, day=draft.letter_revoked_on.isoformat())


def _serial(draft: Draft, letter: Letter) -> Iterator[Finding]:  # noqa: ARG001 - same shape for all
    """A15: the agent did not act for many other principals lately (反电信网络诈骗法 art. 31)."""
    history = draft.agent_history
    if history is not None and history.principals >= SERIAL_AGENT_PRINCIPALS:
        count = str(history.principals)
        yield found(FindingCode.A15_SERIAL_AGENT, Step.LETTER, count=count)


def _alterations(draft: Draft, letter: Letter) -> Iterator[Finding]:  # noqa: ARG001 - same shape
    """A16: what was altered was initialled, and then still seen by a second person."""
    if letter.alterations is Alterations.INITIALLED:
        yield found(FindingCode.A16_ALTERED, Step.LETTER)
    if letter.alterations is Alterations.PLAIN:
        yield found(FindingCode.A16_ALTERED, Step.LETTER, Severity.BLOCK)


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
    if letter.kind not in rules.callback_for:
        return
    if not is_confirmed_by_principal(draft):
        yield found(FindingCode.A13_NOT_CONFIRMED, Step.EVIDENCE)


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
    _agent,
    _matters,
    _number,
    _signature,
    _joint,
    _third_party,
    _spent,
    _serial,
    _alterations,
)
