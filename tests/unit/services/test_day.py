"""Opening, adding up, handing over and closing a day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.account import Account
from counter_app.domain.case_state import CaseState
from counter_app.domain.counter_facts import day_of
from counter_app.domain.day_check import CheckItem, CheckLevel
from counter_app.domain.day_totals import Total
from counter_app.domain.paper import NoticeRecord, read_record
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import never
from counter_app.services.day import Deferral
from counter_app.services.queue_age import hold_sign_out, is_queue_too_old
from counter_app.storage.memory import MemoryUnit
from tests.unit.services.day_world import (
    AUDITOR,
    CLERK,
    MANAGER,
    NEXT_CLERK,
    REVIEWER,
    TODAY,
    World,
)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def waiting(world: World) -> World:
    """A day with one case that awaits review."""
    world.play("s01_principal_in_person", "s25_parked", "s27_own_case")
    return world


def test_a_day_opens_with_its_check_in_the_journal(world: World) -> None:
    check = world.day.check()
    status = world.day.open("c01", check)
    assert status.opened_at == world.clock.now()
    entry = world.store._tables.entries[-1]
    assert entry.action.value == "DAY_OPENED"
    assert dict(entry.facts)["clock"] == "good"


def test_a_clock_more_than_five_minutes_off_keeps_the_day_shut(world: World) -> None:
    world.around = replace(world.around, skew_s=-301.0)
    check = world.day.check()
    with pytest.raises(CounterError) as caught:
        world.day.open("c01", check)
    assert caught.value.code is FailureCode.CLOCK_WRONG
    assert world.day.status().opened_at is None
    assert world.acts() == ["DEVICE_CHECKED"]


def test_cases_without_paper_come_first_in_the_check(world: World) -> None:
    world.play("s22_printer_jam")
    assert world.day.check().lines[0].item is CheckItem.UNPRINTED
    assert world.day.check().worst() is CheckLevel.STOP


def test_a_day_opened_yesterday_is_not_open_today(world: World) -> None:
    world.day.open("c01", world.day.check())
    world.clock.at += timedelta(days=1)
    assert world.day.status().opened_at is None


def test_a_quiet_day_closes_without_a_second_person(world: World) -> None:
    world.play("s01_principal_in_person", "s25_parked")
    totals = world.day.close(CLERK)
    assert (totals.of(Total.ACCEPTED), totals.of(Total.PARKED)) == (1, 1)
    assert world.day.status().closed_at == world.clock.now()
    assert dict(world.store._tables.entries[-1].facts)["accepted"] == "1"


def test_a_day_with_an_unreviewed_case_does_not_close(waiting: World) -> None:
    with pytest.raises(CounterError) as caught:
        waiting.day.close(CLERK)
    assert caught.value.code is FailureCode.DAY_BLOCKED
    assert caught.value.facts["awaiting"] == 1
    assert waiting.day.status().closed_at is None


@pytest.mark.parametrize("second", [REVIEWER, MANAGER])
def test_a_second_person_lets_it_close_with_a_reason(waiting: World, second: Account) -> None:
    waiting.day.close(CLERK, Deferral(waiting.proof(second), "复核人明早到岗"))
    entry = waiting.store._tables.entries[-1]
    assert dict(entry.facts)["deferred_by"] == second.account_id
    assert "复核人明早到岗" not in str(entry)


@pytest.mark.parametrize(
    ("who", "minutes", "reason", "code"),
    [
        (CLERK, 0, "理由", FailureCode.SECOND_PERSON),
        (REVIEWER, 3, "理由", FailureCode.SECOND_PERSON),
        (NEXT_CLERK, 0, "理由", FailureCode.ROLE_MISSING),
        (REVIEWER, 0, "  ", FailureCode.REASON_MISSING),
    ],
    ids=["the clerk", "too long ago", "without the role", "without a reason"],
)
def test_a_deferral_that_is_not_good_does_not_close_the_day(
    waiting: World, who: Account, minutes: int, reason: str, code: FailureCode
) -> None:
    with pytest.raises(CounterError) as caught:
        waiting.day.close(CLERK, Deferral(waiting.proof(who, minutes), reason))
    assert caught.value.code is code
    assert "DAY_CLOSED" not in waiting.acts()


def test_even_the_centre_manager_cannot_defer_for_themself(waiting: World) -> None:
    with pytest.raises(CounterError) as caught:
        waiting.day.close(MANAGER, Deferral(waiting.proof(MANAGER), "理由"))
    assert caught.value.code is FailureCode.SECOND_PERSON


def test_the_summary_shows_every_total_and_who_deferred(waiting: World) -> None:
    waiting.day.close(CLERK, Deferral(waiting.proof(REVIEWER), "客户电话13900000002"))
    line = waiting.day.print_summary("c01", never())
    assert line.failure is None
    record = printed(waiting, TODAY.isoformat(), "day_summary")
    assert {one.code for one in record.lines} >= {total.value for total in Total}
    deferred = next(one.value for one in record.heading if one.code == "paper.deferred")
    assert deferred.startswith("演示复核")
    assert "13900000002" not in deferred
    assert record.signatures == ("clerk", "reviewer")


def test_a_second_print_is_a_paper_of_its_own(world: World) -> None:
    world.day.print_summary("c01", never())
    world.play("s01_principal_in_person")
    world.day.print_summary("c01", never())
    second = printed(world, f"{TODAY.isoformat()}-2", "day_summary")
    assert second.paper_no.endswith("D2")
    assert next(one.value for one in second.lines if one.code == "accepted") == "1"


def test_the_hand_over_list_names_age_owner_and_next_step(world: World) -> None:
    world.play("s25_parked", "s22_printer_jam")
    world.clock.at += timedelta(hours=2, minutes=5)
    handed = world.day.hand_over("c01", None, never())
    assert handed.moved == 0
    record = printed(world, TODAY.isoformat(), "hand_over")
    told = {one.code: f"{one.zh} {one.value}" for one in record.lines}
    assert "继续办理" in told["PARKED"]
    assert "已等 10小时5分" in told["PARKED"]
    assert "经办 c01" in told["PARKED"]
    assert "补打回执" in told["ACCEPTED_UNPRINTED"]
    assert record.signatures == ("from_clerk", "to_clerk")


def test_the_next_clerk_takes_over_what_is_open_and_the_journal_says_so(world: World) -> None:
    world.play("s25_parked", "s01_principal_in_person")
    handed = world.day.hand_over("c01", world.proof(NEXT_CLERK), never())
    assert handed.moved == 1
    with world.store.view() as unit:
        assert [case.clerk_id for case in unit.parked()] == ["c02"]
    assert world.acts().count("HANDED_OVER") == 1


@pytest.mark.parametrize(
    ("who", "minutes", "code"),
    [
        (CLERK, 0, FailureCode.SECOND_PERSON),
        (NEXT_CLERK, 3, FailureCode.SECOND_PERSON),
        (AUDITOR, 0, FailureCode.ROLE_MISSING),
    ],
)
def test_nobody_else_takes_cases_over(
    world: World, who: Account, minutes: int, code: FailureCode
) -> None:
    world.play("s25_parked")
    with pytest.raises(CounterError) as caught:
        world.day.hand_over("c01", world.proof(who, minutes), never())
    assert caught.value.code is code
    with world.store.view() as unit:
        assert unit.parked()[0].clerk_id == "c01"


@pytest.fixture
def frozen(world: World) -> World:
    """A counter whose queue is too old for new cases."""
    world.play("s21_offline")
    world.clock.at += timedelta(days=4)
    return world


def test_a_centre_manager_unlocks_the_queue_for_one_day(frozen: World) -> None:
    assert frozen.day.unlock_queue(frozen.proof(MANAGER), "线路抢修中")
    assert not is_queue_too_old(frozen.store, frozen.clock.now(), 3)
    frozen.clock.at += timedelta(days=1)
    assert is_queue_too_old(frozen.store, frozen.clock.now(), 3)
    assert frozen.acts().count("CASES_UNLOCKED") == 1


def test_unlocking_twice_on_a_day_is_one_unlock(frozen: World) -> None:
    frozen.day.unlock_queue(frozen.proof(MANAGER), "线路抢修中")
    assert not frozen.day.unlock_queue(frozen.proof(MANAGER), "再来一次")
    assert frozen.acts().count("CASES_UNLOCKED") == 1


@pytest.mark.parametrize(
    ("who", "minutes", "reason", "code"),
    [
        (REVIEWER, 0, "理由", FailureCode.ROLE_MISSING),
        (MANAGER, 3, "理由", FailureCode.SECOND_PERSON),
        (MANAGER, 0, "", FailureCode.REASON_MISSING),
    ],
)
def test_nobody_else_unlocks_the_queue(
    frozen: World, who: Account, minutes: int, reason: str, code: FailureCode
) -> None:
    with pytest.raises(CounterError) as caught:
        frozen.day.unlock_queue(frozen.proof(who, minutes), reason)
    assert caught.value.code is code
    assert is_queue_too_old(frozen.store, frozen.clock.now(), 3)


def test_a_dead_printer_is_said_and_the_paper_is_kept(world: World) -> None:
    world.fault = FailureCode.PRINTER_OUT_OF_PAPER
    line = world.day.print_summary("c01", never())
    assert line.failure is FailureCode.PRINTER_OUT_OF_PAPER
    assert printed(world, TODAY.isoformat(), "day_summary").paper_no.endswith("D1")


def test_a_quiet_counter_hands_over_a_list_that_says_so(world: World) -> None:
    world.day.hand_over("c01", None, never())
    record = printed(world, TODAY.isoformat(), "hand_over")
    assert [one.zh for one in record.lines] == ["没有未办完的业务"]


def test_the_state_that_awaits_is_what_the_day_waits_for(waiting: World) -> None:
    states = {case.state for case in waiting.day.unfinished()}
    assert states == {CaseState.PARKED, CaseState.AWAITING_REVIEW}


def test_what_happens_while_the_day_closes_is_in_its_totals(world: World) -> None:
    world.play("s01_principal_in_person")
    day, store = world.day, world.store
    seen = store.view

    @contextmanager
    def view_then_park() -> Iterator[MemoryUnit]:
        store.view = seen
        with seen() as unit:
            yield unit
        world.play("s25_parked")

    store.view = view_then_park
    assert day.close(CLERK).of(Total.PARKED) == 1


def test_a_difference_is_printed_by_name_and_keeps_the_day_open(world: World) -> None:
    world.play("s01_principal_in_person", "office_applied")
    tables = world.store._tables
    del tables.messages[next(iter(tables.messages))]
    del tables.numbers[min(tables.numbers)]
    with pytest.raises(CounterError) as caught:
        world.day.close(CLERK)
    assert caught.value.facts["differences"] == len(world.day.totals().differences)
    world.day.print_summary("c01", never())
    record = printed(world, TODAY.isoformat(), "day_summary")
    codes = {one.code for one in record.lines}
    assert {"message_lost", "number_gap"} <= codes


def printed(world: World, key: str, kind: str) -> NoticeRecord:
    with world.store.view() as unit:
        record = read_record(unit.paper(key, kind).record)
    assert isinstance(record, NoticeRecord)
    return record


def test_nobody_signs_out_while_cases_wait_that_nobody_else_answers_for(world: World) -> None:
    now = world.clock.now()
    hold_sign_out(world.store, "c01", now)
    world.play("s01_principal_in_person")
    with pytest.raises(CounterError) as caught:
        hold_sign_out(world.store, "c01", now)
    assert (caught.value.code, caught.value.facts["waiting"]) == (FailureCode.QUEUE_WAITING, 1)
    world.day.hand_over("c01", None, never())
    with pytest.raises(CounterError):
        hold_sign_out(world.store, "c01", now)
    world.day.hand_over("c01", world.proof(NEXT_CLERK), never())
    hold_sign_out(world.store, "c01", now)
    with pytest.raises(CounterError):
        hold_sign_out(world.store, "c01", now + timedelta(days=1))


def test_whoever_closed_the_day_may_go(world: World) -> None:
    world.play("s01_principal_in_person")
    world.day.close(CLERK)
    hold_sign_out(world.store, "c01", world.clock.now())


@pytest.mark.parametrize(("days", "is_told"), [(75, False), (76, True), (90, True)])
def test_clerks_are_told_two_weeks_before_a_parked_case_goes(
    world: World, days: int, *, is_told: bool
) -> None:
    world.play("s25_parked")
    (case,) = world.day.unfinished()
    world.clock.at = case.changed_at + timedelta(days=days)
    going = [line for line in world.day.check().lines if line.item is CheckItem.PARKED]
    assert [line.value for line in going] == (["1"] if is_told else [])
    world.day.hand_over("c01", None, never())
    record = printed(world, day_of(world.clock.at).isoformat(), "hand_over")
    goes_on = day_of(case.changed_at + timedelta(days=90)).isoformat()
    assert (f"{goes_on} 起删除资料" in record.lines[0].value) is is_told


def test_only_open_cases_are_told_to_go(world: World) -> None:
    world.play("s01_principal_in_person")
    world.clock.at += timedelta(days=85)
    assert CheckItem.PARKED not in {line.item for line in world.day.check().lines}
