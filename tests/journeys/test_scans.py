"""A hand scanner is a keyboard that types fast: its scan goes where it belongs, or nowhere."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from counter_app.domain.case_state import CaseState
from counter_app.flow.steps import Step
from counter_app.ui.scan_watch import GAP_MS
from counter_app.ui.window import Window
from tests.journeys.keyboard import Keyboard
from tests.journeys.principal import SN, visit
from tests.journeys.world import kind_world
from tests.ui.conftest import OpenWindow
from tests.ui.fake_parts import make_parts

OTHER_SN = "N500W77777777"


@pytest.fixture
def keyboard(open_window: OpenWindow, qtbot: QtBot) -> Keyboard:
    return Keyboard(open_window(make_parts(performer=kind_world())), qtbot)


def texts(window: Window) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_a_scan_answers_no_question_of_any_step(keyboard: Keyboard) -> None:
    window = keyboard.window
    tried: list[Step] = []

    def scan_by_mistake() -> None:
        if keyboard.step() is Step.PRESENTER_ID:  # the card lies there and is read by itself
            keyboard.qtbot.waitUntil(lambda: bool(window.controller.state.draft.documents))
        keyboard.qtbot.waitUntil(lambda: window.controller.state.waiting is None)
        here, before = keyboard.step(), window.controller.state.draft
        focus = QApplication.focusWidget()
        text = focus.text() if isinstance(focus, QLineEdit) else ""
        keyboard.scan(OTHER_SN)
        assert window.controller.state.draft == before
        assert keyboard.step() is here
        assert "这一步不用扫码" in texts(window), here
        assert not isinstance(focus, QLineEdit) or focus.text() == text
        assert QApplication.focusWidget() is focus or here is Step.PRINT, "paper came"
        tried.append(here)

    visit(keyboard, scan_by_mistake)

    assert len(tried) == 9
    assert window.controller.state.case_state is CaseState.QUEUED


def test_a_scan_on_the_page_of_the_terminal_replaces_what_stood_there(keyboard: Keyboard) -> None:
    window = keyboard.window
    keyboard.scan(OTHER_SN)
    keyboard.wait_for(Step.TERMINAL)
    keyboard.qtbot.waitUntil(lambda: window.controller.state.waiting is None)
    field = window._screens.case.page()._ui.sn_field.edit
    field.setFocus()
    field.deselect()
    keyboard.scan(SN)
    keyboard.qtbot.waitUntil(lambda: window.controller.state.draft.merchant is not None)
    assert field.text() == SN


def test_a_scan_with_the_focus_in_another_field_fills_only_the_serial_number(
    keyboard: Keyboard,
) -> None:
    window = keyboard.window
    keyboard.scan(OTHER_SN)
    keyboard.wait_for(Step.TERMINAL)
    keyboard.qtbot.waitUntil(lambda: window.controller.state.waiting is None)
    ui = window._screens.case.page()._ui
    ui.merchant_field.setVisible(True)
    ui.merchant_field.edit.setText("1021")
    ui.merchant_field.edit.setFocus()
    keyboard.scan(SN)
    assert ui.merchant_field.text() == "1021"
    assert ui.sn_field.text() == SN
    keyboard.qtbot.waitUntil(lambda: window.controller.state.draft.merchant is not None)


def test_a_number_key_of_a_person_still_answers_and_in_order(
    keyboard: Keyboard, qtbot: QtBot
) -> None:
    window = keyboard.window
    keyboard.scan(SN)
    keyboard.next()
    keyboard.wait_for(Step.PRESENTER)
    keyboard.press("2", "1")
    QTest.qWait(2 * GAP_MS)
    qtbot.waitUntil(lambda: window.controller.state.draft.presenter is not None)
    assert "这一步不用扫码" not in texts(window)
    assert window.controller.state.draft.presenter.value.upper().startswith("PRINCIPAL")


def test_a_scan_without_enter_at_its_end_is_a_scan_too(keyboard: Keyboard) -> None:
    window = keyboard.window
    keyboard.scan(SN)
    keyboard.next()
    keyboard.wait_for(Step.PRESENTER)
    before = window.controller.state.draft
    keyboard.type(OTHER_SN)
    keyboard.qtbot.waitUntil(lambda: "这一步不用扫码" in texts(window))
    assert window.controller.state.draft == before


def test_a_scan_is_no_bank_card(keyboard: Keyboard) -> None:
    window = keyboard.window
    seen: list[str] = []

    def scan_into_card_field() -> None:
        if keyboard.step() is Step.MATERIALS:
            edit = window._screens.case.page()._ui.card_field.edit
            first = QApplication.focusWidget()
            edit.setFocus()
            before = window.controller.state.draft
            keyboard.scan("6222020000000000018")
            assert window.controller.state.draft == before
            seen.append(edit.text())
            first.setFocus()

    visit(keyboard, scan_into_card_field)
    assert seen == [""]


def test_fast_typing_reaches_a_field_of_a_window_that_no_manager_made_active(
    keyboard: Keyboard,
) -> None:
    window = keyboard.window
    keyboard.scan(SN)
    keyboard.wait_for(Step.TERMINAL)
    field = window._screens.case.page()._ui.sn_field.edit
    field.setFocus()
    field.clear()
    with keyboard.qtbot.waitActive(other := QWidget()):
        other.show()
        other.activateWindow()
    assert QApplication.focusWidget() is not field

    for character in "N500W00":
        QTest.keyClick(window.windowHandle(), character)
    other.close()

    assert field.text() == "N500W00"


def test_keys_that_a_busy_window_hears_late_are_told_apart_by_when_they_were_pressed(
    keyboard: Keyboard,
) -> None:
    window = keyboard.window
    keyboard.scan(SN)
    keyboard.wait_for(Step.TERMINAL)
    keyboard.next()
    keyboard.wait_for(Step.PRESENTER)
    before = window.controller.state.draft

    keyboard.scan(OTHER_SN, busy_ms=GAP_MS + 30)

    assert window.controller.state.draft == before
    assert "这一步不用扫码" in texts(window)
