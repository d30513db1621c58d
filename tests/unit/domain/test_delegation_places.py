"""The delegation engine: which letters are taken, and where its findings come up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.checks import Finding, FindingCode, Severity
from counter_app.domain.delegation import delegation_findings
from counter_app.domain.delegation_letter import (
    Alterations,
    IssuingPlace,
    LetterKind,
    LetterPrincipal,
    Matter,
    NamedAgent,
)
from counter_app.domain.draft import (
    AgentHistory,
    Callback,
    CallbackOutcome,
    CallbackTo,
    Draft,
    NumberHolder,
)
from counter_app.domain.identity_document import CaptureMethod, Owner
from counter_app.domain.step import Step
from tests.unit.domain import cases as c

BLOCK, REVIEW = Severity.BLOCK, Severity.REVIEW
DAY = timedelta(days=1)


TWO = (NamedAgent("样本乙", c.AGENT_ID), NamedAgent("样本丙", c.ELDER_ID))


def _of(**letter: object) -> dict[str, Severity]:
    return c.codes(c.delegated(letter=c.letter(**letter)))


def _found(draft: Draft, code: FindingCode) -> Finding:
    findings = delegation_findings(draft, c.PACK, c.TODAY)
    return next(finding for finding in findings if finding.code is code)


# The letter itself


def test_no_letter_or_a_copy_of_one_is_no_letter() -> None:
    assert c.codes(c.delegated(letter=None, is_letter_missing=True)) == {
        "MATERIAL.letter_missing": BLOCK
    }
    assert _of(is_original=False) == {"MATERIAL.letter_missing": BLOCK}
    assert not c.codes(c.delegated(letter=None, callback=None))


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_pack_says_which_letters_it_takes(kind: LetterKind) -> None:
    pack = replace(c.PACK, letters=frozenset({kind}))
    signed = c.codes(c.delegated(), pack)
    notarised = c.codes(c.delegated(letter=c.notarised()), pack)
    missing = {"MATERIAL.letter_missing": BLOCK}
    assert signed == ({} if kind is LetterKind.SIGNED else missing)
    assert notarised == ({} if kind is LetterKind.NOTARISED else missing)


# Where and with which facts


@pytest.mark.parametrize(
    ("draft", "code", "step", "facts"),
    [
        (
            c.delegated(letter=c.letter(ends_on=date(2026, 11, 22))),
            FindingCode.A5_EXPIRED,
            Step.LETTER,
            {"day": "2026-11-22"},
        ),
        (
            c.delegated(letter=c.letter(starts_on=date(2026, 11, 24))),
            FindingCode.A5_NOT_STARTED,
            Step.LETTER,
            {"day": "2026-11-24"},
        ),
        (
            c.delegated(letter_used_on=c.TODAY),
            FindingCode.A11_USED,
            Step.LETTER,
            {"day": "2026-11-23"},
        ),
        (
            c.delegated(letter_revoked_on=c.TODAY),
            FindingCode.A12_REVOKED,
            Step.LETTER,
            {"day": "2026-11-23"},
        ),
        (
            c.delegated(agent_history=AgentHistory(4)),
            FindingCode.A15_SERIAL_AGENT,
            Step.LETTER,
            {"count": "4"},
        ),
        (
            c.delegated(letter=c.notarised(issued_in=IssuingPlace.TAIWAN)),
            FindingCode.A14_CHANNEL_MISSING,
            Step.LETTER,
            {"place": "taiwan"},
        ),
        (
            c.delegated(letter=c.letter(new_number="13900000003")),
            FindingCode.A4_NUMBER_DIFFERS,
            Step.NEW_NUMBER,
            {},
        ),
        (
            c.delegated(letter=c.letter(new_number=None)),
            FindingCode.A4_NUMBER_MISSING,
            Step.LETTER,
            {},
        ),
        (
            c.delegated(new_number=c.new_number(holder=NumberHolder.AGENT)),
            FindingCode.A10_THIRD_PARTY_NUMBER,
            Step.NEW_NUMBER,
            {},
        ),
        (c.delegated(callback=None), FindingCode.A13_NOT_CONFIRMED, Step.EVIDENCE, {}),
        (
            c.delegated(callback=Callback(CallbackTo.ON_FILE, CallbackOutcome.DENIED)),
            FindingCode.A13_NOT_CONFIRMED,
            Step.EVIDENCE,
            {},
        ),
    ],
)
def test_a_finding_says_where_and_what(
    draft: Draft, code: FindingCode, step: Step, facts: dict[str, str]
) -> None:
    finding = _found(draft, code)
    assert finding.step == step
    assert dict(finding.facts) == facts


@pytest.mark.parametrize(
    "changes",
    [
        {"principal": LetterPrincipal("样本丙")},
        {"agents": (NamedAgent("样本丙", c.ELDER_ID),)},
        {"agents": TWO},
        {"matters": frozenset()},
        {"matters": frozenset({Matter.EVERYTHING})},
        {"merchant_no": "1"},
        {"ends_on": None},
        {"is_signed": False},
        {"alterations": Alterations.PLAIN},
        {"alterations": Alterations.INITIALLED},
        {"is_original": False},
        {"kind": LetterKind.NOTARISED, "notary": None},
        {"kind": LetterKind.NOTARISED, "notary": c.notarised(is_verified=False).notary},
        {"kind": LetterKind.NOTARISED, "notary": c.notarised(purpose_covers=False).notary},
    ],
)
def test_faults_of_the_letter_come_up_at_the_letter(changes: dict[str, object]) -> None:
    findings = c.assess(c.delegated(letter=c.letter(**changes))).findings
    assert {finding.step for finding in findings} == {Step.LETTER}


def test_faults_of_a_companys_letter_come_up_at_the_letter() -> None:
    draft = c.company_delegated()
    assert draft.letter is not None
    bare = replace(draft.letter, has_company_seal=False, is_signed_by_legal_representative=False)
    assert {finding.step for finding in c.assess(replace(draft, letter=bare)).findings} == {
        Step.LETTER
    }


def test_an_agents_age_comes_up_with_what_else_is_wrong_with_his_authority() -> None:
    for number in (c.FOURTEEN, c.SIXTEEN):
        agent = c.document(
            Owner.AGENT,
            number=number,
            born_on=None,
            captured_by=CaptureMethod.CHIP,
            valid_from=None,
        )
        draft = c.delegated(documents=(agent, c.principals_copy()), letter=None)
        assert {finding.step for finding in c.assess(draft).findings} == {Step.LETTER}
