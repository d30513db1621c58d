"""A case after its first hour, in the real window by keys alone (DOMAIN 4.11).

Handed to another clerk, voided before it left, corrected by a linked case, submitted again.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from PySide6.QtCore import Qt

from counter_app.bootstrap import demo_world
from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import JournalAction
from counter_app.domain.submission import Decision, MessageState, Verdict
from counter_app.flow.steps import Step
from counter_app.ports.stored import StoredCase
from tests.faults.counter import visit
from tests.faults.counter.test_printer import accepted
from tests.faults.counter.world import Bench, BenchMaker

SPACE = Qt.Key.Key_Space


def case_of(one: Bench, case_id: str) -> StoredCase:
    with one.counter.data.store.view() as unit:
        return unit.load(case_id)


def acts(one: Bench, case_id: str) -> list[tuple[str, str]]:
    """Return action and actor of a case's rows."""
    with one.counter.data.store.view() as unit:
        said = [json.loads(row.record) for row in unit.case_journal(case_id)]
    return [(row["action"], row["actor"]) for row in said]


def message_states(one: Bench, case_id: str) -> list[MessageState]:
    with one.counter.data.store.view() as unit:
        return [queued.state for queued in unit.messages(case_id)]


def request_no(one: Bench, case_id: str) -> str:
    return one.counter.performer.life.load(case_id).draft.request_no


def correct(one: Bench) -> str:
    """Play the correction that the key on the last page begins; returns its case."""
    clerk = one.clerk
    wrong = one.state.draft
    clerk.press("correct_button")
    clerk.wait("a case", lambda: clerk.window.controller.state is not None)
    clerk.wait("another case", lambda: clerk.state().draft.case_id != wrong.case_id)
    one.reads("更正件")
    clerk.at(Step.TERMINAL)
    clerk.shoot("correction-begins")
    clerk.into("sn_field", visit.SN)
    clerk.wait("the merchant", lambda: clerk.state().draft.terminal is not None)
    for step in (Step.TERMINAL, Step.PRESENTER, Step.PRESENTER_ID):
        clerk.at(step)
        clerk.next(step.value)
    visit.confirm_account(clerk)
    visit.call_old_number(clerk)
    clerk.at(Step.NEW_NUMBER)
    clerk.shoot("correction-number")
    clerk.next("new-number")
    visit.agree(clerk)
    visit.accept(clerk)
    clerk.shoot("correction-papers")
    visit.confirm_paper(clerk)
    return one.state.draft.case_id


def superseded(one: Bench, wrong: str, right: str) -> None:
    """See that a correction took the place of a case, on its request number."""
    assert case_of(one, wrong).state is CaseState.SUPERSEDED
    draft = one.counter.performer.life.load(right).draft
    assert draft.supersedes == wrong
    assert draft.request_no == request_no(one, wrong)
    numbers = {case_of(one, case_id).acceptance_no for case_id in (wrong, right)}
    assert len(numbers - {None}) == 2


def test_a_case_voided_before_it_left_is_corrected_by_a_linked_one(bench: BenchMaker) -> None:
    one = bench()
    number = accepted(one)
    visit.confirm_paper(one.clerk)
    wrong = one.state.draft.case_id
    one.clerk.press("void_button")
    one.clerk.type("客户写错新号码")
    one.clerk.shoot("void-reason")
    one.clerk.press("reason_button")
    one.clerk.wait("the void", lambda: one.state.case_state is CaseState.VOIDED, 60.0)
    one.clerk.wait("the paper", lambda: one.state.waiting is None, 60.0)
    one.reads(number)
    assert "生效后请重启终端" not in one.words()
    one.clerk.shoot("voided")
    assert message_states(one, wrong) == [MessageState.VOIDED]
    right = correct(one)
    superseded(one, wrong, right)
    one.clerk.shoot("corrected")


def reject(one: Bench, case_id: str) -> None:
    """Head office takes the case in and sends it back."""
    now = datetime.now(UTC)
    with one.counter.data.store.begin() as unit:
        (queued,) = unit.messages(case_id)
        sent = queued.message.message_id
        unit.claim(sent, now)
        unit.mark(sent, MessageState.ACKED, "", now)
        decision = Decision(
            cursor=1,
            message_id=sent,
            case_id=case_id,
            verdict=Verdict.REJECTED,
            reason_code="MATERIAL_UNCLEAR",
            reason_text="身份证影像不清",
            next_action="",
            channels=(),
            decided_at=now,
        )
        unit.store_decisions([decision], 1, now)


def test_what_head_office_rejected_is_submitted_again_on_the_same_request_number(
    bench: BenchMaker,
) -> None:
    one = bench()
    accepted(one)
    visit.confirm_paper(one.clerk)
    wrong = one.state.draft.case_id
    one.clerk.key(visit.NEXT, visit.CONTROL)
    one.clerk.wait("home", lambda: one.window.controller.state is None)
    reject(one, wrong)
    one.clerk.key(Qt.Key.Key_F9)
    one.reads("身份证影像不清")
    one.clerk.shoot("inbox-rejected")
    visit.tab_to(one.clerk, lambda button: button.text() == "打开")
    one.clerk.key(SPACE)
    one.clerk.wait("the case", lambda: one.window.controller.state is not None)
    one.clerk.at(Step.DONE)
    one.clerk.shoot("rejected")
    right = correct(one)
    superseded(one, wrong, right)
    assert message_states(one, right) == [MessageState.READY]


def test_a_parked_case_is_handed_to_the_next_clerk_who_ends_it(bench: BenchMaker) -> None:
    one = bench()
    clerk = one.clerk
    visit.sign_in(clerk)
    for part in visit.parts(clerk, one.reader)[:4]:
        part()
    case_id = one.state.draft.case_id
    clerk.key(Qt.Key.Key_F2)
    clerk.press("park_button")
    clerk.wait("home", lambda: one.window.controller.state is None)
    clerk.key(Qt.Key.Key_F11)
    one.reads("1 件没有办完")
    clerk.into("to_field", "c02")
    clerk.type(demo_world.PASSWORD)
    clerk.shoot("hand-over")
    clerk.press("hand_over_button")
    one.reads("已移交 1 件")
    clerk.shoot("handed-over")
    assert case_of(one, case_id).clerk_id == "c02"
    assert (JournalAction.HANDED_OVER.value, demo_world.CLERK) in acts(one, case_id)
    clerk.key(Qt.Key.Key_Escape)
    clerk.key(Qt.Key.Key_F10)
    clerk.wait("sign-out", lambda: one.window.controller.account is None)
    visit.sign_in(clerk, "c02")
    clerk.key(Qt.Key.Key_F3)
    one.reads("停在“原号码”　客户回去取材料")
    clerk.shoot("parked-of-c02")
    visit.tab_to(clerk, lambda button: button.text() == "继续办理")
    clerk.key(SPACE)
    clerk.wait("the case", lambda: one.window.controller.state is not None)
    clerk.at(Step.OLD_NUMBER)
    for part in visit.parts(clerk, one.reader)[4:]:
        part()
    visit.accept(clerk)
    visit.confirm_paper(clerk)
    draft = one.state.draft
    assert (draft.clerk_id, draft.handlers) == ("c02", (demo_world.CLERK,))
    assert (JournalAction.ACCEPTED.value, "c02") in acts(one, case_id)
