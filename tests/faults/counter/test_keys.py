"""Keys that could skip or lose something: the scanner's Enter, Esc, F2 and another clerk."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.case_state import CaseState
from counter_app.flow.steps import Step
from tests.faults.counter import visit
from tests.faults.counter.world import Bench, BenchMaker

BURST = "NWDEMO"
"""Letters only: a digit is an answer where the focus is on a question."""


def burst(one: Bench) -> None:
    """Let a scanner type and end with Enter, twice, wherever the focus is."""
    for _ in range(2):
        one.clerk.type(BURST)
        one.clerk.key(Qt.Key.Key_Return)
    one.clerk.pause(0.05)


def stays(one: Bench, step: Step) -> None:
    """See that a scanner's burst leaves a step where it is."""
    one.clerk.at(step)
    burst(one)
    assert one.state.step is step, f"a scan left {step.value}"


def test_a_scan_goes_nowhere_and_accepts_nothing(bench: BenchMaker) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    visit.scan_terminal(one.clerk)
    one.clerk.at(Step.PRESENTER)
    stays(one, Step.PRESENTER)
    visit.say_who(one.clerk)
    stays(one, Step.PRESENTER_ID)
    for part in visit.parts(one.clerk, one.reader)[2:]:
        part()
    stays(one, Step.ACCEPT)
    assert one.state.acceptance_no is None
    visit.accept(one.clerk)
    stays(one, Step.PRINT)
    assert one.state.case_state is CaseState.ACCEPTED_UNPRINTED


def test_esc_walks_back_to_the_first_page_and_keeps_every_answer(bench: BenchMaker) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    visit.scan_terminal(one.clerk)
    visit.say_who(one.clerk)
    visit.read_card(one.clerk, one.reader)
    visit.confirm_account(one.clerk)
    answered = one.state.draft
    for step in (Step.MATERIALS, Step.PRESENTER_ID, Step.PRESENTER, Step.TERMINAL, Step.TERMINAL):
        one.clerk.key(Qt.Key.Key_Escape)
        one.clerk.at(step)
        assert one.state.draft == answered
    assert one.stored().draft == answered
    for _ in range(4):
        one.clerk.next("forward")
    assert (one.state.step, one.state.draft) == (Step.OLD_NUMBER, answered)


def test_another_clerk_takes_a_parked_case_up_where_it_was_left(bench: BenchMaker) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    visit.scan_terminal(one.clerk)
    visit.say_who(one.clerk)
    visit.read_card(one.clerk, one.reader)
    left = one.state.draft
    one.clerk.key(Qt.Key.Key_F2)
    one.clerk.press("park_button")
    one.clerk.wait("home", lambda: one.window.controller.state is None)
    one.clerk.key(Qt.Key.Key_F10)
    one.clerk.wait("sign-out", lambda: one.window.controller.account is None)
    visit.sign_in(one.clerk, "c02")
    one.clerk.key(Qt.Key.Key_F3)
    one.reads("停在“材料”")
    one.clerk.shoot("parked")
    visit.tab_to(one.clerk, lambda button: button.text() == "继续办理")
    one.clerk.key(Qt.Key.Key_Space)
    one.clerk.wait("the case", lambda: one.window.controller.state is not None)
    one.clerk.at(Step.MATERIALS)
    taken = one.state.draft
    assert taken.documents == left.documents
    assert (taken.terminal, taken.presenter, taken.reason) == (
        left.terminal,
        left.presenter,
        left.reason,
    )
    assert (taken.clerk_id, taken.handlers) == ("c02", ("c01",))
    visit.confirm_account(one.clerk)
    assert one.stored().draft == one.state.draft
