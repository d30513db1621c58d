"""Cases and acceptance numbers in the database."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from counter_app.domain import acceptance_number
from counter_app.domain.case_state import OPEN_STATES, CaseState, may_follow
from counter_app.domain.journal import JournalAction, JournalEntry, counter_day
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import CaseFilter, CaseSummary, DraftRecord, NumberUse, StoredCase
from counter_app.storage.promises import FLOOR, accepted_facts, immutable
from counter_app.storage.rows import Rows, stored_case
from counter_app.storage.tables import CASES, NUMBERS


class CaseRows(Rows):
    """The part of a unit that keeps cases."""

    def save_draft(self, draft: DraftRecord, now: datetime) -> None:
        """Save a case on every change; the first save starts it."""
        row = self._case_row(draft.case_id)
        if row is None:
            self._start(draft, now)
            return
        self._change(stored_case(row), draft, now)

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
        query = select(CASES).where(*_conditions(which))
        query = query.order_by(CASES.c.changed_at.desc(), CASES.c.case_id.desc())
        return tuple(stored_case(row) for row in self._sql.execute(query.limit(which.limit)))

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
        self._change_case(case_id, clerk_id=to, changed_at=now)
        self._note_owner(case_id, case.clerk_id, to, now, by)

    def set_reminder(self, case_id: str, at: datetime | None) -> None:
        """Set when a parked case asks for attention."""
        self.load(case_id)
        self._change_case(case_id, remind_at=at)

    def next_acceptance_no(self, branch: str, counter: str, day: date) -> str:
        """Take the next acceptance number."""
        series = {"branch": branch, "counter": counter, "day": day}
        last = self._sql.execute(_HIGHEST, series).scalar() or 0
        sequence = max(last, self._floor(day)) + 1
        number = acceptance_number.make(branch, day, counter, sequence)
        taken = {"acceptance_no": number, "sequence": sequence, **series}
        self._sql.execute(_TAKE_NUMBER, taken)
        return number

    def accept(self, case_id: str, acceptance_no: str, now: datetime, by: str) -> None:
        """Make a case immutable under its number."""
        case = self.load(case_id)
        state = CaseState.ACCEPTED_UNPRINTED
        if not may_follow(case.state, state):
            raise immutable(case.state, state)
        taken = self._sql.execute(
            update(NUMBERS)
            .where(NUMBERS.c.acceptance_no == acceptance_no, NUMBERS.c.case_id.is_(None))
            .values(case_id=case_id)
        )
        if taken.rowcount != 1:
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="number_not_free")
        self._change_case(
            case_id,
            state=state.value,
            acceptance_no=acceptance_no,
            accepted_at=now,
            changed_at=now,
            day=counter_day(now),
            remind_at=None,
        )
        facts = accepted_facts(case, state, acceptance_no)
        self.journal(JournalEntry(now, by, JournalAction.ACCEPTED, case_id, facts))

    def numbers(self, day: date) -> tuple[NumberUse, ...]:
        """Return the acceptance numbers given out on a day, in order."""
        query = select(NUMBERS).where(NUMBERS.c.day == day)
        rows = self._sql.execute(
            query.order_by(NUMBERS.c.branch, NUMBERS.c.counter, NUMBERS.c.sequence)
        )
        return tuple(NumberUse(row.acceptance_no, row.case_id, row.day) for row in rows)

    def _start(self, draft: DraftRecord, now: datetime) -> None:
        if draft.state not in OPEN_STATES:
            raise immutable(CaseState.DRAFT, draft.state)
        started = {
            "case_id": draft.case_id,
            "state": draft.state.value,
            "step": draft.step,
            "draft": draft.draft,
            "clerk_id": draft.clerk_id,
            "created_at": now,
            "changed_at": now,
            "day": counter_day(now),
            **_columns(draft.summary),
        }
        self._sql.execute(_START, started)
        facts = (("to_state", draft.state.value),)
        act = JournalEntry(now, draft.clerk_id, JournalAction.CASE_STARTED, draft.case_id, facts)
        self.journal(act)

    def _change(self, case: StoredCase, draft: DraftRecord, now: datetime) -> None:
        if case.state not in OPEN_STATES or draft.state not in OPEN_STATES:
            raise immutable(case.state, draft.state)
        if draft.state is not case.state:
            self._enter(case, draft.state, now, draft.clerk_id, "")
        self._change_case(
            case.case_id,
            step=draft.step,
            draft=draft.draft,
            clerk_id=draft.clerk_id,
            changed_at=now,
            **_columns(draft.summary),
        )
        if draft.clerk_id != case.clerk_id:
            self._note_owner(case.case_id, case.clerk_id, draft.clerk_id, now, draft.clerk_id)

    def _note_owner(self, case_id: str, before: str, after: str, now: datetime, by: str) -> None:
        facts = (("from", before), ("to", after))
        self.journal(JournalEntry(now, by, JournalAction.HANDED_OVER, case_id, facts))

    def _floor(self, day: date) -> int:
        floor_day, _, sequence = (self.recall(FLOOR) or "").partition(" ")
        return int(sequence) if floor_day == day.isoformat() else 0

    def _change_case(self, case_id: str, **changes: object) -> None:
        self._sql.execute(update(CASES).where(CASES.c.case_id == case_id).values(changes))


def _columns(summary: CaseSummary) -> dict[str, str]:
    return {
        "merchant_no": summary.merchant_no,
        "merchant_name": summary.merchant_name,
        "terminal_sn": summary.terminal_sn,
        "customer": summary.customer,
        "presenter": summary.presenter,
        "reason_code": summary.reason_code,
        "visit_id": summary.visit_id,
    }


def _conditions(which: CaseFilter) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if which.states:
        wanted.append(CASES.c.state.in_(sorted(state.value for state in which.states)))
    if which.day is not None:
        wanted.append(CASES.c.day == which.day)
    if which.merchant_no:
        wanted.append(CASES.c.merchant_no == which.merchant_no)
    if which.clerk_id:
        wanted.append(CASES.c.clerk_id == which.clerk_id)
    if which.text:
        shown = (CASES.c.merchant_name, CASES.c.customer, CASES.c.terminal_sn)
        places = [func.instr(column, which.text) > 0 for column in shown]
        number = func.instr(func.coalesce(CASES.c.acceptance_no, ""), which.text) > 0
        wanted.append(number | places[0] | places[1] | places[2])
    if which.anywhere:
        wanted.append(func.instr(CASES.c.draft, which.anywhere.encode()) > 0)
    return wanted


_HIGHEST = select(func.max(NUMBERS.c.sequence)).where(
    NUMBERS.c.branch == bindparam("branch"),
    NUMBERS.c.counter == bindparam("counter"),
    NUMBERS.c.day == bindparam("day"),
)
_TAKE_NUMBER = insert(NUMBERS)
_START = insert(CASES)
