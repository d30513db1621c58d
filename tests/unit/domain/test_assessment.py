"""The whole of the rules: order, packs, the counter itself, the second person, papers, days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from counter_app.domain.account import Account, Role
from counter_app.domain.checks import (
    DEFAULT_SEVERITY,
    MAY_BE_LOWERED,
    FindingCode,
    Severity,
    found,
    needs_review,
)
from counter_app.domain.counter_facts import day_of
from counter_app.domain.draft import Consent, Draft, Knowledge, Review, ReviewDecision
from counter_app.domain.identity_document import CaptureMethod, Owner
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.refusal import can_be_mended_here, papers_for_refusal
from counter_app.domain.review import approver, fault_of, valid_reviews
from counter_app.domain.risk import RiskBand
from counter_app.domain.step import Step
from tests.unit.domain import cases as c

BLOCK, REVIEW, WARN = Severity.BLOCK, Severity.REVIEW, Severity.WARN
HIGH = c.in_person(is_coached=True, knowledge=Knowledge.FAILED, rejected_reason=None)


def test_every_code_has_a_severity() -> None:
    assert set(DEFAULT_SEVERITY) == set(FindingCode)
    assert [severity.rank for severity in (WARN, REVIEW, BLOCK)] == [0, 1, 2]


def test_findings_come_in_the_order_of_the_steps() -> None:
    draft = c.delegated(
        consents=frozenset(),
        callback=None,
        is_settlement_confirmed=False,
        letter=c.letter(is_signed=False),
        documents=(c.document(Owner.AGENT, face_matches=False), c.principals_copy()),
    )
    steps = [Step(finding.step).rank for finding in c.assess(draft).findings]
    assert steps == sorted(steps)
    assert len(steps) == 5


def test_a_pack_raises_any_severity_and_lowers_only_some() -> None:
    for code in FindingCode:
        for wanted in Severity:
            pack = replace(c.PACK, severities={code: wanted})
            got = pack.adjusted(found(code, Step.TERMINAL)).severity
            is_lower = wanted.rank < DEFAULT_SEVERITY[code].rank
            is_kept = is_lower and code not in MAY_BE_LOWERED
            assert got is (DEFAULT_SEVERITY[code] if is_kept else wanted)


def test_a_severity_that_the_circumstances_raised_is_not_lowered() -> None:
    pack = replace(c.PACK, severities={FindingCode.PHONE_SHARED: REVIEW})
    raised = found(FindingCode.PHONE_SHARED, Step.NEW_NUMBER, BLOCK)
    assert pack.adjusted(raised).severity is BLOCK


def test_a_block_is_no_review() -> None:
    warn, review = (
        found(FindingCode(code), Step.DONE) for code in ("ID.rare_character", "A3.unclear")
    )
    block = found(FindingCode.A11_USED, Step.DONE)
    assert [needs_review(some) for some in ((), (warn, block), (review,))] == [False, False, True]


@pytest.mark.parametrize(
    ("given", "is_missing"),
    [
        (None, False),
        (frozenset(Consent), False),
        (frozenset({Consent.NOTICE}), True),
        (frozenset({Consent.SENSITIVE}), True),
        (frozenset(), True),
    ],
)
def test_both_consents_are_needed(given: frozenset[Consent] | None, is_missing: bool) -> None:
    assert c.codes(c.in_person(consents=given)) == (
        {"CONSENT.missing": BLOCK} if is_missing else {}
    )


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), "COUNTER.clock"),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), None),
        (datetime(2027, 12, 31, 15, 59, tzinfo=UTC), None),
        (datetime(2027, 12, 31, 16, 0, tzinfo=UTC), "COUNTER.rules_expired"),
    ],
)
def test_rules_are_in_force_between_days_of_shanghai(now: datetime, code: str | None) -> None:
    draft = c.in_person(documents=(), merchant=None)
    assert set(c.codes(draft, now=now)) == ({code} if code else set())


def test_the_counters_own_troubles_stop_every_case() -> None:
    wrong_clock = c.desk(is_clock_wrong=True).assess(c.in_person())
    old_queue = c.desk(is_queue_too_old=True).assess(c.in_person())
    assert [finding.code.value for finding in wrong_clock.stopping()] == ["COUNTER.clock"]
    assert [finding.code.value for finding in old_queue.stopping()] == ["COUNTER.queue_too_old"]


def test_the_day_is_shanghais() -> None:
    assert day_of(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)
    assert day_of(datetime(2026, 11, 22, 15, 59, tzinfo=UTC)) == date(2026, 11, 22)


# The second person


@pytest.mark.parametrize(
    ("draft", "is_needed"),
    [
        (c.in_person(), False),
        (c.delegated(), True),
        (c.in_person(is_swap_wanted=True, swap_to_sn=c.OTHER_SN, is_swap_sn_known=False), True),
        (c.in_person(documents=(c.document(captured_by=CaptureMethod.TYPED),)), True),
        (c.in_person(documents=(c.document(captured_by=CaptureMethod.CAMERA),)), True),
        (c.in_person(is_coached=True), True),
        (HIGH, True),
        (c.in_person(new_number=c.new_number(number="17100000000", repeated=None)), False),
    ],
)
def test_a_second_person_is_needed_where_the_table_says(draft: Draft, is_needed: bool) -> None:
    assessment = c.assess(draft)
    assert assessment.is_review_needed is is_needed
    assert assessment.may_be_accepted is not is_needed
    act = c.approved(draft, is_manager=True)
    assert c.assess(act).may_be_accepted


def test_a_typed_document_is_reviewed_even_where_a_pack_thinks_less_of_it() -> None:
    pack = replace(c.PACK, severities={FindingCode.ID_WEAK_CAPTURE: WARN})
    typed = c.in_person(documents=(c.document(captured_by=CaptureMethod.TYPED),))
    camera = c.in_person(documents=(c.document(captured_by=CaptureMethod.CAMERA),))
    assert c.assess(typed, pack).is_review_needed
    assert not c.assess(camera, pack).is_review_needed


ACT = Review("s01", ReviewDecision.APPROVE, "已核对")


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        (ACT, None),
        (replace(ACT, by="c01"), FindingCode.REVIEW_SAME_PERSON),
        (replace(ACT, by="c00"), FindingCode.REVIEW_SAME_PERSON),
        (replace(ACT, is_fresh=False), FindingCode.REVIEW_STALE_SESSION),
        (replace(ACT, reason=""), FindingCode.REVIEW_NO_REASON),
        (replace(ACT, reason=" \u3000"), FindingCode.REVIEW_NO_REASON),
    ],
)
def test_an_act_counts_from_another_fresh_person_with_a_reason(
    act: Review, fault: FindingCode | None
) -> None:
    draft = c.delegated(handlers=("c00",), reviews=(act,))
    assert fault_of(act, draft) is fault
    assessment = c.assess(draft)
    assert set(c.codes(draft)) == ({fault.value} if fault else set())
    assert assessment.stopping() == ()
    assert assessment.may_be_accepted is (fault is None)
    assert approver(draft, assessment.risk) == (None if fault else "s01")


@pytest.mark.parametrize("decision", [ReviewDecision.RETURN, ReviewDecision.REFUSE])
def test_only_an_approval_approves(decision: ReviewDecision) -> None:
    assert not c.assess(c.approved(c.delegated(), decision=decision)).may_be_accepted


def test_a_high_band_needs_a_centre_manager() -> None:
    assert c.assess(HIGH).risk.band is RiskBand.MEDIUM
    high = replace(HIGH, documents=(c.document(captured_by=CaptureMethod.CAMERA),))
    assert c.assess(high).risk.band is RiskBand.HIGH
    assert not c.assess(c.approved(high)).may_be_accepted
    both = c.approved(c.approved(high), by="m01", is_manager=True)
    assert c.assess(both).may_be_accepted
    assert approver(both, c.assess(both).risk) == "m01"


def test_acts_before_the_last_change_do_not_count() -> None:
    draft = c.approved(c.delegated())
    assert valid_reviews(draft) == draft.reviews
    changed = replace(draft, reviews_from=1)
    assert valid_reviews(changed) == ()
    assert not c.assess(changed).may_be_accepted
    assert c.assess(c.approved(changed, by="s02")).may_be_accepted


def test_no_approval_lifts_a_block() -> None:
    blocked = c.delegated(letter_used_on=c.TODAY)
    assert not c.assess(c.approved(blocked, is_manager=True)).may_be_accepted


def test_who_may_review() -> None:
    def account(*roles: Role) -> Account:
        return Account("s01", "样本", frozenset(roles))

    assert not account(Role.CLERK, Role.AUDITOR, Role.ADMIN).may_review()
    assert account(Role.REVIEWER).may_review()
    assert account(Role.CENTRE_MANAGER).may_review()
    assert account(Role.CENTRE_MANAGER).is_manager()
    assert not account(Role.REVIEWER).is_manager()


# Papers of a refusal


@pytest.mark.parametrize(
    ("codes", "papers"),
    [
        ([], [PaperKind.REFUSAL]),
        (["ID.expired"], [PaperKind.MISSING_LIST]),
        (["MATERIAL.licence_missing", "SETTLEMENT.mismatch"], [PaperKind.MISSING_LIST]),
        (["A13.not_confirmed"], [PaperKind.MISSING_LIST]),
        (["MATERIAL.letter_missing"], [PaperKind.MISSING_LIST, PaperKind.LETTER_FORM]),
        (["A13.not_confirmed", "A5.expired"], [PaperKind.MISSING_LIST, PaperKind.LETTER_FORM]),
        (["PROVIDER.type_not_served"], [PaperKind.REFUSAL]),
        (["ID.expired", "MERCHANT.frozen"], [PaperKind.REFUSAL]),
        (["CASE.in_flight"], [PaperKind.REFUSAL]),
        (["TERMINAL.unknown", "A1.principal_mismatch"], [PaperKind.REFUSAL]),
    ],
)
def test_a_refusal_prints_what_helps(codes: list[str], papers: list[PaperKind]) -> None:
    stopping = tuple(found(FindingCode(code), Step.DONE) for code in codes)
    assert list(papers_for_refusal(stopping)) == papers


@pytest.mark.parametrize(
    ("codes", "can"),
    [
        (["PHONE.format"], True),
        (["PHONE.same_as_old", "COUNTER.clock"], True),
        (["PHONE.format", "A4.number_differs"], False),
        (["ID.expired"], False),
    ],
)
def test_another_number_mends_what_is_wrong_with_a_number(codes: list[str], can: bool) -> None:
    stopping = tuple(found(FindingCode(code), Step.DONE) for code in codes)
    assert can_be_mended_here(stopping) is can
