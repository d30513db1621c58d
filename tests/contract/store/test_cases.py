from __future__ import annotations

import json
from datetime import date

import pytest

from counter_app.domain.acceptance_number import parse
from counter_app.domain.case_state import CaseState
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import CaseFilter, CaseSummary
from tests.contract.store.builders import LANE, NOW, accepted, draft, minutes

DAY = date(2026, 11, 23)


def test_a_draft_comes_back_byte_for_byte(store: CaseStore) -> None:
    body = '{"name":"䶮𬭎㛃","empty":""}'.encode()
    with store.begin() as unit:
        unit.save_draft(draft(body=body), NOW)
    with store.view() as unit:
        case = unit.load("case-1")
    assert case.draft == body
    assert (case.state, case.step, case.clerk_id) == (CaseState.DRAFT, "new_number", "c01")
    assert case.summary == draft().summary
    assert (case.created_at, case.changed_at, case.day) == (NOW, NOW, DAY)


def test_an_exception_leaves_no_trace_of_the_whole_unit(store: CaseStore) -> None:
    with pytest.raises(RuntimeError), store.begin() as unit:
        _fail_after(accepted(unit))
    with store.view() as unit:
        assert unit.cases(CaseFilter()) == ()
        assert unit.numbers(DAY) == ()
        assert unit.journal_head().seq == 0


def _fail_after(number: str) -> None:
    raise RuntimeError(number)


def test_a_view_cannot_write(store: CaseStore) -> None:
    with pytest.raises(CounterError) as caught, store.view() as unit:
        unit.save_draft(draft(), NOW)
    assert caught.value.code is FailureCode.STORE_DENIED
    with store.begin() as unit:
        unit.save_draft(draft(), NOW)


def test_the_last_save_wins_and_the_first_time_stays(store: CaseStore) -> None:
    with store.begin() as unit:
        unit.save_draft(draft(), NOW)
        unit.save_draft(draft(body=b"two"), minutes(1))
        case = unit.load("case-1")
    assert (case.draft, case.created_at, case.changed_at) == (b"two", NOW, minutes(1))


def test_an_accepted_case_refuses_another_draft(store: CaseStore) -> None:
    with store.begin() as unit:
        accepted(unit)
    with pytest.raises(CounterError) as caught, store.begin() as unit:
        unit.save_draft(draft(body=b"later"), minutes(1))
    assert caught.value.code is FailureCode.CASE_IMMUTABLE
    with store.view() as unit:
        assert unit.load("case-1").draft == draft().draft


@pytest.mark.parametrize("end", [CaseState.REFUSED, CaseState.ADVISED_ONLINE])
def test_an_ended_case_refuses_another_draft(store: CaseStore, end: CaseState) -> None:
    with store.begin() as unit:
        unit.save_draft(draft(), NOW)
        unit.set_state("case-1", end, NOW, "c01", "PROVIDER.type_not_served")
    with pytest.raises(CounterError) as caught, store.begin() as unit:
        unit.save_draft(draft(body=b"later"), minutes(1))
    assert caught.value.code is FailureCode.CASE_IMMUTABLE


def test_accepting_twice_is_refused_and_keeps_the_first_number(store: CaseStore) -> None:
    with store.begin() as unit:
        number = accepted(unit)
    with pytest.raises(CounterError) as caught, store.begin() as unit:
        unit.accept("case-1", unit.next_acceptance_no("110199", "01", DAY), NOW, "c01")
    assert caught.value.code is FailureCode.CASE_IMMUTABLE
    with store.view() as unit:
        assert unit.load("case-1").acceptance_no == number
        assert [use.acceptance_no for use in unit.numbers(DAY)] == [number]


def test_a_number_serves_one_case_only(store: CaseStore) -> None:
    with store.begin() as unit:
        number = accepted(unit)
        unit.save_draft(draft("case-2"), NOW)
        with pytest.raises(CounterError) as caught:
            unit.accept("case-2", number, NOW, "c01")
    assert caught.value.code is FailureCode.CASE_IMMUTABLE


def test_a_number_that_was_not_taken_here_accepts_nothing(store: CaseStore) -> None:
    with store.begin() as unit:
        unit.save_draft(draft(), NOW)
        with pytest.raises(CounterError) as caught:
            unit.accept("case-1", "110199202611230100010", NOW, "c01")
    assert caught.value.code is FailureCode.CASE_IMMUTABLE


def test_numbers_count_by_counter_and_day_and_are_never_given_again(store: CaseStore) -> None:
    with store.begin() as unit:
        taken = [unit.next_acceptance_no("110199", "01", DAY) for _ in range(3)]
        other = unit.next_acceptance_no("110199", "02", DAY)
        next_day = unit.next_acceptance_no("110199", "01", date(2026, 11, 24))
    assert [parse(number).sequence for number in (*taken, other, next_day)] == [1, 2, 3, 1, 1]
    with store.view() as unit:
        assert [use.acceptance_no for use in unit.numbers(DAY)] == [*taken, other]


def test_voiding_keeps_the_number_used(store: CaseStore) -> None:
    with store.begin() as unit:
        number = accepted(unit)
        unit.set_state("case-1", CaseState.VOIDED, minutes(1), "c01", "作废 by the customer")
        again = unit.next_acceptance_no("110199", "01", DAY)
    assert parse(again).sequence == parse(number).sequence + 1


def test_a_state_that_may_not_follow_is_refused(store: CaseStore) -> None:
    with store.begin() as unit:
        unit.save_draft(draft(), NOW)
        with pytest.raises(CounterError) as caught:
            unit.set_state("case-1", CaseState.APPLIED, NOW, "c01")
    assert caught.value.code is FailureCode.CASE_IMMUTABLE
    assert caught.value.facts == {"state": "DRAFT", "wanted": "APPLIED"}


def test_acceptance_needs_its_number(store: CaseStore) -> None:
    with store.begin() as unit:
        unit.save_draft(draft(), NOW)
        with pytest.raises(CounterError) as caught:
            unit.set_state("case-1", CaseState.ACCEPTED_UNPRINTED, NOW, "c01")
    assert caught.value.code is FailureCode.CASE_IMMUTABLE


def test_an_unknown_case_is_named_so(store: CaseStore) -> None:
    with pytest.raises(CounterError) as caught, store.view() as unit:
        unit.load("no such case")
    assert caught.value.code is FailureCode.CASE_UNKNOWN


def test_parked_cases_are_listed_oldest_first_with_owner_and_reminder(store: CaseStore) -> None:
    with store.begin() as unit:
        for place, name in enumerate(("case-1", "case-2", "case-3")):
            unit.save_draft(draft(name), minutes(place))
        unit.set_state("case-2", CaseState.PARKED, minutes(5), "c01", "客户去取材料")
        unit.set_state("case-1", CaseState.PARKED, minutes(6), "c01")
        unit.set_reminder("case-2", minutes(60))
    with store.view() as unit:
        parked = unit.parked()
        open_cases = unit.open_cases()
    assert [case.case_id for case in parked] == ["case-2", "case-1"]
    assert (parked[0].remind_at, parked[0].reason) == (minutes(60), "客户去取材料")
    assert [case.case_id for case in open_cases] == ["case-3"]


def test_resuming_by_another_clerk_hands_the_case_over(store: CaseStore) -> None:
    with store.begin() as unit:
        unit.save_draft(draft(), NOW)
        unit.set_state("case-1", CaseState.PARKED, NOW, "c01")
        unit.hand_over("case-1", "c02", minutes(1), "m01")
        unit.save_draft(draft(clerk="c02"), minutes(2))
        rows = [json.loads(row.record) for row in unit.case_journal("case-1")]
        assert unit.load("case-1").clerk_id == "c02"
    acts = [(row["action"], row["actor"]) for row in rows]
    assert acts == [
        ("CASE_STARTED", "c01"),
        ("STATE_CHANGED", "c01"),
        ("HANDED_OVER", "m01"),
        ("STATE_CHANGED", "c02"),
    ]
    assert rows[2]["facts"] == {"from": "c01", "to": "c02"}


def test_an_accepted_case_is_not_handed_over(store: CaseStore) -> None:
    with store.begin() as unit:
        accepted(unit)
        with pytest.raises(CounterError) as caught:
            unit.hand_over("case-1", "c02", NOW, "m01")
    assert caught.value.code is FailureCode.CASE_IMMUTABLE


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (CaseFilter(), ["case-3", "case-2", "case-1"]),
        (CaseFilter(limit=1), ["case-3"]),
        (CaseFilter(states=frozenset({CaseState.PARKED})), ["case-2"]),
        (CaseFilter(merchant_no="102110054990009"), ["case-3"]),
        (CaseFilter(clerk_id="c02"), ["case-2"]),
        (CaseFilter(text="䶮"), ["case-3"]),
        (CaseFilter(text="N500W00099999"), ["case-2"]),
        (CaseFilter(day=date(2026, 11, 22)), []),
        (CaseFilter(text="%"), []),
        (CaseFilter(anywhere="110199199003070017"), ["case-1"]),
        (CaseFilter(anywhere="nobody"), []),
    ],
)
def test_cases_are_found_by_what_a_clerk_knows(
    store: CaseStore, which: CaseFilter, expected: list[str]
) -> None:
    with store.begin() as unit:
        unit.save_draft(draft("case-1", body=b'{"id":"110199199003070017"}'), NOW)
        second = CaseSummary(LANE, "样本小吃店", "N500W00099999", "样本乙")
        unit.save_draft(draft("case-2", clerk="c02", summary=second), minutes(1))
        unit.set_state("case-2", CaseState.PARKED, minutes(1), "c02")
        third = CaseSummary("102110054990009", "赵䶮的店", "N500W00012346", "赵䶮")
        unit.save_draft(draft("case-3", summary=third), minutes(2))
        assert [case.case_id for case in unit.cases(which)] == expected


def test_a_case_is_found_by_its_acceptance_number_and_day(store: CaseStore) -> None:
    with store.begin() as unit:
        number = accepted(unit)
        assert [case.case_id for case in unit.cases(CaseFilter(text=number, day=DAY))] == ["case-1"]


def test_words_of_a_person_stay_out_of_the_journal(store: CaseStore) -> None:
    with store.begin() as unit:
        unit.save_draft(draft(), NOW)
        unit.set_state("case-1", CaseState.PARKED, NOW, "c01", "样本甲 is waiting outside")
        unit.set_state("case-1", CaseState.DRAFT, NOW, "c01", "RESUMED")
        rows = [json.loads(row.record)["facts"] for row in unit.journal_rows()]
    assert [facts.get("reason") for facts in rows] == [None, "text", "RESUMED"]
