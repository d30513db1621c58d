"""Any day adds up; anything lost or doubled is noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.case_state import CaseState
from counter_app.domain.day_totals import DifferenceKind, Total
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.ports.stored import CaseFilter
from counter_app.storage.memory_tables import Tables
from tests.unit.services.day_world import FOLDER, TODAY, World, on_day, visit

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


def forget_a_row(tables: Tables) -> None:
    del tables.journal[5]


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
        (forget_a_row, DifferenceKind.JOURNAL_DAMAGED),
        (smuggle_a_case, DifferenceKind.CASE_UNRECORDED),
        (smuggle_a_message, DifferenceKind.MESSAGE_UNRECORDED),
    ],
)
def test_a_planted_loss_is_noticed(
    played: World, plant: Callable[[Tables], None], kind: DifferenceKind
) -> None:
    plant(played.store._tables)
    assert kind in {difference.kind for difference in played.day.totals().differences}


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
