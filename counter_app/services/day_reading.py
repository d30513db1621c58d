"""Reads a day from one view of the store: the journal's totals, held against the store."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from counter_app.domain import acceptance_number
from counter_app.domain.case_state import CaseState
from counter_app.domain.day_totals import (
    DayTotals,
    Difference,
    DifferenceKind,
    Told,
    counted,
    listen,
)
from counter_app.domain.journal import Anchor, JournalFault, JournalRow
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.store import Unit
from counter_app.ports.stored import CaseFilter, NumberUse, StoredCase
from counter_app.services.day_mark import Border, DayMark, kept_mark, still_open

EVERY_CASE = CaseFilter(limit=10_000_000)
UNFINISHED = frozenset(
    {
        CaseState.ACCEPTED_UNPRINTED,
        CaseState.AWAITING_REVIEW,
        CaseState.DRAFT,
        CaseState.PARKED,
    }
)
"""States in which a case is handed over: somebody at the counter has the next step."""
OPEN_CASES = CaseFilter(states=UNFINISHED, limit=EVERY_CASE.limit)


def totals_of(unit: Unit, day: date) -> DayTotals:
    """Return a day's totals with every difference between journal and store."""
    totals, _mark = reckoned(unit, day)
    return totals


def reckoned(unit: Unit, day: date) -> tuple[DayTotals, DayMark]:
    """Read the whole journal and hold it against the whole store; the mark is for `glanced`."""
    border = Border(day)
    told = listen(border.watch(unit.journal_rows()), day)
    given = unit.numbers(day)
    kept = {case.case_id: case for case in unit.cases(EVERY_CASE)}
    faults = unit.verify_journal()
    differences = tuple(_differences(_Seen(told, kept, unit.message_ids(), given), faults))
    return (
        _totals(unit, told, given, differences),
        DayMark(day, border.at, still_open(told), differences, day),
    )


def settled(unit: Unit, day: date) -> tuple[DayTotals, DayMark]:
    """Add up a day so that it may be closed.

    The whole journal is read once a day, as a rule when the day is opened; what was written since
    is verified here row by row, on to the journal's head.
    """
    mark = kept_mark(unit, day)
    if mark is None or mark.whole_on != day:
        return reckoned(unit, day)
    return glanced(unit, day, mark)


def glanced(unit: Unit, day: date, mark: DayMark) -> tuple[DayTotals, DayMark]:
    """Add up a day from the rows after a mark, and the rows of every case they can concern.

    The totals are those of `reckoned`. The chain is verified from the mark on, and the cases of
    these rows and all open ones are held against the store; for the rest the mark's word stands.
    """
    border = Border(day, mark.at)
    rows = tuple(border.watch(unit.journal_rows(mark.at.seq)))
    standing = {case.case_id: case for case in unit.cases(OPEN_CASES)}
    concerned = {_case_of(row) for row in rows} | mark.open_cases | set(standing)
    before = [
        row
        for case_id in concerned - {""}
        for row in unit.case_journal(case_id)
        if row.seq <= mark.at.seq
    ]
    told = listen(sorted((*before, *rows), key=_place), day)
    given = unit.numbers(day)
    kept = {**standing, **_loaded(unit, frozenset(told.now) - frozenset(standing))}
    queued = {case_id: _message_ids(unit, case_id) for case_id in kept}
    faults = unit.verify_journal(since=mark.at)
    fresh = _differences(_Seen(told, kept, queued, given), faults)
    differences = tuple(dict.fromkeys((*fresh, *mark.differences)))
    return (
        _totals(unit, told, given, differences),
        replace(mark, day=day, at=border.at, open_cases=still_open(told)),
    )


def _totals(
    unit: Unit, told: Told, given: tuple[NumberUse, ...], differences: tuple[Difference, ...]
) -> DayTotals:
    return DayTotals(
        day=told.day,
        counts=counted(told, len(given)),
        numbers=tuple(use.acceptance_no for use in given),
        differences=differences,
        head=head_text(unit.journal_head()),
    )


def _place(row: JournalRow) -> int:
    return row.seq


def _case_of(row: JournalRow) -> str:
    return str(json.loads(row.record)["case"])


def _loaded(unit: Unit, case_ids: frozenset[str]) -> dict[str, StoredCase]:
    found: dict[str, StoredCase] = {}
    for case_id in sorted(case_ids):
        try:
            found[case_id] = unit.load(case_id)
        except CounterError as error:
            if error.code is not FailureCode.CASE_UNKNOWN:
                raise
    return found


def _message_ids(unit: Unit, case_id: str) -> tuple[str, ...]:
    return tuple(queued.message.message_id for queued in unit.messages(case_id))


def head_text(head: Anchor) -> str:
    """Write a journal's head as "SEQ:HASH"."""
    return f"{head.seq}:{head.hash}"


def unfinished(unit: Unit) -> tuple[StoredCase, ...]:
    """Return the cases that somebody at the counter has to go on with, oldest first."""
    found = unit.cases(OPEN_CASES)
    return tuple(sorted(found, key=lambda case: (case.changed_at, case.case_id)))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the journal tells, and what the store has of it."""

    told: Told
    kept: dict[str, StoredCase]
    queued: dict[str, tuple[str, ...]]
    given: tuple[NumberUse, ...]


def _differences(seen: _Seen, faults: tuple[JournalFault, ...]) -> Iterator[Difference]:
    for fault in faults:
        row = str(fault.seq)
        yield Difference(DifferenceKind.JOURNAL_DAMAGED, row, fault.damage.value)
    yield from _case_differences(seen.told, seen.kept)
    for case_id, case in seen.kept.items():
        if case.purged_at is None:
            yield from _message_differences(seen.told, case_id, seen.queued.get(case_id, ()))
    yield from _number_differences(seen.told, seen.kept, seen.given)


def _case_differences(told: Told, kept: dict[str, StoredCase]) -> Iterator[Difference]:
    for case_id, state in told.now.items():
        case = kept.get(case_id)
        if case is None:
            yield Difference(DifferenceKind.CASE_LOST, case_id, state.value)
        elif case.state is not state:
            differs = DifferenceKind.STATE_DIFFERS
            yield Difference(differs, case_id, state.value, case.state.value)
    for case in kept.values():
        if case.case_id not in told.now and case.purged_at is None:
            unrecorded = DifferenceKind.CASE_UNRECORDED
            yield Difference(unrecorded, case.case_id, "", case.state.value)


def _message_differences(told: Told, case_id: str, queued: tuple[str, ...]) -> Iterator[Difference]:
    recorded, kept = Counter(told.messages.get(case_id, ())), Counter(queued)
    for message_id in recorded - kept:
        yield Difference(DifferenceKind.MESSAGE_LOST, message_id, case_id)
    for message_id in kept - recorded:
        yield Difference(DifferenceKind.MESSAGE_UNRECORDED, message_id, "", case_id)


def _number_differences(
    told: Told, kept: dict[str, StoredCase], given: tuple[NumberUse, ...]
) -> Iterator[Difference]:
    for number, count in Counter(told.numbers).items():
        if count > 1:
            yield Difference(DifferenceKind.NUMBER_TWICE, number, str(count))
    for missing in _gaps(given):
        yield Difference(DifferenceKind.NUMBER_GAP, missing)
    users = {use.acceptance_no: use.case_id for use in given}
    yield from _recorded_numbers(told, kept, users)
    yield from _given_numbers(told, users)


def _recorded_numbers(
    told: Told, kept: dict[str, StoredCase], users: dict[str, str | None]
) -> Iterator[Difference]:
    for case_id, number in told.accepted.items():
        case = kept.get(case_id)
        on_case = case.acceptance_no if case is not None else None
        if users.get(number) != case_id or on_case != number:
            differs = DifferenceKind.NUMBER_DIFFERS
            yield Difference(differs, number, case_id, on_case or users.get(number) or "")


def _given_numbers(told: Told, users: dict[str, str | None]) -> Iterator[Difference]:
    for number, user in users.items():
        if user is None:
            yield Difference(DifferenceKind.NUMBER_UNUSED, number)
        elif told.accepted.get(user) != number:
            yield Difference(DifferenceKind.NUMBER_DIFFERS, number, "", user)


def _gaps(given: tuple[NumberUse, ...]) -> Iterator[str]:
    """Yield the numbers that are missing below the highest of each counter."""
    parsed = [acceptance_number.parse(use.acceptance_no) for use in given]
    counters = {(one.branch, one.day, one.counter) for one in parsed}
    for branch, day, counter in sorted(counters):
        taken = {one.sequence for one in parsed if (one.branch, one.counter) == (branch, counter)}
        for sequence in sorted(set(range(1, max(taken))) - taken):
            yield acceptance_number.make(branch, day, counter, sequence)
