"""The day at a counter (日终): opened with a self-check, handed over, added up and closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from counter_app.domain.account import Account, Role
from counter_app.domain.case_state import OPEN_STATES, CaseState
from counter_app.domain.counter_facts import day_of
from counter_app.domain.day_check import Backlog, DayCheck, Surroundings, check_counter
from counter_app.domain.day_totals import DayTotals, Total
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.outcomes import PaperLine
from counter_app.ports.accounts import Authorisation
from counter_app.ports.clock import Clock
from counter_app.ports.retention import goes_soon_on
from counter_app.ports.stop import Stop
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import CaseFilter, StoredCase
from counter_app.services.day_mark import DayMark, keep_mark, kept_mark
from counter_app.services.day_papers import DayFacts, DayPapers
from counter_app.services.day_reading import glanced, head_text, reckoned, settled, unfinished
from counter_app.services.queue_age import (
    CLOSED_NOTE,
    HANDED_OVER_NOTE,
    UNLOCK_NOTE,
    is_queue_too_old,
)

OPENED_NOTE = "day.opened_at"
DEFERRED_NOTE = "day.deferred"
"""Note that keeps "<day> <account>: <the person's words>"; the journal holds no words."""

UNPRINTED = CaseFilter(states=frozenset({CaseState.ACCEPTED_UNPRINTED}))
CLOSING_FACTS = (
    Total.ACCEPTED,
    Total.REFUSED,
    Total.PARKED,
    Total.AWAITING_REVIEW,
    Total.POST_REVIEW,
    Total.DOUBTFUL,
    Total.VOIDED,
    Total.NUMBERS_USED,
)


@dataclass(frozen=True, slots=True)
class DayStatus:
    """Whether today was opened and closed; times are aware UTC."""

    day: date
    opened_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Deferral:
    """A second person lets the day close although something is open."""

    authorisation: Authorisation
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What went to the next clerk."""

    moved: int
    paper: PaperLine


@dataclass(frozen=True, slots=True)
class Day:
    """Keeps the day of one counter.

    Attributes:
        look: Asks devices, clock, rules and disk; blocks for some seconds at most.
        freeze_after_days: Age of the queue from which new cases stop (R16).
    """

    store: CaseStore
    papers: DayPapers
    clock: Clock
    look: Callable[[], Surroundings]
    freeze_after_days: int

    def status(self) -> DayStatus:
        """Say whether today was opened and closed."""
        today = day_of(self.clock.now())
        with self.store.view() as unit:
            opened, closed = unit.recall(OPENED_NOTE), unit.recall(CLOSED_NOTE)
        return DayStatus(today, _of_day(opened, today), _of_day(closed, today))

    def check(self) -> DayCheck:
        """Look round: devices, rules, directory, clock, queue, disk, cases without paper."""
        around = self.look()
        now = self.clock.now()
        is_frozen = is_queue_too_old(self.store, now, self.freeze_after_days)
        with self.store.view() as unit:
            going = sum(goes_soon_on(case, now) is not None for case in unfinished(unit))
            backlog = Backlog(unit.waiting_count(), len(unit.cases(UNPRINTED)), is_frozen, going)
        return check_counter(around, backlog)

    def open(self, by: str, check: DayCheck) -> DayStatus:
        """Open the day with the outcome of its check in the journal (R11).

        Raises:
            CounterError: CLOCK_WRONG when the clock is more than five minutes off; the check is
                in the journal all the same.
        """
        now = self.clock.now()
        action = JournalAction.DAY_OPENED if check.may_open else JournalAction.DEVICE_CHECKED
        facts = tuple((line.item.value, line.level.value) for line in check.lines)
        with self.store.begin() as unit:
            unit.journal(JournalEntry(now, by, action, "", facts))
            if check.may_open:
                unit.remember(OPENED_NOTE, now.isoformat())
        if not check.may_open:
            raise CounterError(FailureCode.CLOCK_WRONG)
        return self.status()

    def totals(self, day: date | None = None) -> DayTotals:
        """Return a day's totals from the whole journal, held against the store (R12, R15)."""
        today = day_of(self.clock.now())
        with self.store.view() as unit:
            totals, mark = reckoned(unit, day or today)
        if totals.day == today:
            self._keep(mark)
        return totals

    def glance(self) -> DayTotals:
        """Return today's totals from today's rows; the first time, from the whole journal.

        The counts are those of `totals`. What lies before the day is not verified again: that is
        for `totals`, for closing the day and for `journal verify`.
        """
        today = day_of(self.clock.now())
        with self.store.view() as unit:
            mark = kept_mark(unit, today)
            if mark is not None:
                totals, then = glanced(unit, today, mark)
        if mark is None:
            return self.totals()
        if then.day != mark.day:
            self._keep(then)
        return totals

    def _keep(self, mark: DayMark) -> None:
        with self.store.begin() as unit:
            keep_mark(unit, mark)

    def unfinished(self) -> tuple[StoredCase, ...]:
        """Return the cases that somebody has to go on with, oldest first."""
        with self.store.view() as unit:
            return unfinished(unit)

    def close(self, by: Account, deferral: Deferral | None = None) -> DayTotals:
        """Close the day; its totals go into the journal.

        The whole journal is read here, unless that was done today; then what came since is.

        Args:
            by: Who is signed in.
            deferral: Needed while a case awaits review or journal and store disagree (R13).

        Raises:
            CounterError: DAY_BLOCKED (facts `awaiting`, `differences`) without a deferral that is
                needed; SECOND_PERSON, ROLE_MISSING, REASON_MISSING when the deferral is not good.
        """
        now = self.clock.now()
        with self.store.view() as unit:
            totals, mark = settled(unit, day_of(now))
        with self.store.begin() as unit:
            keep_mark(unit, mark)
            if head_text(unit.journal_head()) != totals.head:
                totals, _mark = glanced(unit, day_of(now), mark)
            facts = [(total.value, str(totals.of(total))) for total in CLOSING_FACTS]
            facts.append(("differences", str(len(totals.differences))))
            if totals.is_blocked:
                good = self._good(deferral, by, totals, now)
                facts.append(("deferred_by", good.authorisation.account.account_id))
                unit.remember(DEFERRED_NOTE, _told(day_of(now), good))
            entry = JournalEntry(now, by.account_id, JournalAction.DAY_CLOSED, "", tuple(facts))
            unit.journal(entry)
            unit.remember(CLOSED_NOTE, now.isoformat())
        return totals

    def _good(
        self, deferral: Deferral | None, by: Account, totals: DayTotals, now: datetime
    ) -> Deferral:
        if deferral is None:
            raise CounterError(
                FailureCode.DAY_BLOCKED,
                awaiting=totals.of(Total.AWAITING_REVIEW),
                differences=len(totals.differences),
            )
        _require_other(deferral.authorisation, by.account_id, now)
        if not deferral.authorisation.account.may_review():
            raise CounterError(FailureCode.ROLE_MISSING)
        _require_reason(deferral.reason)
        return deferral

    def print_summary(self, by: str, stop: Stop) -> PaperLine:
        """Print the totals as they are now, with who deferred what where that happened today."""
        now = self.clock.now()
        who, reason = self._deferred(day_of(now))
        facts = DayFacts(now, by, deferred_by=who, reason=reason)
        with self.store.view() as unit:
            totals, mark = settled(unit, day_of(now))
        self._keep(mark)
        return self.papers.print_summary(totals, facts, stop)

    def hand_over(self, by: str, to: Authorisation | None, stop: Stop) -> HandedOver:
        """Print the list of what is not finished; give one's own open cases to the next clerk.

        Args:
            by: Who hands over.
            to: Who takes over, proved at this moment; None prints the list only.
            stop: Ends the following of the print job.

        Raises:
            CounterError: SECOND_PERSON, ROLE_MISSING.
        """
        now = self.clock.now()
        cases = self.unfinished()
        moved = 0
        if to is not None:
            _require_other(to, by, now)
            if not to.account.roles & {Role.CLERK, Role.REVIEWER}:
                raise CounterError(FailureCode.ROLE_MISSING)
            own = [case for case in cases if case.clerk_id == by and case.state in OPEN_STATES]
            with self.store.begin() as unit:
                for case in own:
                    unit.hand_over(case.case_id, to.account.account_id, now, by)
                unit.remember(f"{HANDED_OVER_NOTE}.{by}", day_of(now).isoformat())
            moved = len(own)
        taken_by = to.account.account_id if to is not None else ""
        facts = DayFacts(now, by, taken_by=taken_by)
        return HandedOver(moved, self.papers.print_hand_over(cases, facts, stop))

    def unlock_queue(self, authorisation: Authorisation, reason: str) -> bool:
        """Let new cases in for one day although the queue is too old (R16).

        Returns:
            Whether there was something to unlock; a second time on a day does nothing.

        Raises:
            CounterError: ROLE_MISSING unless a centre manager; SECOND_PERSON when the password
                was given too long ago; REASON_MISSING.
        """
        now = self.clock.now()
        if not authorisation.account.is_manager():
            raise CounterError(FailureCode.ROLE_MISSING)
        if not authorisation.is_fresh(now):
            raise CounterError(FailureCode.SECOND_PERSON, cause="stale")
        _require_reason(reason)
        if not is_queue_too_old(self.store, now, self.freeze_after_days):
            return False
        with self.store.begin() as unit:
            oldest = unit.oldest_unsent(now) or timedelta(0)
            facts = (("waiting", str(unit.waiting_count())), ("oldest_days", str(oldest.days)))
            actor = authorisation.account.account_id
            unit.journal(JournalEntry(now, actor, JournalAction.CASES_UNLOCKED, "", facts))
            unit.remember(UNLOCK_NOTE, day_of(now).isoformat())
            unit.remember(f"{UNLOCK_NOTE}.reason", reason.strip())
        return True

    def _deferred(self, day: date) -> tuple[str, str]:
        with self.store.view() as unit:
            note = unit.recall(DEFERRED_NOTE) or ""
        on, _, told = note.partition(" ")
        if on != day.isoformat():
            return "", ""
        who, _, reason = told.partition(": ")
        return who, reason


def _told(day: date, deferral: Deferral) -> str:
    account = deferral.authorisation.account
    return f"{day.isoformat()} {account.display_name}: {deferral.reason.strip()}"


def _of_day(note: str | None, day: date) -> datetime | None:
    moment = datetime.fromisoformat(note) if note else None
    return moment if moment is not None and day_of(moment) == day else None


def _require_other(authorisation: Authorisation, by: str, now: datetime) -> None:
    if authorisation.account.account_id == by:
        raise CounterError(FailureCode.SECOND_PERSON, cause="same_person")
    if not authorisation.is_fresh(now):
        raise CounterError(FailureCode.SECOND_PERSON, cause="stale")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise CounterError(FailureCode.REASON_MISSING)
