"""What holds for every draft, whatever it says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.checks import Severity
from counter_app.domain.draft import (
    AgentHistory,
    Draft,
    Knowledge,
    Lookup,
    OldNumberOutcome,
    OldNumberProof,
    ReviewDecision,
)
from counter_app.domain.identity_document import (
    CaptureMethod,
)
from counter_app.domain.review import fault_of, valid_reviews
from counter_app.domain.risk import WEIGHTS, RiskBand, RiskSignal, band_of
from counter_app.domain.step import Step
from counter_app.services.draft_codec import decode, encode
from tests.unit.domain import cases as c
from tests.unit.domain.strategies import FIELDS, drafts

BOUNDED = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@BOUNDED
@given(drafts())
def test_a_block_is_never_accepted_and_without_one_a_manager_can_approve(draft: Draft) -> None:
    assessment = c.assess(draft)
    blocks = [one for one in assessment.findings if one.severity is Severity.BLOCK]
    stopping = [one for one in blocks if not one.code.startswith("REVIEW.")]
    assert list(assessment.stopping()) == stopping
    if stopping:
        assert not assessment.may_be_accepted
    managed = c.approved(draft, by="m09", is_manager=True)
    managed = replace(managed, reviews_from=0)
    assert c.assess(managed).may_be_accepted is (not stopping)


@BOUNDED
@given(drafts())
def test_what_needs_review_needs_another_fresh_person_with_a_reason(draft: Draft) -> None:
    assessment = c.assess(draft)
    reasons = (
        draft.is_delegated
        or draft.is_swap_wanted
        or assessment.risk.band is not RiskBand.LOW
        or any(one.severity is Severity.REVIEW for one in assessment.findings)
        or any(one.captured_by is CaptureMethod.TYPED for one in draft.documents)
    )
    assert assessment.is_review_needed is reasons
    if assessment.may_be_accepted and reasons:
        acts = [one for one in valid_reviews(draft) if one.decision is ReviewDecision.APPROVE]
        assert acts
        assert all(one.by not in {draft.clerk_id, *draft.handlers} for one in acts)
        assert all(one.is_fresh and one.reason.strip() for one in acts)
        assert assessment.risk.band is not RiskBand.HIGH or any(one.is_manager for one in acts)
    invalid = tuple(one for one in draft.reviews if fault_of(one, draft) is not None)
    without = c.assess(replace(draft, reviews=invalid, reviews_from=0))
    assert not (reasons and without.may_be_accepted)


@BOUNDED
@given(drafts())
def test_the_rules_say_the_same_of_the_same_and_name_real_steps(draft: Draft) -> None:
    once, twice = c.assess(draft), c.assess(draft)
    assert once == twice
    assert once.risk.score == sum(WEIGHTS[signal] for signal in once.risk.signals)
    ranks = [Step(one.step).rank for one in once.findings] if once.findings else []
    assert ranks == sorted(ranks)


@BOUNDED
@given(st.frozensets(st.sampled_from(RiskSignal)), st.frozensets(st.sampled_from(RiskSignal)))
def test_more_signals_never_give_a_lower_score_or_band(
    some: frozenset[RiskSignal], others: frozenset[RiskSignal]
) -> None:
    more = some | others
    low, high = (sum(WEIGHTS[signal] for signal in signals) for signals in (some, more))
    assert low <= high
    for floor in RiskBand:
        assert band_of(low, floor, c.PACK).rank <= band_of(high, floor, c.PACK).rank


@BOUNDED
@given(drafts())
def test_a_worse_circumstance_never_lowers_the_risk(draft: Draft) -> None:
    risk = c.assess(draft).risk
    worse = [
        replace(draft, is_coached=True),
        replace(draft, knowledge=Knowledge.FAILED),
        replace(draft, old_number=OldNumberOutcome.DECLINED, old_number_proof=OldNumberProof.NONE),
        replace(draft, agent_history=AgentHistory(9, 9)),
        replace(draft, lookup=Lookup.SEVERAL_MERCHANTS),
    ]
    for changed in worse:
        then = c.assess(changed).risk
        assert risk.signals <= then.signals
        assert (risk.score, risk.band.rank) <= (then.score, then.band.rank)


@BOUNDED
@given(drafts())
def test_a_draft_comes_back_from_the_store_as_it_was(draft: Draft) -> None:
    raw = encode(draft)
    assert decode(raw) == draft
    assert encode(decode(raw)) == raw


def test_every_field_of_a_draft_is_tried() -> None:
    fixed = {"case_id", "request_no", "clerk_id", "started_at", "sn_entered", "terminal"}
    assert set(FIELDS) | fixed == set(Draft.__dataclass_fields__)
