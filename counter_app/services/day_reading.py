"""Reads a day from one view of the store: the journal's totals, held against the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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
from counter_app.domain.journal import Anchor
from counter_app.ports.store import Unit
from counter_app.ports.stored import CaseFilter, NumberUse, StoredCase

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


def totals_of(unit: Unit, day: date) -> DayTotals:
    """Return a day's totals with every difference between journal and store."""
    told = listen(unit.journal_rows(), day)
    given = unit.numbers(day)
    head = unit.journal_head()
    return DayTotals(
        day=day,
        counts=counted(told, len(given)),
        numbers=tuple(use.acceptance_no for use in given),
        differences=tuple(_differences(unit, told, given)),
        head=head_text(head),
    )


def head_text(head: Anchor) -> str:
    """Write a journal's head as "SEQ:HASH"."""
    return f"{head.seq}:{head.hash}"


def unfinished(unit: Unit) -> tuple[StoredCase, ...]:
    """Return the cases that somebody at the counter has to go on with, oldest first."""
    found = unit.cases(CaseFilter(states=UNFINISHED, limit=EVERY_CASE.limit))
    return tuple(sorted(found, key=lambda case: (case.changed_at, case.case_id)))


def _differences(unit: Unit, told: Told, given: tuple[NumberUse, ...]) -> Iterator[Difference]:
    for fault in unit.verify_journal():
        row = str(fault.seq)
        yield Difference(DifferenceKind.JOURNAL_DAMAGED, row, fault.damage.value)
    kept = {case.case_id: case for case in unit.cases(EVERY_CASE)}
    yield from _case_differences(told, kept)
    queued = unit.message_ids()
    for case in kept.values():
        if case.purged_at is None:
            yield from _message_differences(told, case.case_id, queued.get(case.case_id, ()))
    yield from _number_differences(told, kept, given)


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
