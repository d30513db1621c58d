"""Review afterwards (事后复核): what was drawn at acceptance waits for another person's look.

The merchant is never told: nothing of it is printed or sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.accounts import Authorisation
from counter_app.ports.clock import Clock
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import StoredCase
from counter_app.services.draft_codec import decode

WAITING_NOTE = "post_review.waiting"
GONE = frozenset({CaseState.VOIDED, CaseState.SUPERSEDED})


class PostVerdict(StrEnum):
    """What the look afterwards came to; a doubtful case is withdrawn or corrected as any other."""

    GOOD = "good"
    DOUBTFUL = "doubtful"


def mark(unit: Unit, case_id: str, now: datetime, by: str) -> None:
    """Put an accepted case on the list, in the transaction that accepts it."""
    unit.journal(JournalEntry(now, by, JournalAction.SAMPLED, case_id))
    _remember(unit, (*_noted(unit), case_id))


@dataclass(frozen=True, slots=True)
class PostReview:
    """The list of cases to look at afterwards."""

    store: CaseStore
    clock: Clock

    def waiting(self) -> tuple[StoredCase, ...]:
        """Return the cases that wait, longest first; voided and corrected ones need no look."""
        with self.store.view() as unit:
            cases = tuple(unit.load(case_id) for case_id in _noted(unit))
        return tuple(case for case in cases if case.state not in GONE)

    def judge(self, case_id: str, proof: Authorisation, verdict: PostVerdict) -> None:
        """Note what the look came to, and by whom.

        Raises:
            CounterError: CASE_UNKNOWN when the case does not wait; SECOND_PERSON for whoever
                handled it or proved it too long ago; ROLE_MISSING.
        """
        now, who = self.clock.now(), proof.account.account_id
        case = next((case for case in self.waiting() if case.case_id == case_id), None)
        if case is None:
            raise CounterError(FailureCode.CASE_UNKNOWN)
        handlers = decode(case.draft).handlers if case.purged_at is None else ()
        if who in {case.clerk_id, *handlers}:
            raise CounterError(FailureCode.SECOND_PERSON, cause="same_person")
        if not proof.is_fresh(now):
            raise CounterError(FailureCode.SECOND_PERSON, cause="stale")
        if not proof.account.may_review():
            raise CounterError(FailureCode.ROLE_MISSING)
        facts = (("verdict", verdict.value),)
        with self.store.begin() as unit:
            unit.journal(JournalEntry(now, who, JournalAction.POST_REVIEWED, case_id, facts))
            _remember(unit, tuple(one for one in _noted(unit) if one != case_id))


def _noted(unit: Unit) -> tuple[str, ...]:
    return tuple((unit.recall(WAITING_NOTE) or "").split())


def _remember(unit: Unit, case_ids: tuple[str, ...]) -> None:
    unit.remember(WAITING_NOTE, " ".join(case_ids))
