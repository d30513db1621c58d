"""The second person: when one is needed, and which acts count (R29, 双人复核)."""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.checks import Finding, FindingCode, found, needs_review
from counter_app.domain.draft import Draft, Review, ReviewDecision
from counter_app.domain.identity_document import CaptureMethod
from counter_app.domain.risk import Risk, RiskBand
from counter_app.domain.step import Step

INVALID_ACTS = frozenset(
    {
        FindingCode.REVIEW_SAME_PERSON,
        FindingCode.REVIEW_STALE_SESSION,
        FindingCode.REVIEW_NO_REASON,
    }
)
"""Findings that void an act of review without stopping the case."""


def review_findings(draft: Draft) -> Iterator[Finding]:
    """Yield why acts of the second person do not count."""
    for review in draft.reviews:
        code = fault_of(review, draft)
        if code is not None:
            yield found(code, Step.REVIEW)


def fault_of(review: Review, draft: Draft) -> FindingCode | None:
    """Return why an act does not count, or None when it does."""
    if review.by == draft.clerk_id or review.by in draft.handlers:
        return FindingCode.REVIEW_SAME_PERSON
    if not review.is_fresh:
        return FindingCode.REVIEW_STALE_SESSION
    if not review.reason.strip():
        return FindingCode.REVIEW_NO_REASON
    return None


def is_review_needed(draft: Draft, findings: tuple[Finding, ...], risk: Risk) -> bool:
    """Say whether the case may be accepted only with a second person.

    For any delegated case, any terminal swap, any typed document, any finding of severity
    review, and any medium or high risk.
    """
    is_typed = any(document.captured_by is CaptureMethod.TYPED for document in draft.documents)
    return (
        draft.is_delegated
        or draft.is_swap_wanted
        or is_typed
        or needs_review(findings)
        or risk.band is not RiskBand.LOW
    )


def is_approved(draft: Draft, risk: Risk) -> bool:
    """Say whether a valid approval of what the draft says now is there.

    A high band needs a centre manager's.
    """
    return any(
        review.decision is ReviewDecision.APPROVE
        and (review.is_manager or risk.band is not RiskBand.HIGH)
        for review in valid_reviews(draft)
    )


def valid_reviews(draft: Draft) -> tuple[Review, ...]:
    """Return the acts that count, since the draft last changed."""
    current = draft.reviews[draft.reviews_from :]
    return tuple(review for review in current if fault_of(review, draft) is None)


def approver(draft: Draft, risk: Risk) -> str | None:
    """Return the account whose approval carries the case, or None."""
    for review in valid_reviews(draft):
        is_enough = review.is_manager or risk.band is not RiskBand.HIGH
        if review.decision is ReviewDecision.APPROVE and is_enough:
            return review.by
    return None
