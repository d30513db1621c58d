"""Who acts for the principal: named agents, and substitutes with a letter of their own (A2, A9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.checks import Severity
from counter_app.domain.delegation_letter import (
    Alterations,
    Letter,
    LetterPrincipal,
    Matter,
    NamedAgent,
)
from counter_app.domain.draft import Draft
from counter_app.domain.identity_document import Owner
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.step import Step
from counter_app.domain.substitution import is_substituted
from tests.unit.domain import cases as c

BLOCK, REVIEW = Severity.BLOCK, Severity.REVIEW
GIVER = NamedAgent("样本丙", c.ELDER_ID)
SECOND = c.letter(
    digest="L-2",
    principal=LetterPrincipal("样本丙", id_number=c.ELDER_ID),
    agents=(NamedAgent("样本乙", c.AGENT_ID),),
)


def substituted(second: Letter | None, **changes: object) -> Draft:
    """Return the visit of a substitute whom the named agent sent."""
    return c.delegated(
        letter=c.letter(agents=(GIVER,), allows_substitution=True),
        substitution_letter=second,
        is_substitution_looked_up=second is not None,
        **changes,
    )


@pytest.mark.parametrize(
    ("is_allowed", "second", "expected"),
    [
        (True, SECOND, set()),
        (True, replace(SECOND, agents=(GIVER,)), {"A2.agent_mismatch"}),
        (True, None, {"A2.agent_mismatch"}),
        (False, SECOND, {"A2.agent_mismatch", "A9.no_substitution"}),
    ],
)
def test_a9_a_substitute_needs_leave_and_a_letter_of_his_own(
    is_allowed: bool, second: Letter | None, expected: set[str]
) -> None:
    letter = c.letter(agents=(GIVER,), allows_substitution=is_allowed)
    draft = replace(substituted(second), letter=letter)
    assert set(c.codes(draft)) == expected
    assert {finding.step for finding in c.assess(draft).findings} <= {Step.LETTER}
    assert is_substituted(draft) is is_allowed


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        (
            {"principal": LetterPrincipal("样本丁", id_number=c.ELDER_ID)},
            "A9.no_substitution",
            BLOCK,
        ),
        (
            {"principal": LetterPrincipal("样本丙", id_number=c.PRINCIPAL_ID)},
            "A9.no_substitution",
            BLOCK,
        ),
        ({"principal": LetterPrincipal("样本丙")}, "A9.no_substitution", BLOCK),
        ({"is_original": False}, "MATERIAL.letter_missing", BLOCK),
        ({"matters": frozenset({Matter.COLLECT_RECEIPT})}, "A3.not_covered", BLOCK),
        ({"matters": frozenset({Matter.EVERYTHING})}, "A3.unclear", REVIEW),
        ({"merchant_no": "102110054990009"}, "A3.not_covered", BLOCK),
        ({"new_number": "13900000003"}, "A4.number_differs", BLOCK),
        ({"is_signed": False}, "A6.unsigned", BLOCK),
        ({"ends_on": date(2026, 11, 22)}, "A5.expired", BLOCK),
        ({"starts_on": date(2026, 11, 24)}, "A5.not_started", BLOCK),
        ({"ends_on": None}, "A5.no_end", BLOCK),
        ({"alterations": Alterations.PLAIN}, "A16.altered", BLOCK),
        ({"alterations": Alterations.INITIALLED}, "A16.altered", REVIEW),
    ],
)
def test_a9_the_second_letter_is_judged_like_the_first(
    changes: dict[str, object], code: str, severity: Severity
) -> None:
    draft = substituted(replace(SECOND, **changes))  # type: ignore[arg-type]  # field names
    assert c.codes(draft) == {code: severity}
    step = Step.NEW_NUMBER if code == "A4.number_differs" else Step.LETTER
    assert {finding.step for finding in c.assess(draft).findings} == {step}


def test_a9_the_second_letter_need_not_repeat_the_number() -> None:
    assert not c.codes(substituted(replace(SECOND, new_number=None)))
    assert not c.codes(substituted(SECOND, new_number=None))


def test_a9_a_used_or_revoked_second_letter_carries_nothing() -> None:
    used = substituted(SECOND, substitution_used_on=date(2026, 10, 1))
    assert set(c.codes(used)) == {"A11.used"}
    revoked = substituted(SECOND, substitution_revoked_on=date(2026, 10, 1))
    assert set(c.codes(revoked)) == {"A12.revoked"}


def test_a9_a_second_letter_nobody_needs_changes_nothing() -> None:
    draft = c.delegated(substitution_letter=replace(SECOND, is_signed=False))
    assert not c.codes(draft)
    assert not is_substituted(draft)
    assert not is_substituted(c.in_person())


def test_a2_everybody_who_acts_as_agent_is_named() -> None:
    stranger = c.document(
        Owner.AGENT, number=c.ELDER_ID, name="样本丙", born_on=None, valid_from=None
    )
    draft = c.delegated()
    draft = replace(draft, documents=(*draft.documents, stranger))
    assert set(c.codes(draft)) == {"A2.agent_mismatch", "A9.no_substitution"}


def test_a2_a_further_document_of_the_same_agent_needs_no_name_of_its_own() -> None:
    passport = c.document(Owner.AGENT, type=DocumentType.PASSPORT, number="E12345678")
    draft = c.delegated()
    draft = replace(draft, documents=(*draft.documents, passport))
    assert not c.codes(draft)
