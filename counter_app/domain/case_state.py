"""The states of a case, and which of them may follow which."""

from __future__ import annotations

from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands; the values are those of the rehearsal contract.

    ABANDONED is beside it: nobody went on with an open case until its time to be forgotten came.
    """

    DRAFT = "DRAFT"
    PARKED = "PARKED"
    AWAITING_REVIEW = "AWAITING_REVIEW"
    REFUSED = "REFUSED"
    ADVISED_ONLINE = "ADVISED_ONLINE"
    ACCEPTED_UNPRINTED = "ACCEPTED_UNPRINTED"
    QUEUED = "QUEUED"
    SENT = "SENT"
    ACKED = "ACKED"
    IN_PROCESS = "IN_PROCESS"
    APPLIED = "APPLIED"
    REJECTED = "REJECTED"
    NEED_MORE = "NEED_MORE"
    VOIDED = "VOIDED"
    WITHDRAW_REQUESTED = "WITHDRAW_REQUESTED"
    SUPERSEDED = "SUPERSEDED"
    ABANDONED = "ABANDONED"


OPEN_STATES = frozenset({CaseState.DRAFT, CaseState.PARKED, CaseState.AWAITING_REVIEW})
"""States in which the draft may still change; in every other one the case is immutable."""

_AT_OFFICE = frozenset(
    {CaseState.IN_PROCESS, CaseState.APPLIED, CaseState.REJECTED, CaseState.NEED_MORE}
)
_AFTER = frozenset({CaseState.WITHDRAW_REQUESTED, CaseState.SUPERSEDED})

FOLLOWERS: dict[CaseState, frozenset[CaseState]] = {
    CaseState.DRAFT: frozenset(
        {
            CaseState.PARKED,
            CaseState.AWAITING_REVIEW,
            CaseState.REFUSED,
            CaseState.ADVISED_ONLINE,
            CaseState.ACCEPTED_UNPRINTED,
            CaseState.ABANDONED,
        }
    ),
    CaseState.PARKED: frozenset(
        {CaseState.DRAFT, CaseState.AWAITING_REVIEW, CaseState.REFUSED, CaseState.ABANDONED}
    ),
    CaseState.AWAITING_REVIEW: frozenset(
        {
            CaseState.DRAFT,
            CaseState.PARKED,
            CaseState.REFUSED,
            CaseState.ACCEPTED_UNPRINTED,
            CaseState.ABANDONED,
        }
    ),
    CaseState.REFUSED: frozenset(),
    CaseState.ABANDONED: frozenset(),
    CaseState.ADVISED_ONLINE: frozenset(),
    CaseState.ACCEPTED_UNPRINTED: frozenset(
        {CaseState.QUEUED, CaseState.SENT, CaseState.ACKED, CaseState.VOIDED} | _AT_OFFICE | _AFTER
    ),
    CaseState.QUEUED: frozenset(
        {CaseState.SENT, CaseState.ACKED, CaseState.VOIDED} | _AT_OFFICE | _AFTER
    ),
    CaseState.SENT: frozenset({CaseState.ACKED} | _AT_OFFICE | _AFTER),
    CaseState.ACKED: frozenset(_AT_OFFICE | _AFTER),
    CaseState.IN_PROCESS: frozenset(_AT_OFFICE | _AFTER),
    CaseState.NEED_MORE: frozenset({CaseState.QUEUED} | _AT_OFFICE | _AFTER),
    CaseState.WITHDRAW_REQUESTED: frozenset(_AT_OFFICE | {CaseState.VOIDED, CaseState.SUPERSEDED}),
    CaseState.APPLIED: frozenset({CaseState.SUPERSEDED}),
    CaseState.REJECTED: frozenset({CaseState.SUPERSEDED}),
    CaseState.VOIDED: frozenset({CaseState.SUPERSEDED}),
    CaseState.SUPERSEDED: frozenset(),
}
"""What may follow each state; an answer may overtake the paper and the acknowledgement."""


def may_follow(now: CaseState, then: CaseState) -> bool:
    """Say whether a case in state `now` may go to state `then`."""
    return then in FOLLOWERS[now]
