"""Checks of the old and the new number: PHONE.*, OLD.* findings."""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.checks import Finding, FindingCode, Severity, found
from counter_app.domain.draft import (
    CodeOutcome,
    Draft,
    NewNumber,
    OldNumberOutcome,
    OldNumberProof,
)
from counter_app.domain.phone import PhoneClass, SegmentTable, normalised
from counter_app.domain.provider_rules import RulePack
from counter_app.domain.step import Step


def old_number_findings(draft: Draft) -> Iterator[Finding]:
    """Yield what is open about the old number."""
    if is_old_number_unproved(draft):
        yield found(FindingCode.OLD_UNREACHABLE_WITHOUT_PROOF, Step.OLD_NUMBER)


def is_old_number_unproved(draft: Draft) -> bool:
    """Say whether the old number could not be verified and nothing shows why."""
    if draft.old_number is None or draft.old_number is OldNumberOutcome.VERIFIED:
        return False
    return draft.old_number_proof is OldNumberProof.NONE


def new_number_findings(
    draft: Draft, rules: RulePack, segments: SegmentTable, staff_phones: frozenset[str]
) -> Iterator[Finding]:
    """Yield what is wrong with, or to know about, the new number."""
    new = draft.new_number
    if new is None:
        return
    yield from _class_findings(draft, new, rules, segments)
    yield from _equality_findings(draft, new, staff_phones)
    yield from _sharing_findings(new, rules)
    yield from _code_findings(new)


def _class_findings(
    draft: Draft, new: NewNumber, rules: RulePack, segments: SegmentTable
) -> Iterator[Finding]:
    kind = phone_class(draft, new.number, segments)
    refused = Severity.BLOCK if kind in rules.refused_classes else None
    match kind:
        case PhoneClass.MALFORMED:
            yield found(FindingCode.PHONE_FORMAT, Step.NEW_NUMBER)
        case PhoneClass.SATELLITE:
            yield found(FindingCode.PHONE_SATELLITE, Step.NEW_NUMBER)
        case PhoneClass.TERMINAL_SIM:
            yield found(FindingCode.PHONE_TERMINAL_SIM, Step.NEW_NUMBER)
        case PhoneClass.DATA_ONLY:
            is_in_doubt = new.code not in {None, CodeOutcome.PASSED}
            severity = Severity.BLOCK if is_in_doubt else refused
            yield found(FindingCode.PHONE_DATA_ONLY, Step.NEW_NUMBER, severity)
        case PhoneClass.UNASSIGNED:
            listed = segments.listed_on.isoformat()
            yield found(FindingCode.PHONE_UNASSIGNED, Step.NEW_NUMBER, refused, listed=listed)
        case PhoneClass.VIRTUAL_OPERATOR:
            yield found(FindingCode.PHONE_VIRTUAL_OPERATOR, Step.NEW_NUMBER, refused)
        case PhoneClass.MOBILE:  # pragma: no branch - the last of a closed set
            return


def phone_class(draft: Draft, number: str, segments: SegmentTable) -> PhoneClass:
    """Return the class of a number, knowing this merchant's own terminals (DOMAIN S2)."""
    terminals = () if draft.merchant is None else draft.merchant.terminals
    if any(terminal.sim and normalised(terminal.sim) == number for terminal in terminals):
        return PhoneClass.TERMINAL_SIM
    if len(number) == 13 and number.isascii() and number.isdigit() and number[0] == "1":
        return PhoneClass.TERMINAL_SIM
    return segments.classify(number)


def _equality_findings(
    draft: Draft, new: NewNumber, staff_phones: frozenset[str]
) -> Iterator[Finding]:
    if draft.merchant is not None and new.number == normalised(draft.merchant.phone):
        yield found(FindingCode.PHONE_SAME_AS_OLD, Step.NEW_NUMBER)
    if new.repeated is not None and new.repeated != new.number:
        yield found(FindingCode.PHONE_REPEAT_DIFFERS, Step.NEW_NUMBER)
    if new.number in staff_phones:
        yield found(FindingCode.PHONE_STAFF_NUMBER, Step.NEW_NUMBER)


def _sharing_findings(new: NewNumber, rules: RulePack) -> Iterator[Finding]:
    if not new.bound_to:
        return
    is_too_many = len(new.bound_to) > rules.shared_limit and not new.shared_reason.strip()
    severity = Severity.BLOCK if is_too_many else None
    yield found(FindingCode.PHONE_SHARED, Step.NEW_NUMBER, severity, count=str(len(new.bound_to)))


def _code_findings(new: NewNumber) -> Iterator[Finding]:
    if new.code is CodeOutcome.FAILED:
        yield found(FindingCode.PHONE_OTP_FAILED, Step.NEW_NUMBER)
    if new.code is CodeOutcome.NOT_SENT:
        yield found(FindingCode.PHONE_OTP_NOT_SENT, Step.NEW_NUMBER)
