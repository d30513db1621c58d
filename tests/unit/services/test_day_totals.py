"""Any day adds up; anything lost or doubled is noticed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.case_state import CaseState
from counter_app.domain.counter_facts import day_of
from counter_app.domain.day_totals import DayTotals, DifferenceKind, Total
from counter_app.domain.journal import Anchor, JournalAction, JournalEntry, JournalRow
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.store import Unit
from counter_app.ports.stored import CaseFilter, CaseSummary, DraftRecord, StoredCase
from counter_app.services.day_mark import MARK_NOTE, DayMark, keep_mark, kept_mark
from counter_app.services.day_reading import glanced, settled, totals_of
from counter_app.services.post_review import mark
from counter_app.storage.memory_tables import Tables
from tests.unit.services.day_world import CLERK, FOLDER, NOW, TODAY, World, on_day, visit

OWNED = (CaseState.DRAFT, "c01", CaseSummary())
VISITS = sorted(
    name for name in (path.stem for path in FOLDER.glob("*.toml")) if on_day(visit(name))
)


@given(st.lists(st.sampled_from(VISITS), min_size=1, max_size=8))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_random_day_reconciles_and_uses_every_number_once(names: list[str]) -> None:
    world = World()
    world.play(*names)
    totals = world.day.totals()
    assert totals.differences == ()
    with world.store.view() as unit:
        cases = unit.cases(CaseFilter())
    states = Counter(case.state for case in cases)
    numbers = [case.acceptance_no for case in cases if case.acceptance_no is not None]
    assert totals.of(Total.ACCEPTED) == len(numbers) == len(set(numbers))
    assert sorted(numbers) == sorted(totals.numbers)
    assert totals.of(Total.NUMBERS_GIVEN) == totals.of(Total.NUMBERS_USED) == len(numbers)
    assert totals.of(Total.REFUSED) == states[CaseState.REFUSED]
    assert totals.of(Total.PARKED) == states[CaseState.PARKED]
    assert totals.of(Total.AWAITING_REVIEW) == states[CaseState.AWAITING_REVIEW]
    assert totals.of(Total.ADVISED_ONLINE) == states[CaseState.ADVISED_ONLINE]
    assert totals.of(Total.VOIDED) == states[CaseState.VOIDED]
    assert totals.of(Total.UNPRINTED) == states[CaseState.ACCEPTED_UNPRINTED]


@given(st.lists(st.lists(st.sampled_from(VISITS), max_size=3), min_size=2, max_size=4), st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_todays_rows_add_up_to_what_the_whole_journal_says(
    days: list[list[str]], data: st.DataObject
) -> None:
    world = World()
    for age, names in enumerate(days):
        world.clock.at = NOW + timedelta(days=age)
        if data.draw(st.booleans()):
            world.day.glance()
        world.play(*names)
        move_on(world, data)
        glanced = world.day.glance()
        with world.store.view() as unit:
            whole = totals_of(unit, day_of(world.clock.at))
        assert glanced == whole


def move_on(world: World, data: st.DataObject) -> None:
    """Some cases of any day go on now: taken up again, voided, looked at afterwards."""
    now = world.clock.at
    with world.store.begin() as unit:
        for case in unit.parked():
            if data.draw(st.booleans()):
                unit.set_state(case.case_id, CaseState.DRAFT, now, "c02")
        for case in unit.cases(CaseFilter(states=frozenset({CaseState.QUEUED}))):
            if data.draw(st.booleans()):
                mark(unit, case.case_id, now, "c01")
        for case in unit.cases(CaseFilter(states=frozenset({CaseState.ACCEPTED_UNPRINTED}))):
            if data.draw(st.booleans()):
                unit.set_state(case.case_id, CaseState.QUEUED, now, "c01")


def test_what_was_amiss_on_an_earlier_day_stays_on_the_page(played: World) -> None:
    lose_a_case(played.store._tables)
    assert not played.day.totals().is_reconciled
    played.clock.at += timedelta(days=1)
    assert DifferenceKind.CASE_LOST in kinds_of(played.day.glance())


def test_a_clock_set_back_reads_the_whole_journal_again(played: World) -> None:
    played.clock.at += timedelta(days=2)
    played.day.glance()
    played.clock.at -= timedelta(days=2)
    assert played.day.glance().of(Total.ACCEPTED) == played.day.totals(TODAY).of(Total.ACCEPTED) > 0


def test_a_mark_whose_rows_are_gone_is_not_relied_on(played: World) -> None:
    played.clock.at += timedelta(days=1)
    played.day.totals()
    with played.store.begin() as unit:
        unit.journal(JournalEntry(played.clock.now(), "c01", JournalAction.LOCKED))
    drop_row(played.store._tables, -2)
    assert DifferenceKind.JOURNAL_DAMAGED in kinds_of(played.day.glance())


def test_a_case_lost_before_the_mark_is_found_where_everything_is_read(played: World) -> None:
    played.clock.at += timedelta(days=1)
    assert played.day.totals().is_reconciled
    tables = played.store._tables
    del tables.cases[first(tables, CaseState.VOIDED)]
    assert played.day.glance().is_reconciled
    assert DifferenceKind.CASE_LOST in kinds_of(played.day.totals())
    with pytest.raises(CounterError) as caught:
        played.day.close(CLERK)
    assert caught.value.code is FailureCode.DAY_BLOCKED


class CountingUnit:
    """A unit that counts the rows of the journal, and the cases, that are read."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self.count = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._unit, name)

    def journal_rows(self, after: int = 0) -> Iterator[JournalRow]:
        for row in self._unit.journal_rows(after):
            self.count += 1
            yield row

    def case_journal(self, case_id: str) -> tuple[JournalRow, ...]:
        rows = self._unit.case_journal(case_id)
        self.count += len(rows)
        return rows

    def load(self, case_id: str) -> StoredCase:
        self.count += 1
        return self._unit.load(case_id)

    def cases(self, which: CaseFilter) -> tuple[StoredCase, ...]:
        found = self._unit.cases(which)
        self.count += len(found)
        return found


def read_for_today(days_before: int) -> int:
    """Play a visit on so many days, and return what a glance at the last of them reads."""
    world = World()
    for age in range(days_before + 1):
        world.clock.at = NOW + timedelta(days=age)
        with world.store.begin() as unit:
            for name in (f"case-{age}", f"other-{age}"):
                unit.save_draft(DraftRecord(name, b"{}", "terminal", *OWNED), world.clock.at)
                unit.set_state(name, CaseState.REFUSED, world.clock.at, "c01")
        world.day.glance()
    with world.store.view() as unit:
        counting = CountingUnit(unit)
        today = day_of(world.clock.at)
        mark = kept_mark(unit, today)
        assert mark is not None
        totals, _then = glanced(cast("Unit", counting), today, mark)
    assert totals.of(Total.REFUSED) == 2
    return counting.count


def test_a_longer_past_is_not_read_again() -> None:
    assert read_for_today(days_before=30) == read_for_today(days_before=3)


class LockedUnit(CountingUnit):
    """A unit whose store is locked when a case is wanted."""

    def load(self, case_id: str) -> StoredCase:
        raise CounterError(FailureCode.STORE_LOCKED)


def test_a_locked_store_is_no_lost_case(played: World) -> None:
    played.day.totals()
    with played.store.view() as unit:
        mark = kept_mark(unit, TODAY)
        assert mark is not None
        with pytest.raises(CounterError) as caught:
            glanced(cast("Unit", LockedUnit(unit)), TODAY, mark)
    assert caught.value.code is FailureCode.STORE_LOCKED


def test_an_empty_journal_is_a_mark_too() -> None:
    world = World()
    world.day.totals()
    assert world.day.glance() == world.day.totals()


def test_a_mark_before_the_first_kept_row_counts_while_the_chain_goes_on_from_it(
    played: World,
) -> None:
    tables = played.store._tables
    rows = tables.journal[:3]
    tables.base = Anchor(rows[-1].seq, rows[-1].hash)
    for _ in rows:
        drop_row(tables, 0)
    with played.store.begin() as unit:
        keep_mark(unit, DayMark(TODAY, tables.base))
        assert kept_mark(unit, TODAY) is not None
        keep_mark(unit, DayMark(TODAY, Anchor(2, rows[1].hash)))
        assert kept_mark(unit, TODAY) is None


def kinds_of(totals: DayTotals) -> set[DifferenceKind]:
    return {difference.kind for difference in totals.differences}


@pytest.fixture
def played() -> World:
    world = World()
    world.play("s01_principal_in_person", "s25_parked", "office_applied", "end_void")
    assert world.day.totals().is_reconciled
    return world


def lose_a_case(tables: Tables) -> None:
    del tables.cases[first(tables, CaseState.PARKED)]


def lose_a_message(tables: Tables) -> None:
    del tables.messages[next(iter(tables.messages))]


def turn_a_state(tables: Tables) -> None:
    case_id = first(tables, CaseState.QUEUED)
    tables.cases[case_id] = replace(tables.cases[case_id], state=CaseState.APPLIED)


def lose_a_number(tables: Tables) -> None:
    del tables.numbers[min(tables.numbers)]


def free_a_number(tables: Tables) -> None:
    number = min(tables.numbers)
    tables.numbers[number] = replace(tables.numbers[number], case_id=None)


def use_a_number_twice(tables: Tables) -> None:
    numbers = sorted(tables.numbers)
    other = tables.numbers[numbers[1]].case_id
    assert other is not None
    tables.cases[other] = replace(tables.cases[other], acceptance_no=numbers[0])


def give_a_number_to_nobody_who_has_it(tables: Tables) -> None:
    number = min(tables.numbers)
    parked = first(tables, CaseState.PARKED)
    tables.numbers[number] = replace(tables.numbers[number], case_id=parked)


def forget_a_row(tables: Tables) -> None:
    drop_row(tables, 5)


def drop_row(tables: Tables, at: int) -> None:
    del tables.journal[at]
    del tables.entries[at]


def smuggle_a_case(tables: Tables) -> None:
    case = next(iter(tables.cases.values()))
    tables.cases["0198-smuggled"] = replace(case, case_id="0198-smuggled", acceptance_no=None)


def smuggle_a_message(tables: Tables) -> None:
    queued = next(iter(tables.messages.values()))
    message = replace(queued.message, message_id="0198-smuggled")
    tables.messages["0198-smuggled"] = replace(queued, message=message)


def first(tables: Tables, state: CaseState) -> str:
    return next(case.case_id for case in tables.cases.values() if case.state is state)


@pytest.mark.parametrize(
    ("plant", "kind"),
    [
        (lose_a_case, DifferenceKind.CASE_LOST),
        (lose_a_message, DifferenceKind.MESSAGE_LOST),
        (turn_a_state, DifferenceKind.STATE_DIFFERS),
        (lose_a_number, DifferenceKind.NUMBER_GAP),
        (free_a_number, DifferenceKind.NUMBER_UNUSED),
        (use_a_number_twice, DifferenceKind.NUMBER_DIFFERS),
        (give_a_number_to_nobody_who_has_it, DifferenceKind.NUMBER_DIFFERS),
        (forget_a_row, DifferenceKind.JOURNAL_DAMAGED),
        (smuggle_a_case, DifferenceKind.CASE_UNRECORDED),
        (smuggle_a_message, DifferenceKind.MESSAGE_UNRECORDED),
    ],
)
def test_a_planted_loss_is_noticed(
    played: World, plant: Callable[[Tables], None], kind: DifferenceKind
) -> None:
    plant(played.store._tables)
    if plant is not smuggle_a_case:
        assert kind in kinds_of(played.day.glance())
    assert kind in kinds_of(played.day.totals())
    assert kind in kinds_of(played.day.glance())


def test_the_messages_of_a_purged_case_are_not_missed(played: World) -> None:
    tables = played.store._tables
    case_id = first(tables, CaseState.APPLIED)
    now = played.clock.now()
    tables.cases[case_id] = replace(tables.cases[case_id], draft=b"", purged_at=now)
    sent = [key for key, one in tables.messages.items() if one.message.case_id == case_id]
    for key in sent:
        del tables.messages[key]
    assert sent
    assert played.day.totals().is_reconciled


def test_a_number_that_two_acceptances_name_is_noticed(played: World) -> None:
    number = played.day.totals().numbers[0]
    with played.store.begin() as unit:
        facts = (("no", number),)
        unit.journal(
            JournalEntry(played.clock.now(), "c01", JournalAction.ACCEPTED, "other", facts)
        )
    kinds = {difference.kind for difference in played.day.totals().differences}
    assert DifferenceKind.NUMBER_TWICE in kinds


def test_yesterday_can_be_added_up_today(played: World) -> None:
    before = played.day.totals()
    played.clock.at += timedelta(days=1)
    assert played.day.totals(TODAY).counts == before.counts
    assert played.day.totals().of(Total.ACCEPTED) == 0
    assert played.day.totals().of(Total.PARKED) == 1


def test_what_was_parked_yesterday_and_resumed_today_stood_parked_then(played: World) -> None:
    with played.store.begin() as unit:
        case_id = unit.parked()[0].case_id
        tomorrow = played.clock.now() + timedelta(days=1)
        unit.set_state(case_id, CaseState.DRAFT, tomorrow, "c02")
    assert played.day.totals(TODAY).of(Total.PARKED) == 1
    assert played.day.totals(TODAY + timedelta(days=1)).of(Total.UNFINISHED) == 1
    assert played.day.totals(TODAY).is_reconciled


def test_a_day_is_closed_on_what_was_read_whole_on_that_day(played: World) -> None:
    played.clock.at += timedelta(days=1)
    played.day.totals()
    del played.store._tables.cases[first(played.store._tables, CaseState.VOIDED)]
    with played.store.view() as unit:
        counting = CountingUnit(unit)
        settled(cast("Unit", counting), day_of(played.clock.at))
        everything = len(tuple(unit.journal_rows()))
    assert counting.count < everything
    assert played.day.close(CLERK).is_reconciled
    played.clock.at += timedelta(days=1)
    with pytest.raises(CounterError) as caught:
        played.day.close(CLERK)
    assert caught.value.code is FailureCode.DAY_BLOCKED


def test_what_was_tampered_with_since_the_whole_was_read_keeps_the_day_open(played: World) -> None:
    played.day.totals()
    played.play("s01_principal_in_person")
    drop_row(played.store._tables, -2)
    with pytest.raises(CounterError) as caught:
        played.day.close(CLERK)
    assert caught.value.code is FailureCode.DAY_BLOCKED


def test_a_mark_of_an_older_edition_is_no_leave_to_close_on_it(played: World) -> None:
    played.day.totals()
    with played.store.begin() as unit:
        said = json.loads(unit.recall(MARK_NOTE) or "")
        del said["whole_on"]
        unit.remember(MARK_NOTE, json.dumps(said))
    tables = played.store._tables
    del tables.cases[first(tables, CaseState.VOIDED)]
    with pytest.raises(CounterError):
        played.day.close(CLERK)
