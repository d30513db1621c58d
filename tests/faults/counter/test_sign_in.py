"""Wrong numbers, wrong passwords, a camera that is not there: words first, then the next try."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.checks import FindingCode
from counter_app.errors import FailureCode
from counter_app.flow.steps import Step
from tests.faults.counter import visit
from tests.faults.counter.world import PASSWORD, Bench, BenchMaker


def findings(one: Bench) -> set[FindingCode]:
    """Return what the rules found, as the window shows it."""
    view = one.window.controller.view()
    assert view is not None
    return {finding.code for finding in view.assessment.findings}


def test_wrong_passwords_are_said_and_lock_the_account_in_the_end(bench: BenchMaker) -> None:
    one = bench()
    one.clerk.into("account_field", "c01")
    for _ in range(12):
        one.clerk.into("password_field", "not-the-password")
        one.settle()
        if "暂时锁定" in one.words():
            break
        one.reads("工号或密码不正确")
    one.reads("输错次数过多，账户暂时锁定")
    one.clerk.shoot("locked-out")
    one.clerk.into("password_field", PASSWORD)
    one.settle()
    assert one.window.controller.account is None
    visit.sign_in(one.clerk, "c02")


def test_an_unknown_terminal_is_said_and_the_next_scan_finds_one(bench: BenchMaker) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    one.clerk.into("start_field", "N500W00099999")
    one.clerk.wait("a case", lambda: one.window.controller.state is not None)
    one.clerk.wait("the finding", lambda: FindingCode.TERMINAL_UNKNOWN in findings(one))
    one.clerk.shoot("unknown-terminal")
    one.clerk.key(Qt.Key.Key_Return, visit.CONTROL)
    assert one.state.step is Step.TERMINAL
    one.clerk.into("sn_field", visit.SN)
    one.clerk.wait("the merchant", lambda: one.state.draft.terminal is not None)
    one.clerk.next("terminal")
    assert one.stored().step is Step.PRESENTER


def test_without_a_camera_the_clerk_hears_so_and_types(bench: BenchMaker) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    one.clerk.into("start_field", "hb")
    one.clerk.wait("a case", lambda: one.window.controller.state is not None)
    one.clerk.at(Step.TERMINAL)
    one.clerk.key(Qt.Key.Key_F6)
    one.tells(FailureCode.CAMERA_MISSING)
    one.clerk.shoot("no-camera")
    one.clerk.key(Qt.Key.Key_Escape)
    one.clerk.into("sn_field", visit.SN)
    one.clerk.wait("the merchant", lambda: one.state.draft.terminal is not None)
