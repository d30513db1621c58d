"""Whatever is asked of them, in whatever order, the two stores answer alike."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counter_app.domain.case_state import CaseState
from counter_app.domain.submission import MessageState, MessageType, Verdict
from counter_app.errors import CounterError
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import (
    AgentVisit,
    CaseFilter,
    LetterUse,
    PhoneBinding,
    Retention,
    StoredPaper,
)
from counter_app.storage.database import Database
from counter_app.storage.memory import MemoryCaseStore
from counter_app.storage.store import SqlCaseStore
from tests.contract.store.builders import LANE, NOW, PLACE, accepted, decision, draft, message
from tests.contract.store.conftest import KEY

Act = Callable[[Unit], object]

case_ids = st.sampled_from(["case-1", "case-2", "case-3"])
message_ids = st.sampled_from(["m1", "m2", "m3", "m4"])
times = st.integers(0, 60 * 24 * 50).map(lambda count: NOW + timedelta(minutes=count))
states = st.sampled_from(list(CaseState))
reasons = st.sampled_from(["", "A11.used", "some words"])
open_states = st.sampled_from([CaseState.DRAFT, CaseState.PARKED, CaseState.AWAITING_REVIEW])


def _queue(case_id: str, message_id: str, kind: MessageType, lane: str) -> Act:
    def act(unit: Unit) -> object:
        prev = unit.last_in_lane(lane)
        return unit.add_message(message(message_id, case_id, prev, kind, lane))

    return act


def _paper(case_id: str, pdf: bytes) -> Act:
    return lambda unit: unit.put_paper(StoredPaper(case_id, "receipt", b"{}", pdf, NOW), "c01")


SHORT = Retention(abandoned=timedelta(hours=1))
ACTS: st.SearchStrategy[Act] = st.one_of(
    st.builds(
        lambda c, s, b, t: lambda u: u.save_draft(draft(c, s, b), t),
        case_ids,
        open_states,
        st.binary(max_size=4),
        times,
    ),
    st.builds(lambda c, t: lambda u: accepted(u, c, t), case_ids, times),
    st.builds(
        lambda c, s, t, r: lambda u: u.set_state(c, s, t, "c01", r),
        case_ids,
        states,
        times,
        reasons,
    ),
    st.builds(lambda c, t: lambda u: u.hand_over(c, "c02", t, "m01"), case_ids, times),
    st.builds(
        _queue,
        case_ids,
        message_ids,
        st.sampled_from(list(MessageType)),
        st.sampled_from([LANE, "other"]),
    ),
    st.builds(lambda m, t: lambda u: u.claim(m, t), message_ids, times),
    st.builds(lambda m, t: lambda u: u.postpone(m, t, "BUSY"), message_ids, times),
    st.builds(
        lambda m, s, t: lambda u: u.mark(m, s, "", t),
        message_ids,
        st.sampled_from(list(MessageState)),
        times,
    ),
    st.builds(lambda c, t: lambda u: u.void_messages(c, t, "c01"), case_ids, times),
    st.just(lambda u: u.release_held()),
    st.builds(
        lambda n, v, m, c, t: lambda u: u.store_decisions([decision(n, v, m, c)], n, t),
        st.integers(1, 3),
        st.sampled_from(list(Verdict)),
        message_ids,
        case_ids,
        times,
    ),
    st.builds(lambda e, t: lambda u: u.set_office_epoch(e, t), st.sampled_from(["1", "2"]), times),
    st.builds(_paper, case_ids, st.sampled_from([b"1", b"2"])),
    st.builds(lambda c, t: lambda u: u.note_print(c, "receipt", t, "c01"), case_ids, times),
    st.builds(lambda c, t: lambda u: u.confirm_print(c, "receipt", t, "c01"), case_ids, times),
    st.builds(
        lambda c: lambda u: u.record_letter(LetterUse("L", None, c, NOW.date()), NOW, "c01"),
        case_ids,
    ),
    st.builds(
        lambda c: lambda u: u.record_agent(AgentVisit("a", c, LANE, NOW.date(), c)), case_ids
    ),
    st.builds(
        lambda c: lambda u: u.record_phone(PhoneBinding("1", c, LANE, NOW.date(), c)), case_ids
    ),
    st.builds(lambda c: lambda u: u.release_letters(c), case_ids),
    st.builds(lambda c, t: lambda u: u.purge_case(c, 1, t), case_ids, times),
    st.builds(lambda t: lambda u: u.purge_payloads(Retention(), t), times),
    st.builds(lambda t: lambda u: u.next_due(t), times),
    st.builds(lambda t: lambda u: u.due_for_purge(Retention(), t), times),
    st.builds(lambda t: lambda u: u.abandon(SHORT, t), times),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)
@given(st.lists(ACTS, min_size=5, max_size=40))
def test_both_stores_answer_alike(empty_store: Path, acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory(dir=empty_store.parent) as folder:
        shutil.copyfile(empty_store, Path(folder) / "store.db")
        database = Database(Path(folder) / "store.db", KEY)
        stores: list[CaseStore] = [SqlCaseStore(database, PLACE), MemoryCaseStore(PLACE)]
        for act in acts:
            on_disk, in_memory = (_answer(store, act) for store in stores)
            assert on_disk == in_memory
        on_disk, in_memory = (_answer(store, _everything) for store in stores)
        assert on_disk == in_memory
        database.close()


def _answer(store: CaseStore, act: Act) -> object:
    try:
        with store.begin() as unit:
            return act(unit)
    except CounterError as error:
        return str(error)


def _everything(unit: Unit) -> object:
    cases = unit.cases(CaseFilter())
    day = NOW.date()
    return (
        cases,
        [unit.messages(case.case_id) for case in cases],
        [unit.decisions(case.case_id) for case in cases],
        [unit.paper_status(case.case_id) for case in cases],
        unit.waiting(),
        (unit.waiting_count(), unit.oldest_unsent(NOW), unit.cursor(), unit.office_epoch()),
        (unit.open_cases(), unit.parked(), unit.papers_to_extend(9)),
        [unit.numbers(day + timedelta(days=age)) for age in range(51)],
        (unit.letter_used("L", None), unit.agent_principals("a", day), unit.phone_principals("1")),
        list(unit.journal_rows()),
        unit.verify_journal([unit.journal_head()]),
    )
