"""Cases and acceptance numbers in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from counter_app.domain import acceptance_number
from counter_app.domain.case_state import OPEN_STATES, CaseState, may_follow
from counter_app.domain.journal import JournalAction, JournalEntry, counter_day
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import CaseFilter, DraftRecord, NumberUse, StoredCase
from counter_app.storage.memory_tables import MemoryRows
from counter_app.storage.promises import accepted_facts, immutable


class MemoryCases(MemoryRows):
    """The part of a unit that keeps cases."""

    def save_draft(self, draft: DraftRecord, now: datetime) -> None:
        """Save a case on every change; the first save starts it."""
        case = self._tables.cases.get(draft.case_id)
        if case is None:
            self._start(draft, now)
            return
        if case.state not in OPEN_STATES or draft.state not in OPEN_STATES:
            raise immutable(case.state, draft.state)
        if draft.state is not case.state:
            self._enter(case, draft.state, now, draft.clerk_id, "")
        self._keep(
            replace(
                self.load(draft.case_id),
                step=draft.step,
                draft=draft.draft,
                clerk_id=draft.clerk_id,
                changed_at=now,
                summary=draft.summary,
            )
        )
        if draft.clerk_id != case.clerk_id:
            self._note_owner(case.case_id, case.clerk_id, draft.clerk_id, now, draft.clerk_id)

    def open_cases(self) -> tuple[StoredCase, ...]:
        """Return the cases in DRAFT or AWAITING_REVIEW, newest change first."""
        states = frozenset({CaseState.DRAFT, CaseState.AWAITING_REVIEW})
        return self.cases(CaseFilter(states=states))

    def parked(self) -> tuple[StoredCase, ...]:
        """Return the parked cases, oldest first."""
        found = self.cases(CaseFilter(states=frozenset({CaseState.PARKED})))
        return tuple(reversed(found))

    def cases(self, which: CaseFilter) -> tuple[StoredCase, ...]:
        """Return the cases that fit, newest change first."""
        return tuple(case for case in self._newest_first() if _fits(case, which))[: which.limit]

    def set_state(
        self, case_id: str, state: CaseState, now: datetime, by: str, reason: str = ""
    ) -> None:
        """Move a case on, with its journal row."""
        case = self.load(case_id)
        if state is CaseState.ACCEPTED_UNPRINTED:
            raise immutable(case.state, state)
        self._enter(case, state, now, by, reason)

    def hand_over(self, case_id: str, to: str, now: datetime, by: str) -> None:
        """Give an open case another owner."""
        case = self.load(case_id)
        if case.state not in OPEN_STATES:
            raise immutable(case.state, case.state)
        self._keep(replace(case, clerk_id=to, changed_at=now))
        self._note_owner(case_id, case.clerk_id, to, now, by)

    def set_reminder(self, case_id: str, at: datetime | None) -> None:
        """Set when a parked case asks for attention."""
        self._keep(replace(self.load(case_id), remind_at=at))

    def next_acceptance_no(self, branch: str, counter: str, day: date) -> str:
        """Take the next acceptance number."""
        taken = [
            number.sequence
            for number in map(acceptance_number.parse, self._tables.numbers)
            if (number.branch, number.counter, number.day) == (branch, counter, day)
        ]
        number = acceptance_number.make(branch, day, counter, max(taken, default=0) + 1)
        self._tables.numbers[number] = NumberUse(number, None, day)
        return number

    def accept(self, case_id: str, acceptance_no: str, now: datetime, by: str) -> None:
        """Make a case immutable under its number."""
        case = self.load(case_id)
        state = CaseState.ACCEPTED_UNPRINTED
        if not may_follow(case.state, state):
            raise immutable(case.state, state)
        taken = self._tables.numbers.get(acceptance_no)
        if taken is None or taken.case_id is not None:
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="number_not_free")
        self._tables.numbers[acceptance_no] = replace(taken, case_id=case_id)
        self._keep(
            replace(
                case,
                state=state,
                acceptance_no=acceptance_no,
                accepted_at=now,
                changed_at=now,
                day=counter_day(now),
                remind_at=None,
            )
        )
        facts = accepted_facts(case, state, acceptance_no)
        self.journal(JournalEntry(now, by, JournalAction.ACCEPTED, case_id, facts))

    def numbers(self, day: date) -> tuple[NumberUse, ...]:
        """Return the acceptance numbers given out on a day, in order."""
        given = [use for use in self._tables.numbers.values() if use.given_on == day]
        return tuple(sorted(given, key=lambda use: use.acceptance_no[:20]))

    def _start(self, draft: DraftRecord, now: datetime) -> None:
        if draft.state not in OPEN_STATES:
            raise immutable(CaseState.DRAFT, draft.state)
        self._keep(
            StoredCase(
                case_id=draft.case_id,
                state=draft.state,
                step=draft.step,
                draft=draft.draft,
                clerk_id=draft.clerk_id,
                summary=draft.summary,
                created_at=now,
                changed_at=now,
                day=counter_day(now),
            )
        )
        facts = (("to_state", draft.state.value),)
        act = JournalEntry(now, draft.clerk_id, JournalAction.CASE_STARTED, draft.case_id, facts)
        self.journal(act)

    def _note_owner(self, case_id: str, before: str, after: str, now: datetime, by: str) -> None:
        facts = (("from", before), ("to", after))
        self.journal(JournalEntry(now, by, JournalAction.HANDED_OVER, case_id, facts))


def _fits(case: StoredCase, which: CaseFilter) -> bool:
    summary = case.summary
    exact = (
        (which.merchant_no, summary.merchant_no),
        (which.clerk_id, case.clerk_id),
    )
    if any(wanted and wanted != found for wanted, found in exact):
        return False
    if which.states and case.state not in which.states:
        return False
    if which.day is not None and case.day != which.day:
        return False
    if which.anywhere.encode() not in case.draft:
        return False
    shown = (summary.merchant_name, summary.customer, summary.terminal_sn, case.acceptance_no or "")
    return not which.text or any(which.text in text for text in shown)
