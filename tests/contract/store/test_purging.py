"""When open cases are given up, and what a wrong clock must never make old."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from counter_app.domain.case_state import OPEN_STATES, CaseState
from counter_app.domain.journal import JournalAction, JournalEntry, counter_day
from counter_app.domain.submission import Verdict
from counter_app.errors import CounterError
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import AgentVisit, LetterUse, PhoneBinding, Retention, StoredPaper
from tests.contract.store.builders import LANE, NOW, decision, draft, queued

KEPT = Retention()
BEHIND = NOW - timedelta(days=2000)
"""What a computer says whose clock's battery is empty."""


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_an_open_case_is_given_up_after_ninety_days(store: CaseStore, state: CaseState) -> None:
    with store.begin() as unit:
        unit.save_draft(draft(), NOW)
        if state is not CaseState.DRAFT:
            unit.set_state("case-1", state, NOW, "c01", "waits")
        assert unit.abandon(KEPT, NOW + timedelta(days=89, hours=23)) == ()
        later = NOW + timedelta(days=90)
        assert unit.due_for_purge(KEPT, later) == ()
        assert unit.abandon(KEPT, later) == ("case-1",)
        assert unit.abandon(KEPT, later) == ()
        assert unit.due_for_purge(KEPT, later) == ("case-1",)
        unit.purge_case("case-1", 2, later)
        case = unit.load("case-1")
        said = [json.loads(row.record) for row in unit.case_journal("case-1")][-2:]
    assert (case.state, case.draft, case.summary.customer) == (CaseState.ABANDONED, b"", "")
    assert [row["action"] for row in said] == ["STATE_CHANGED", "PURGED"]
    assert said[0]["facts"] == {"from": state, "to_state": "ABANDONED", "reason": "abandoned"}


def test_a_case_that_was_taken_up_again_has_its_time_anew(store: CaseStore) -> None:
    with store.begin() as unit:
        unit.save_draft(draft(state=CaseState.PARKED), NOW)
        unit.save_draft(draft(body=b"{}"), NOW + timedelta(days=80))
        assert unit.abandon(KEPT, NOW + timedelta(days=90)) == ()
        assert unit.abandon(KEPT, NOW + timedelta(days=170)) == ("case-1",)


def test_an_accepted_case_is_never_given_up(store: CaseStore) -> None:
    queued(store)
    with store.begin() as unit:
        assert unit.abandon(KEPT, NOW + timedelta(days=700)) == ()
        with pytest.raises(CounterError):
            unit.set_state("case-1", CaseState.ABANDONED, NOW, "c01")


def test_what_was_written_while_the_clock_was_behind_is_not_old(store: CaseStore) -> None:
    with store.begin() as unit:
        unit.journal(JournalEntry(NOW, "c01", JournalAction.DAY_OPENED))
        unit.save_draft(draft("parked", CaseState.PARKED), BEHIND)
        unit.save_draft(draft("refused"), BEHIND)
        unit.set_state("refused", CaseState.REFUSED, BEHIND, "c01", "A11.used")
        unit.put_paper(StoredPaper("2021-06-02", "day_summary", b"{}", b"%PDF", BEHIND), "c01")
        soon = NOW + timedelta(days=89)
        assert unit.abandon(KEPT, soon) == ()
        assert unit.due_for_purge(KEPT, soon) == ()
        assert unit.purge_registers(KEPT, soon) == 0
        later = NOW + timedelta(days=90)
        assert unit.abandon(KEPT, later) == ("parked",)
        assert set(unit.due_for_purge(KEPT, later)) == {"parked", "refused"}
        assert unit.purge_registers(KEPT, later) == 1


def test_an_answer_that_came_while_the_clock_was_behind_is_not_old(store: CaseStore) -> None:
    queued(store)
    with store.begin() as unit:
        unit.store_decisions([decision(1, Verdict.APPLIED)], 1, BEHIND)
        assert unit.due_for_purge(KEPT, NOW + timedelta(days=6)) == ()
        assert unit.purge_payloads(KEPT, NOW + timedelta(days=34)) == 0
        assert unit.due_for_purge(KEPT, NOW + timedelta(days=7)) == ("case-1",)
        assert unit.purge_payloads(KEPT, NOW + timedelta(days=35)) == 1


def test_looking_at_a_decided_case_does_not_keep_it_longer(store: CaseStore) -> None:
    queued(store)
    with store.begin() as unit:
        unit.store_decisions([decision(1, Verdict.APPLIED)], 1, NOW)
        seen = NOW + timedelta(days=5)
        unit.journal(JournalEntry(seen, "c01", JournalAction.REVEALED, "case-1"))
        assert unit.due_for_purge(KEPT, NOW + timedelta(days=7)) == ("case-1",)


def test_a_used_letter_is_not_forgotten_because_the_clock_was_behind(store: CaseStore) -> None:
    today, then = counter_day(NOW), counter_day(BEHIND)
    with store.begin() as unit:
        for case, day in (("first", today), ("second", then)):
            _remember(unit, case, day)
        assert unit.purge_registers(KEPT, NOW + timedelta(days=1)) == 0
        assert unit.letter_used("digest of second", None) is not None
        assert unit.purge_registers(KEPT, NOW + timedelta(days=731)) == 6


def _remember(unit: Unit, case: str, day: date) -> None:
    unit.record_letter(LetterUse(f"digest of {case}", None, case, day), NOW, "c01")
    unit.record_agent(AgentVisit("agent", "principal", LANE, day, case))
    unit.record_phone(PhoneBinding("number", "principal", LANE, day, case))
