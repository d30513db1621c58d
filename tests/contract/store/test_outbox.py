from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import JournalAction
from counter_app.domain.submission import MessageState, MessageType, Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import Retention
from tests.contract.store.builders import (
    LANE,
    NOW,
    accepted,
    decision,
    draft,
    message,
    minutes,
    queued,
)


def due(store: CaseStore, at: float = 0) -> str | None:
    with store.view() as unit:
        found = unit.next_due(minutes(at))
    return None if found is None else found.message_id


def mark(store: CaseStore, message_id: str, state: MessageState, reason: str = "") -> None:
    with store.begin() as unit:
        unit.mark(message_id, state, reason, minutes(1))


def state_of(store: CaseStore, case_id: str = "case-1") -> CaseState:
    with store.view() as unit:
        return unit.load(case_id).state


def test_a_message_comes_back_as_it_was_signed(store: CaseStore) -> None:
    sent = replace(message("m1"), blobs=("ab" * 32, "cd" * 32))
    with store.begin() as unit:
        accepted(unit)
        unit.add_message(sent)
    with store.view() as unit:
        assert unit.next_due(NOW) == sent
        kept = unit.message("m1")
    assert (kept.message, kept.state, kept.sent_at) == (sent, MessageState.READY, None)


def test_a_case_that_is_not_accepted_queues_nothing(store: CaseStore) -> None:
    with store.begin() as unit:
        unit.save_draft(draft(), NOW)
    with pytest.raises(CounterError) as caught, store.begin() as unit:
        unit.add_message(message("m1"))
    assert caught.value.code is FailureCode.CASE_IMMUTABLE


def test_the_same_message_is_queued_once(store: CaseStore) -> None:
    queued(store)
    with pytest.raises(CounterError) as caught, store.begin() as unit:
        unit.add_message(message("m1", prev="m1"))
    assert caught.value.facts == {"cause": "message_known"}


def test_a_message_names_the_one_before_it_in_its_lane(store: CaseStore) -> None:
    queued(store)
    with pytest.raises(CounterError) as caught, store.begin() as unit:
        unit.add_message(message("m2", prev=None))
    assert caught.value.facts == {"cause": "prev_differs"}


def test_a_lane_goes_in_order_and_other_lanes_do_not_wait(store: CaseStore) -> None:
    queued(store, "m1", "case-1")
    queued(store, "m2", "case-2")
    queued(store, "x1", "case-3", lane="102110054990009")
    assert due(store) == "m1"
    with store.begin() as unit:
        unit.postpone("m1", minutes(10), "OFFICE_UNREACHABLE")
    assert due(store) == "x1"
    mark(store, "x1", MessageState.ACKED)
    assert due(store) is None
    assert due(store, at=10) == "m1"
    mark(store, "m1", MessageState.ACKED)
    assert due(store) == "m2"


def test_a_frozen_message_stops_what_names_it_and_the_lane_goes_on_beside_it(
    store: CaseStore,
) -> None:
    queued(store, "m1", "case-1")
    mark(store, "m1", MessageState.ACKED)
    queued(store, "m2", "case-2")
    mark(store, "m2", MessageState.FROZEN, "OFFICE_MISMATCH")
    assert due(store) is None
    with store.view() as unit:
        assert unit.last_in_lane(LANE) == "m1"
    queued(store, "m3", "case-3")
    assert due(store) == "m3"


def test_a_message_set_aside_lets_those_go_that_were_queued_behind_it(store: CaseStore) -> None:
    queued(store, "m1", "case-1")
    queued(store, "m2", "case-2")
    assert due(store) == "m1"
    mark(store, "m1", MessageState.FROZEN, "OFFICE_MISMATCH")
    assert due(store) == "m2"


def test_held_messages_wait_until_they_are_released(store: CaseStore) -> None:
    queued(store)
    mark(store, "m1", MessageState.HELD, "OFFICE_CLOCK")
    assert due(store, at=600) is None
    with store.begin() as unit:
        assert unit.waiting()[0].reason == "OFFICE_CLOCK"
        assert unit.release_held() == 1
    assert due(store) == "m1"


def test_claiming_makes_the_case_sent_and_ends_the_time_for_voiding(store: CaseStore) -> None:
    queued(store)
    with store.begin() as unit:
        unit.claim("m1", minutes(1))
    assert state_of(store) is CaseState.SENT
    with pytest.raises(CounterError) as caught, store.begin() as unit:
        unit.void_messages("case-1", minutes(2), "c01")
    assert caught.value.code is FailureCode.CASE_IMMUTABLE
    with store.view() as unit:
        assert unit.message("m1").sent_at == minutes(1)


def test_a_voided_message_is_neither_sent_nor_waited_for(store: CaseStore) -> None:
    queued(store)
    with store.begin() as unit:
        unit.void_messages("case-1", minutes(1), "c01")
        unit.set_state("case-1", CaseState.VOIDED, minutes(1), "c01")
    assert due(store) is None
    with store.view() as unit:
        assert unit.waiting_count() == 0
        assert unit.last_in_lane(LANE) is None
    with pytest.raises(CounterError) as caught, store.begin() as unit:
        unit.claim("m1", minutes(2))
    assert caught.value.facts == {"message_state": "VOIDED"}


def test_a_message_that_another_case_follows_cannot_be_voided(store: CaseStore) -> None:
    queued(store, "m1", "case-1")
    queued(store, "m2", "case-2")
    with pytest.raises(CounterError) as caught, store.begin() as unit:
        unit.void_messages("case-1", NOW, "c01")
    assert caught.value.facts == {"cause": "followed"}


def test_a_case_is_acknowledged_when_all_its_messages_are(store: CaseStore) -> None:
    with store.begin() as unit:
        accepted(unit)
        unit.add_message(message("m1"))
        unit.add_message(message("m2", prev="m1", kind=MessageType.TERMINAL_SWAP))
        unit.claim("m1", NOW)
    mark(store, "m1", MessageState.ACKED)
    assert state_of(store) is CaseState.SENT
    mark(store, "m2", MessageState.ACKED)
    assert state_of(store) is CaseState.ACKED


def test_what_waits_is_counted_and_has_an_age(store: CaseStore) -> None:
    with store.view() as unit:
        assert (unit.waiting_count(), unit.oldest_unsent(NOW)) == (0, None)
    queued(store, "m1", "case-1")
    queued(store, "m2", "case-2")
    mark(store, "m2", MessageState.FROZEN, "schema")
    with store.view() as unit:
        assert unit.waiting_count() == 2
        known = {one.message.message_id for one in unit.waiting()}
        assert {one for ids in unit.message_ids().values() for one in ids} >= known
        for case_id, ids in unit.message_ids().items():
            assert sorted(ids) == sorted(one.message.message_id for one in unit.messages(case_id))
        assert unit.oldest_unsent(minutes(90)) == minutes(90) - NOW
    mark(store, "m1", MessageState.ACKED)
    mark(store, "m2", MessageState.ACKED)
    with store.view() as unit:
        assert unit.oldest_unsent(minutes(90)) is None


def test_answers_and_the_cursor_are_kept_together(store: CaseStore) -> None:
    queued(store)
    mark(store, "m1", MessageState.ACKED)
    answers = [decision(3, Verdict.IN_PROCESS), decision(4, Verdict.APPLIED)]
    with store.begin() as unit:
        unit.store_decisions(answers, 4, minutes(6))
    with store.view() as unit:
        assert unit.cursor() == 4
        assert unit.decisions("case-1") == tuple(answers)
        assert unit.message("m1").state is MessageState.DECIDED
        assert unit.message("m1").decided_at == minutes(6)
    assert state_of(store) is CaseState.APPLIED


def test_an_answer_that_comes_twice_changes_nothing(store: CaseStore) -> None:
    queued(store)
    for _ in range(2):
        with store.begin() as unit:
            unit.store_decisions([decision(1, Verdict.REJECTED)], 1, minutes(6))
    with store.view() as unit:
        assert len(unit.decisions("case-1")) == 1
        assert [row.seq for row in unit.journal_rows()][-1] == unit.journal_head().seq == 5


def test_an_answer_may_overtake_the_acknowledgement(store: CaseStore) -> None:
    queued(store)
    with store.begin() as unit:
        unit.claim("m1", NOW)
        unit.store_decisions([decision(1, Verdict.APPLIED)], 1, minutes(1))
        unit.mark("m1", MessageState.ACKED, "", minutes(2))
    with store.view() as unit:
        assert unit.message("m1").state is MessageState.DECIDED
    assert state_of(store) is CaseState.APPLIED


def test_answers_keep_the_order_in_which_they_came_when_the_clock_goes_back(
    store: CaseStore,
) -> None:
    queued(store)
    with store.begin() as unit:
        unit.store_decisions([decision(3, Verdict.IN_PROCESS)], 3, minutes(9))
        unit.store_decisions([decision(2, Verdict.APPLIED)], 3, minutes(1))
        assert [one.cursor for one in unit.decisions("case-1")] == [3, 2]


def test_an_answer_for_an_unknown_message_is_kept(store: CaseStore) -> None:
    with store.begin() as unit:
        unit.store_decisions([decision(7, Verdict.APPLIED, "gone", "gone")], 7, NOW)
        assert [one.cursor for one in unit.decisions("gone")] == [7]


def test_a_withdrawal_that_was_applied_makes_the_case_void(store: CaseStore) -> None:
    queued(store)
    with store.begin() as unit:
        unit.claim("m1", NOW)
        unit.mark("m1", MessageState.ACKED, "", NOW)
        unit.set_state("case-1", CaseState.WITHDRAW_REQUESTED, NOW, "c01")
        unit.add_message(message("w1", prev="m1", kind=MessageType.WITHDRAW))
        unit.store_decisions([decision(1, Verdict.APPLIED, "w1")], 1, minutes(1))
    assert state_of(store) is CaseState.VOIDED


def test_a_terminal_swap_has_its_own_answer(store: CaseStore) -> None:
    with store.begin() as unit:
        accepted(unit)
        unit.add_message(message("m1"))
        unit.add_message(message("m2", prev="m1", kind=MessageType.TERMINAL_SWAP))
        unit.store_decisions([decision(1, Verdict.REJECTED, "m2")], 1, NOW)
        assert unit.message("m2").state is MessageState.DECIDED
    assert state_of(store) is CaseState.ACCEPTED_UNPRINTED


def test_a_restored_head_office_is_sent_everything_again_in_order(store: CaseStore) -> None:
    queued(store, "m1", "case-1")
    queued(store, "m2", "case-2")
    for one in ("m1", "m2"):
        mark(store, one, MessageState.ACKED)
    with store.begin() as unit:
        assert unit.set_office_epoch("first", NOW) == 0
        unit.store_decisions([decision(9, Verdict.APPLIED)], 9, NOW)
        assert unit.set_office_epoch("first", NOW) == 0
        assert unit.set_office_epoch("second", minutes(1)) == 2
        assert (unit.cursor(), unit.office_epoch()) == (0, "second")
    assert due(store) == "m1"
    mark(store, "m1", MessageState.ACKED)
    assert due(store) == "m2"
    assert state_of(store) is CaseState.APPLIED
    with store.begin() as unit:
        unit.store_decisions([decision(1, Verdict.APPLIED)], 1, minutes(2))
        assert unit.message("m1").state is MessageState.DECIDED


def test_a_store_has_an_incarnation_of_its_own(store: CaseStore) -> None:
    with store.view() as unit:
        first = unit.device_epoch()
    with store.view() as unit:
        assert unit.device_epoch() == first != ""


def test_a_signed_page_moves_no_case_and_holds_up_no_acknowledgement(store: CaseStore) -> None:
    queued(store)
    with store.begin() as unit:
        unit.add_message(message("m2", prev="m1", kind=MessageType.SIGNED_COPY))
        unit.claim("m1", NOW)
    mark(store, "m1", MessageState.ACKED)
    assert state_of(store) is CaseState.ACKED
    assert due(store) == "m2"
    with store.begin() as unit:
        unit.store_decisions([decision(1, Verdict.APPLIED)], 1, minutes(2))
        unit.claim("m2", minutes(3))
    mark(store, "m2", MessageState.ACKED)
    assert state_of(store) is CaseState.APPLIED
    with store.view() as unit:
        page = unit.message("m2")
        assert (page.state, page.decided_at) == (MessageState.DECIDED, minutes(1))
        assert unit.waiting_count() == 0


def test_a_case_is_not_forgotten_while_a_signed_page_of_it_waits(store: CaseStore) -> None:
    queued(store)
    with store.begin() as unit:
        unit.add_message(message("m2", prev="m1", kind=MessageType.SIGNED_COPY))
        unit.claim("m1", NOW)
        unit.store_decisions([decision(1, Verdict.APPLIED)], 1, NOW)
    much_later = NOW + timedelta(days=400)
    with store.view() as unit:
        assert unit.due_for_purge(Retention(), much_later) == ()
    mark(store, "m2", MessageState.ACKED)
    with store.view() as unit:
        assert unit.due_for_purge(Retention(), much_later) == ("case-1",)


def test_a_restored_head_office_gets_the_signed_page_again(store: CaseStore) -> None:
    queued(store)
    with store.begin() as unit:
        unit.add_message(message("m2", prev="m1", kind=MessageType.SIGNED_COPY))
        unit.set_office_epoch("a", NOW)
    for name in ("m1", "m2"):
        mark(store, name, MessageState.ACKED)
    with store.begin() as unit:
        assert unit.set_office_epoch("b", NOW) == 2
    assert due(store) == "m1"


def test_a_queue_that_is_held_for_weeks_fills_no_journal(store: CaseStore) -> None:
    queued(store)
    for _ in range(50):
        mark(store, "m1", MessageState.HELD, "OFFICE_LOGIN")
        with store.begin() as unit:
            assert unit.release_held() == 1
    mark(store, "m1", MessageState.HELD, "OFFICE_CLOCK")
    with store.view() as unit:
        assert unit.message("m1").reason == "OFFICE_CLOCK"
        rows = [json.loads(row.record) for row in unit.case_journal("case-1")]
    marked = [row for row in rows if row["action"] == JournalAction.MESSAGE_MARKED]
    assert len(marked) == 2
