"""Review afterwards (事后复核): what was drawn at acceptance waits for another person's look.

The merchant is never told: nothing of it is printed or sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from counter_app.domain.account import Account
from counter_app.domain.assessment import Assessment
from counter_app.domain.checks import FindingCode
from counter_app.domain.counter_facts import CounterFacts
from counter_app.domain.day_totals import DOUBT_SETTLED, DOUBTFUL_VERDICT, NO_LOOK_NEEDED
from counter_app.domain.draft import Draft
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.state import Desk
from counter_app.ports.accounts import Authorisation
from counter_app.ports.clock import Clock
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import StoredCase
from counter_app.services.draft_codec import decode

WAITING_NOTE = "post_review.waiting"
DOUBTFUL_NOTE = "post_review.doubtful"
"""Note that keeps "<case>:<doubt>:<account>" of each case on which doubt was cast."""

OF_THE_COUNTER = frozenset(
    {
        FindingCode.COUNTER_CLOCK,
        FindingCode.COUNTER_RULES_EXPIRED,
        FindingCode.COUNTER_QUEUE_TOO_OLD,
    }
)


class PostVerdict(StrEnum):
    """What the look afterwards came to; a doubtful case is withdrawn or corrected as any other."""

    GOOD = "good"
    DOUBTFUL = DOUBTFUL_VERDICT


class PostDoubt(StrEnum):
    """Why a case is doubtful; a code, so that the journal can hold it."""

    FIELDS_DIFFER = "fields_differ"
    PICTURE_UNCLEAR = "picture_unclear"
    DOCUMENT_DOUBTFUL = "document_doubtful"
    PERSON_DOUBTFUL = "person_doubtful"
    WILL_DOUBTFUL = "will_doubtful"
    PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True)
class DoubtfulCase:
    """A case on which doubt was cast and nothing has been done yet."""

    case: StoredCase
    doubt: PostDoubt
    by: str


def mark(unit: Unit, case_id: str, now: datetime, by: str) -> None:
    """Put an accepted case on the list, in the transaction that accepts it; once, however often."""
    if case_id in _noted(unit, WAITING_NOTE):
        return
    unit.journal(JournalEntry(now, by, JournalAction.SAMPLED, case_id))
    _remember(unit, WAITING_NOTE, (*_noted(unit, WAITING_NOTE), case_id))


def assessed_then(draft: Draft, desk: Desk, accepted_at: datetime) -> Assessment:
    """Apply the rules as of the acceptance; what concerned only the counter's day is left out.

    Raises:
        CounterError: RULES_MISSING.
    """
    then = CounterFacts(accepted_at, desk.facts.staff_phones)
    assessment = replace(desk, facts=then).assess(draft)
    kept = tuple(one for one in assessment.findings if one.code not in OF_THE_COUNTER)
    return replace(assessment, findings=kept)


@dataclass(frozen=True, slots=True)
class PostReview:
    """The list of cases to look at afterwards."""

    store: CaseStore
    clock: Clock

    def waiting(self) -> tuple[StoredCase, ...]:
        """Return the cases that wait, longest first; voided and corrected ones need no look."""
        with self.store.view() as unit:
            cases = tuple(unit.load(case_id) for case_id in _noted(unit, WAITING_NOTE))
        return tuple(case for case in cases if case.state not in NO_LOOK_NEEDED)

    def doubtful(self) -> tuple[DoubtfulCase, ...]:
        """Return the doubtful cases that were neither taken back nor found good since."""
        with self.store.view() as unit:
            return doubtful_cases(unit)

    def waiting_for(self, proof: Authorisation) -> tuple[StoredCase, ...]:
        """Return what this person may look at: never a case that they handled.

        A centre manager also sees the doubtful ones, last, and may find them good after all.

        Raises:
            CounterError: ROLE_MISSING; SECOND_PERSON when the proof is too old.
        """
        self._require_fresh(proof)
        doubtful = tuple(one.case for one in self.doubtful() if proof.account.is_manager())
        every = (*self.waiting(), *doubtful)
        return tuple(case for case in every if not is_own(case, proof.account))

    def judge(
        self,
        case_id: str,
        proof: Authorisation,
        verdict: PostVerdict,
        doubt: PostDoubt | None = None,
    ) -> None:
        """Note what the look came to, why, and by whom.

        Raises:
            CounterError: CASE_UNKNOWN when the case does not wait; SECOND_PERSON for whoever
                handled it or proved it too long ago; ROLE_MISSING; REASON_MISSING when a
                doubtful case is given no doubt.
        """
        self._require_waiting(case_id, proof)
        if verdict is PostVerdict.DOUBTFUL and doubt is None:
            raise CounterError(FailureCode.REASON_MISSING)
        who = proof.account.account_id
        facts = [("verdict", verdict.value)]
        with self.store.begin() as unit:
            marks = [one for one in _noted(unit, DOUBTFUL_NOTE) if not one.startswith(case_id)]
            if verdict is PostVerdict.DOUBTFUL and doubt is not None:
                facts.append(("doubt", doubt.value))
                marks.append(f"{case_id}:{doubt.value}:{who}")
            unit.journal(
                JournalEntry(
                    self.clock.now(), who, JournalAction.POST_REVIEWED, case_id, tuple(facts)
                )
            )
            left = (one for one in _noted(unit, WAITING_NOTE) if one != case_id)
            _remember(unit, WAITING_NOTE, tuple(left))
            _remember(unit, DOUBTFUL_NOTE, tuple(marks))

    def _require_waiting(self, case_id: str, proof: Authorisation) -> None:
        doubtful = tuple(one.case for one in self.doubtful() if proof.account.is_manager())
        every = (*self.waiting(), *doubtful)
        case = next((case for case in every if case.case_id == case_id), None)
        if case is None:
            raise CounterError(FailureCode.CASE_UNKNOWN)
        if is_own(case, proof.account):
            raise CounterError(FailureCode.SECOND_PERSON, cause="same_person")
        self._require_fresh(proof)

    def _require_fresh(self, proof: Authorisation) -> None:
        if not proof.is_fresh(self.clock.now()):
            raise CounterError(FailureCode.SECOND_PERSON, cause="stale")
        if not proof.account.may_review():
            raise CounterError(FailureCode.ROLE_MISSING)


def is_own(case: StoredCase, account: Account) -> bool:
    """Say whether somebody handled a case; of a purged one only its last owner is known."""
    handlers = decode(case.draft).handlers if case.purged_at is None else ()
    return account.account_id in {case.clerk_id, *handlers}


def doubtful_cases(unit: Unit) -> tuple[DoubtfulCase, ...]:
    """Return the doubtful cases about which nothing has been done yet."""
    return tuple(one for one in _doubts(unit) if one.case.state not in DOUBT_SETTLED)


def _doubts(unit: Unit) -> Iterator[DoubtfulCase]:
    for one in _noted(unit, DOUBTFUL_NOTE):
        case_id, doubt, by = one.split(":", 2)
        yield DoubtfulCase(unit.load(case_id), PostDoubt(doubt), by)


def _noted(unit: Unit, note: str) -> tuple[str, ...]:
    return tuple((unit.recall(note) or "").split())


def _remember(unit: Unit, note: str, items: tuple[str, ...]) -> None:
    unit.remember(note, " ".join(items))
