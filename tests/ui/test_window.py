"""The window as a whole: who is here, what is open, what the keys do."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import PresenterRole
from counter_app.domain.journal import JournalAction
from counter_app.domain.paper_parts import PaperKind
from counter_app.errors import FailureCode
from counter_app.flow.answers import PresenterAnswer
from counter_app.flow.effects import EndCase, FindTerminal, PrintNotices, ReadChip
from counter_app.flow.events import Answered
from counter_app.flow.outcomes import Failed, Outcome, PaperLine, PapersPrinted
from counter_app.flow.steps import Step
from counter_app.ports.stop import Stop
from counter_app.ui.page import Another
from counter_app.ui.theme import theme
from counter_app.ui.window import Window
from tests.journeys.keyboard import Keyboard
from tests.journeys.world import kind_world
from tests.ui.conftest import OpenWindow
from tests.ui.fake_parts import (
    MemoryAccounts,
    MemoryStore,
    MemoryVisits,
    ScriptedPerformer,
    make_parts,
)
from tests.ui.gallery_states import found
from tests.ui.people import CASE_ID, CLERK, PASSWORD, fresh_state

SN = "N500W00012345"


def texts_of(window: Window) -> str:
    """Every text that is seen now."""
    labels = window.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def at_presenter(window: Window) -> Keyboard:
    """Open a case whose terminal was found, at the question who is here."""
    window.controller.open(replace(fresh_state(), step=Step.PRESENTER, draft=found()))
    return Keyboard(window, None)


def test_a_wrong_password_says_what_to_do(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(is_signed_in=False)
    keyboard = Keyboard(window, qtbot)
    keyboard.type("c01")
    keyboard.press("Enter")
    keyboard.type("wrong")
    keyboard.press("Enter")
    qtbot.waitUntil(lambda: window._screens.sign_in._ui.failure_label.text() != "")
    assert window.controller.account is None


def test_a_password_that_is_due_is_changed_before_work(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    accounts = MemoryAccounts(is_password_due=True)
    window = open_window(make_parts(accounts=accounts), is_signed_in=False)
    keyboard = Keyboard(window, qtbot)
    keyboard.type("c01")
    keyboard.press("Enter")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    new_field = window._screens.sign_in._ui.new_field
    qtbot.waitUntil(new_field.isVisible)
    assert window.controller.account is None
    keyboard.type("another word 2")
    keyboard.press("Enter")
    keyboard.type("another word 2")
    keyboard.press("Enter")
    qtbot.waitUntil(lambda: window.controller.account is not None)
    assert not accounts.is_password_due


@pytest.mark.parametrize("word", ["hb", "HB", "换绑"])
def test_the_transaction_code_starts_a_case(
    open_window: OpenWindow, qtbot: QtBot, word: str
) -> None:
    performer = ScriptedPerformer()
    window = open_window(make_parts(performer))
    window._screens.home._ui.start_field.edit.insert(word)
    Keyboard(window, qtbot).press("Enter")
    assert window.controller.state is not None
    assert not performer.done


def test_a_scanned_serial_number_starts_a_case_and_is_looked_up(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    performer = kind_world()
    window = open_window(make_parts(performer))
    Keyboard(window, qtbot).scan(SN)
    qtbot.waitUntil(lambda: window.controller.view().may_go_on)
    assert SN in [e.text for e in performer.done if isinstance(e, FindTerminal)]
    assert "样本小吃店" in texts_of(window)


def test_a_late_scan_on_the_terminal_page_lands_in_its_field(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(make_parts(kind_world()))
    keyboard = Keyboard(window, qtbot)
    window.controller.open(fresh_state())
    window._bottom.next_button.setFocus()
    window._screens.case.page().setFocus()
    keyboard.scan(SN)
    qtbot.waitUntil(lambda: window.controller.view().may_go_on)
    assert window.controller.state.draft.sn_entered == SN


def test_enter_never_leaves_a_page(open_window: OpenWindow) -> None:
    window = open_window()
    keyboard = at_presenter(window)
    keyboard.press("1", "Enter", "2", *["Enter"] * 6)
    assert keyboard.step() is Step.PRESENTER


def test_the_next_key_points_at_what_is_missing(open_window: OpenWindow) -> None:
    window = open_window()
    keyboard = at_presenter(window)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert keyboard.step() is Step.PRESENTER
    assert window._screens.case.side._missing.property("tone") == "stop"


def test_back_keeps_every_answer(open_window: OpenWindow) -> None:
    window = open_window()
    keyboard = at_presenter(window)
    keyboard.press("1", "Esc")
    assert keyboard.step() is Step.TERMINAL
    assert window.controller.state.draft.presenter is PresenterRole.PRINCIPAL


def test_a_locked_window_shows_nothing_of_a_customer(open_window: OpenWindow, qtbot: QtBot) -> None:
    store = MemoryStore()
    window = open_window(make_parts(store=store))
    window.controller.open(replace(fresh_state(), draft=found()))
    assert "样本小吃店" in texts_of(window)
    keyboard = Keyboard(window, qtbot)
    keyboard.press("F12")
    assert "样本" not in texts_of(window)
    assert window.windowTitle() == "换绑手机号码 · 柜台受理"
    keyboard.press("Esc", "F2")
    assert window._nav.is_locked()
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    qtbot.waitUntil(lambda: not window._nav.is_locked())
    assert keyboard.step() is Step.TERMINAL
    actions = [entry.action for entry in store.unit.entries]
    qtbot.waitUntil(lambda: len(store.unit.entries) == 2)
    assert actions[:1] == [JournalAction.LOCKED]


def test_nothing_that_comes_late_uncovers_a_locked_window(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    window.controller.open(replace(fresh_state(), draft=found()))
    keyboard = Keyboard(window, qtbot)
    keyboard.press("F12")
    window._day.open()
    window._nav.refresh()
    assert window._nav.is_locked()
    window.controller.close_visit()
    window._nav.refresh()
    assert window._nav.is_locked()
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    qtbot.waitUntil(lambda: not window._nav.is_locked())


def test_locking_closes_a_dialog_that_was_left_open(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    dialog = QDialog(window)
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    window._idle._timer.setInterval(20)
    window._idle.restart()
    qtbot.waitUntil(window._nav.is_locked)
    assert not dialog.isVisible()


def test_an_idle_window_locks_itself(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window._idle._timer.setInterval(20)
    window._idle.restart()
    qtbot.waitUntil(window._nav.is_locked)


def test_a_key_puts_the_lock_off(open_window: OpenWindow) -> None:
    window = open_window()
    timer = window._idle._timer
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.start(100_000)
    QTest.qWait(300)
    before = timer.remainingTime()
    assert before <= 99_700
    QTest.keyClick(window.windowHandle(), "1")
    assert timer.remainingTime() > before


def test_parking_saves_the_case_with_its_reason_and_comes_home(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    performer = ScriptedPerformer()
    window = open_window(make_parts(performer))
    keyboard = at_presenter(window)
    keyboard.press("F2", "2", "Enter", "Enter")
    qtbot.waitUntil(lambda: window.controller.state is None)
    qtbot.waitUntil(lambda: bool(performer.saved()))
    saved = performer.saved()[-1]
    assert saved.state is CaseState.PARKED
    assert saved.reason == "waits_for_review"
    assert window._screens.is_seen(window._screens.home)


def test_a_reminder_is_kept_with_the_parked_case(open_window: OpenWindow, qtbot: QtBot) -> None:
    performer = ScriptedPerformer()
    window = open_window(make_parts(performer))
    keyboard = at_presenter(window)
    keyboard.press("F2", "1", "Enter", "Enter")
    window.controller.open(replace(fresh_state(), draft=found()))
    window._nav.ask_to_park(is_closing=False)
    window._screens.park._ui.remind_tiles.show_value(timedelta(minutes=30))
    window._screens.park._ui.park_button.click()
    qtbot.waitUntil(lambda: any(item.remind_at is not None for item in performer.saved()))


def test_a_parked_case_is_taken_up_where_it_was(open_window: OpenWindow, qtbot: QtBot) -> None:
    parked = replace(fresh_state(), step=Step.PRESENTER, draft=found(), case_state=CaseState.PARKED)
    window = open_window(make_parts(visits=MemoryVisits({CASE_ID: parked})))
    window.cases.open(CASE_ID)
    qtbot.waitUntil(lambda: window.controller.state is not None)
    assert window.controller.state.step is Step.PRESENTER
    assert window.controller.state.case_state is CaseState.DRAFT


def test_a_case_whose_rules_are_gone_stays_parked_and_says_so(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    draft = found()
    orphan = replace(draft, merchant=replace(draft.merchant, provider="nobody"))
    parked = replace(fresh_state(), step=Step.PRESENTER, draft=orphan, case_state=CaseState.PARKED)
    window = open_window(make_parts(visits=MemoryVisits({CASE_ID: parked})))
    window.cases.open(CASE_ID)
    advice = window._screens.home._ui.start_field._advice
    qtbot.waitUntil(lambda: "规则包" in advice.text())
    assert window.controller.state is None


def test_a_case_that_cannot_be_loaded_says_so(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.cases.open("unknown")
    qtbot.waitUntil(lambda: window._screens.home._ui.start_field._advice.text() != "")


def test_a_second_case_asks_to_park_the_first(open_window: OpenWindow) -> None:
    window = open_window()
    at_presenter(window)
    window.cases.open("another")
    assert window._screens.is_seen(window._screens.park)
    assert window.controller.state.draft.case_id == CASE_ID


def test_closing_with_an_open_case_asks_first_and_then_parks(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    performer = ScriptedPerformer()
    window = open_window(make_parts(performer))
    keyboard = at_presenter(window)
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()
    assert "还有业务没办完" in texts_of(window)
    keyboard.press("Esc")
    assert keyboard.step() is Step.PRESENTER
    window.closeEvent(QCloseEvent())
    window._screens.park._ui.park_button.click()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert performer.saved()[-1].state is CaseState.PARKED


def test_closing_does_not_wait_for_the_reader(open_window: OpenWindow, qtbot: QtBot) -> None:
    def patient(_effect: object, stop: Stop, _progress: object) -> Outcome:
        stop.wait(30.0)
        return Failed(FailureCode.STOPPED)

    performer = ScriptedPerformer({ReadChip: patient})
    window = open_window(make_parts(performer))
    draft = replace(found(), presenter=PresenterRole.PRINCIPAL)
    window.controller.open(replace(fresh_state(), step=Step.PRESENTER_ID, draft=draft))
    qtbot.waitUntil(lambda: any(isinstance(item, ReadChip) for item in performer.done))
    window._nav.is_closing = True
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 2.0
    assert not any(lane._thread and lane._thread.is_alive() for lane in [window.lanes.card])


def test_a_case_that_is_ended_prints_and_leads_home(open_window: OpenWindow, qtbot: QtBot) -> None:
    printed = PapersPrinted((PaperLine(PaperKind.REFUSAL),))
    performer = ScriptedPerformer({EndCase: lambda *_: printed})
    window = open_window(make_parts(performer))
    keyboard = at_presenter(window)
    keyboard.press("F2")
    window._screens.park._ui.end_button.click()
    qtbot.waitUntil(lambda: any(isinstance(item, EndCase) for item in performer.done))
    qtbot.waitUntil(lambda: window.controller.state.waiting is None)
    assert "本次未受理" in texts_of(window)
    window._next()
    assert window._screens.is_seen(window._screens.home)


def test_a_notice_that_did_not_come_out_is_printed_again_by_f8(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    jammed = PapersPrinted((PaperLine(PaperKind.REFUSAL, FailureCode.PRINTER_JAM),))
    printed = PapersPrinted((PaperLine(PaperKind.REFUSAL),))
    performer = ScriptedPerformer({EndCase: lambda *_: jammed, PrintNotices: lambda *_: printed})
    window = open_window(make_parts(performer))
    keyboard = at_presenter(window)
    keyboard.press("F2")
    window._screens.park._ui.end_button.click()
    qtbot.waitUntil(lambda: "× 不予受理通知" in texts_of(window))
    keyboard.press("F8")
    qtbot.waitUntil(lambda: "✓ 不予受理通知 已打印" in texts_of(window))
    assert window.controller.state.failure is None


def test_the_coached_mark_is_silent_and_kept(open_window: OpenWindow) -> None:
    window = open_window()
    at_presenter(window)
    window._screens.case.side._flag.click()
    assert window.controller.state.draft.is_coached
    assert "指挥" not in texts_of(window)


def test_only_reviewers_see_the_risk(open_window: OpenWindow) -> None:
    window = open_window()
    at_presenter(window)
    assert not window._screens.case.side._risk.isVisible()


@pytest.mark.expects_warnings
def test_a_bug_gets_a_number_and_the_case_is_not_continued(
    open_window: OpenWindow, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    window = open_window()
    at_presenter(window)
    window.incidents.take(ValueError, ValueError("样本甲"), None)
    qtbot.waitUntil(lambda: window._screens.is_seen(window._screens.incident))
    assert window.controller.state is None
    assert "样本甲" not in caplog.text
    window._screens.incident._ui.home_button.click()
    assert window._screens.is_seen(window._screens.home)


def test_a_late_result_of_another_case_changes_nothing(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    at_presenter(window)
    before = window.controller.state
    window.controller._take_report("another case", before.attempt, Failed("STOPPED"))
    assert window.controller.state is before


def test_elder_mode_enlarges_and_goes_back(open_window: OpenWindow) -> None:
    window = open_window()
    at_presenter(window)
    window._screens.case.page()._ui.elder_check.click()
    assert theme().scale > 1.0
    window.controller.close_visit()
    assert theme().scale == 1.0


def test_nothing_else_opens_as_a_window(open_window: OpenWindow) -> None:
    window = open_window()
    for step in (Step.PRESENTER, Step.PRESENTER_ID, Step.MATERIALS, Step.CONFIRM):
        window.controller.open(replace(fresh_state(), step=step, draft=found()))
        window.controller.send(Answered(PresenterAnswer(PresenterRole.PRINCIPAL)))
        seen = [item for item in QApplication.topLevelWidgets() if item.isVisible()]
        assert seen == [window]
        assert window.isActiveWindow()
    assert CLERK.display_name in texts_of(window)


def test_a_further_terminal_opens_from_the_accepted_case(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(make_parts(kind_world()))
    accepted = replace(
        fresh_state(), step=Step.DONE, case_state=CaseState.QUEUED, acceptance_no="NS01-1"
    )
    window.controller.open(accepted)
    window._screens.case.another_wanted.emit(Another.FURTHER)
    qtbot.waitUntil(lambda: window.controller.state is not None)
    assert window.controller.state is not None
    assert window.controller.state.acceptance_no is None
    assert window.controller.state.step is Step.TERMINAL
