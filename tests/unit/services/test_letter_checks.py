"""The sixteen checks as the clerk reads them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from counter_app.domain.checks import FindingCode, Severity, found
from counter_app.domain.delegation_letter import LetterKind
from counter_app.domain.draft import (
    AgentHistory,
    Callback,
    CallbackOutcome,
    CallbackTo,
    Draft,
    NewNumber,
    PresenterRole,
)
from counter_app.domain.identity_document import CaptureMethod, IdentityDocument, Owner
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.reading import (
    Box,
    DocumentKind,
    FieldName,
    FieldRead,
    MarkName,
    MarkRead,
    Reading,
    TickName,
    TickRead,
)
from counter_app.domain.step import Step
from counter_app.services.letter_checks import (
    CheckedFact,
    CheckVerdict,
    LetterCheck,
    checked_facts,
    regions_of,
)
from counter_app.services.letter_proposal import blank_letter

DRAFT = Draft("case", "req", "c01", datetime(2026, 11, 23, 2, tzinfo=UTC))
AGENT = IdentityDocument(
    Owner.AGENT, DocumentType.RESIDENT_ID, "110199198811020021", "王芳", CaptureMethod.CHIP
)
WHOLE = replace(
    DRAFT,
    presenter=PresenterRole.AGENT,
    documents=(AGENT,),
    letter=blank_letter(),
    is_letter_looked_up=True,
    agent_history=AgentHistory(),
    new_number=NewNumber("13900000002"),
    callback=Callback(CallbackTo.ON_FILE, CallbackOutcome.CONFIRMED),
)


def fact(check: LetterCheck, facts: tuple[CheckedFact, ...]) -> CheckedFact:
    return next(item for item in facts if item.check is check)


def test_every_check_is_open_before_the_letter_is_confirmed() -> None:
    facts = checked_facts(DRAFT, ())
    assert [item.check for item in facts] == list(LetterCheck)
    assert {item.verdict for item in facts} == {CheckVerdict.OPEN}


def test_a_letter_nothing_is_said_against_is_good_throughout() -> None:
    assert {item.verdict for item in checked_facts(WHOLE, ())} == {CheckVerdict.GOOD}


@pytest.mark.parametrize(
    ("missing", "checks"),
    [
        ({"documents": ()}, {LetterCheck.A2, LetterCheck.A7}),
        ({"new_number": None}, {LetterCheck.A4, LetterCheck.A10}),
        ({"is_letter_looked_up": False}, {LetterCheck.A11, LetterCheck.A12}),
        ({"callback": None}, {LetterCheck.A13}),
        ({"agent_history": None}, {LetterCheck.A15}),
    ],
)
def test_what_is_decided_later_stays_open(
    missing: dict[str, object], checks: set[LetterCheck]
) -> None:
    facts = checked_facts(replace(WHOLE, **missing), ())
    assert {item.check for item in facts if item.verdict is CheckVerdict.OPEN} == checks


def test_the_worst_finding_decides_and_a1_is_not_taken_for_a10() -> None:
    mild = found(FindingCode.A10_THIRD_PARTY_NUMBER, Step.NEW_NUMBER, Severity.REVIEW)
    hard = found(FindingCode.A10_THIRD_PARTY_NUMBER, Step.NEW_NUMBER, Severity.BLOCK)
    facts = checked_facts(WHOLE, (mild, hard))
    assert fact(LetterCheck.A10, facts) == CheckedFact(LetterCheck.A10, CheckVerdict.STOP, hard)
    assert fact(LetterCheck.A1, facts).verdict is CheckVerdict.GOOD
    assert fact(LetterCheck.A10, checked_facts(WHOLE, (mild,))).verdict is CheckVerdict.CAUTION


def test_the_call_to_the_principal_is_open_until_it_was_made() -> None:
    awaited = found(FindingCode.A13_NOT_CONFIRMED, Step.EVIDENCE, Severity.REVIEW)
    before = replace(WHOLE, callback=None)
    assert fact(LetterCheck.A13, checked_facts(before, (awaited,))).verdict is CheckVerdict.OPEN
    after = replace(WHOLE, callback=Callback(CallbackTo.ON_FILE, CallbackOutcome.NO_ANSWER))
    assert fact(LetterCheck.A13, checked_facts(after, (awaited,))).verdict is CheckVerdict.CAUTION


def test_a_notarised_letter_needs_no_call() -> None:
    letter = replace(blank_letter(), kind=LetterKind.NOTARISED)
    facts = checked_facts(replace(WHOLE, letter=letter, callback=None), ())
    assert fact(LetterCheck.A13, facts).verdict is CheckVerdict.GOOD


def test_a_check_points_at_what_was_found_for_it() -> None:
    boxes = [Box(at, at, at + 5, at + 5) for at in range(6)]
    reading = Reading(
        DocumentKind.LETTER,
        fields=(
            FieldRead(FieldName.PRINCIPAL_NAME, "李明", 0.9, boxes[0]),
            FieldRead(FieldName.PRINCIPAL_DOCUMENT, "1", 0.9, None),
            FieldRead(FieldName.AGENT_NAME, "王芳", 0.9, boxes[1]),
        ),
        ticks=(TickRead(TickName.CHANGE_PHONE, is_ticked=True, ink_share=0.5, box=boxes[2]),),
        marks=(
            MarkRead(MarkName.PRINCIPAL_SIGNATURE, is_present=True, share=0.2, box=boxes[3]),
            MarkRead(MarkName.SEAL, is_present=False, share=0.0, box=boxes[4]),
        ),
        alterations=(boxes[5],),
    )
    assert regions_of(LetterCheck.A1, reading) == (boxes[0],)
    assert regions_of(LetterCheck.A3, reading) == (boxes[2],)
    assert regions_of(LetterCheck.A6, reading) == (boxes[3],)
    assert regions_of(LetterCheck.A16, reading) == (boxes[5],)
    assert regions_of(LetterCheck.A13, reading) == ()
