"""The sixteen checks of a delegation letter as the clerk reads them: one verdict each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.checks import Finding, FindingCode, Severity
from counter_app.domain.delegation_letter import Letter, LetterKind
from counter_app.domain.draft import Draft
from counter_app.domain.identity_document import Owner
from counter_app.domain.reading import Box, FieldName, MarkName, Reading, TickName


class LetterCheck(StrEnum):
    """The checks in their order (DOMAIN §3.1)."""

    A1 = "A1"
    A2 = "A2"
    A3 = "A3"
    A4 = "A4"
    A5 = "A5"
    A6 = "A6"
    A7 = "A7"
    A8 = "A8"
    A9 = "A9"
    A10 = "A10"
    A11 = "A11"
    A12 = "A12"
    A13 = "A13"
    A14 = "A14"
    A15 = "A15"
    A16 = "A16"


class CheckVerdict(StrEnum):
    """What is shown beside a check: ○, ✓, ▲ or ✕."""

    OPEN = "open"
    GOOD = "good"
    CAUTION = "caution"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class CheckedFact:
    """One check, its verdict and the finding that decides it, if there is one."""

    check: LetterCheck
    verdict: CheckVerdict
    finding: Finding | None = None


FIELDS_OF: dict[LetterCheck, frozenset[FieldName]] = {
    LetterCheck.A1: frozenset(
        {
            FieldName.PRINCIPAL_NAME,
            FieldName.PRINCIPAL_DOCUMENT,
            FieldName.PRINCIPAL_REPRESENTATIVE,
        }
    ),
    LetterCheck.A2: frozenset({FieldName.AGENT_NAME, FieldName.AGENT_DOCUMENT}),
    LetterCheck.A3: frozenset({FieldName.MERCHANT_NUMBER, FieldName.OTHER_MATTER}),
    LetterCheck.A4: frozenset({FieldName.NEW_PHONE, FieldName.NEW_PHONE_IN_WORDS}),
    LetterCheck.A5: frozenset({FieldName.TERM_FROM, FieldName.TERM_UNTIL}),
    LetterCheck.A6: frozenset({FieldName.PRINCIPAL_SIGNED_ON}),
    LetterCheck.A14: frozenset(
        {FieldName.NOTARY_NUMBER, FieldName.NOTARY_OFFICE, FieldName.NOTARY_DATE}
    ),
}
MARKS_OF: dict[LetterCheck, frozenset[MarkName]] = {
    LetterCheck.A6: frozenset(
        {MarkName.PRINCIPAL_SIGNATURE, MarkName.SEAL, MarkName.REPRESENTATIVE_SEAL}
    ),
}
TICKS_OF: dict[LetterCheck, frozenset[TickName]] = {
    LetterCheck.A3: frozenset(
        {TickName.CHANGE_PHONE, TickName.COLLECT_TERMINAL, TickName.COLLECT_RECEIPT}
    ),
}


def checked_facts(draft: Draft, findings: tuple[Finding, ...]) -> tuple[CheckedFact, ...]:
    """Return every check in order with its verdict.

    A check is OPEN while the letter was not confirmed, or while what decides it comes later
    (the call to the principal, the number the customer enters, a look-up).
    """
    return tuple(_checked(check, draft, findings) for check in LetterCheck)


def regions_of(check: LetterCheck, reading: Reading) -> tuple[Box, ...]:
    """Return where on the picture a check's facts were found."""
    fields = FIELDS_OF.get(check, frozenset())
    marks = MARKS_OF.get(check, frozenset())
    ticks = TICKS_OF.get(check, frozenset())
    found = (
        *(read.box for read in reading.fields if read.name in fields),
        *(mark.box for mark in reading.marks if mark.name in marks and mark.is_present),
        *(tick.box for tick in reading.ticks if tick.name in ticks and tick.is_ticked),
        *(reading.alterations if check is LetterCheck.A16 else ()),
    )
    return tuple(box for box in found if box is not None)


def _checked(check: LetterCheck, draft: Draft, findings: tuple[Finding, ...]) -> CheckedFact:
    own = [finding for finding in findings if finding.code.startswith(f"{check}.")]
    worst = max(own, key=lambda finding: finding.severity.rank, default=None)
    letter = draft.letter
    if worst is not None and not _is_awaited_call(worst, draft):
        is_stop = worst.severity is Severity.BLOCK
        return CheckedFact(check, CheckVerdict.STOP if is_stop else CheckVerdict.CAUTION, worst)
    if letter is None or _is_open(check, draft, letter):
        return CheckedFact(check, CheckVerdict.OPEN)
    return CheckedFact(check, CheckVerdict.GOOD)


def _is_awaited_call(finding: Finding, draft: Draft) -> bool:
    return finding.code is FindingCode.A13_NOT_CONFIRMED and draft.callback is None


def _is_open(check: LetterCheck, draft: Draft, letter: Letter) -> bool:
    match check:
        case LetterCheck.A2 | LetterCheck.A7:
            return draft.document_of(Owner.AGENT) is None
        case LetterCheck.A4 | LetterCheck.A10:
            return draft.new_number is None
        case LetterCheck.A11 | LetterCheck.A12:
            return not draft.is_letter_looked_up
        case LetterCheck.A13:
            return draft.callback is None and letter.kind is LetterKind.SIGNED
        case LetterCheck.A15:
            return draft.agent_history is None
        case _:
            return False
