"""Lists, help and the customer's screen: a key leads there, Esc leads back, nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import NewNumber, NumberHolder
from counter_app.domain.journal import JournalAction
from counter_app.errors import FailureCode
from counter_app.flow.steps import Step
from counter_app.ui.customer import CustomerScene, scene_of
from counter_app.ui.parts import DeviceKind, DeviceState
from counter_app.ui.window import Window
from tests.ui.conftest import OpenWindow
from tests.ui.fake_parts import FixedHealth, MemoryStore, MemoryUnit, make_parts
from tests.ui.gallery_states import found, stored
from tests.ui.page_states import texts
from tests.ui.people import fresh_state

KEYS = {"F1": "help", "F3": "parked", "F9": "inbox"}
CHANGE = NewNumber("13900000002", "13900000002", None, NumberHolder.PRINCIPAL)


def press(window: Window, key: Qt.Key) -> None:
    """Press a key of the window."""
    QTest.keyClick(window.windowHandle(), key)


def at_confirm(window: Window) -> None:
    """Open a case where the customer checks the change."""
    draft = found(new_number=CHANGE)
    window.controller.open(replace(fresh_state(), step=Step.CONFIRM, draft=draft))


@pytest.mark.parametrize("key", KEYS)
def test_a_key_leads_there_and_escape_leads_back(open_window: OpenWindow, key: str) -> None:
    window = open_window()
    at_confirm(window)
    press(window, getattr(Qt.Key, f"Key_{key}"))
    assert window._screens.is_seen(getattr(window._screens, KEYS[key]))
    press(window, Qt.Key.Key_Escape)
    assert window._screens.is_seen(window._screens.case)
    assert window.controller.state.step is Step.CONFIRM


def test_the_screen_is_turned_to_the_customer_and_back(open_window: OpenWindow) -> None:
    window = open_window()
    at_confirm(window)
    press(window, Qt.Key.Key_F11)
    turned = window._customer._turned
    assert turned is not None
    assert scene_of(window.controller.view()) is CustomerScene.CHANGE
    assert turned._ui.new_label.text()
    press(window, Qt.Key.Key_F11)
    assert window._screens.is_seen(window._screens.case)


def test_a_locked_window_blanks_the_customers_screen(open_window: OpenWindow) -> None:
    window = open_window()
    at_confirm(window)
    press(window, Qt.Key.Key_F11)
    press(window, Qt.Key.Key_F11)
    press(window, Qt.Key.Key_F12)
    assert window._customer._turned._ui.new_label.text() == ""


def test_home_lists_what_waits_oldest_trouble_first(open_window: OpenWindow, qtbot: QtBot) -> None:
    unit = MemoryUnit(
        (stored("样本小吃店", CaseState.PARKED, 25),),
        (
            stored("样本药店", CaseState.ACCEPTED_UNPRINTED, 9),
            stored("样本百货", CaseState.REJECTED, 45),
        ),
        queued=3,
    )
    window = open_window(make_parts(store=MemoryStore(unit)))
    home = window._screens.home._ui
    qtbot.waitUntil(lambda: len(home.parked_list._shown) == 2)
    assert [line.badge for line in home.parked_list._shown] == ["已受理未打印", "已挂起"]
    assert "样本甲" not in str([line.title for line in home.parked_list._shown])
    assert [line.badge for line in home.answers_list._shown] == ["后台驳回"]
    assert "1 件已受理未打印" in home.start_field._advice.text()
    qtbot.waitUntil(lambda: "待上送 3" in window._top._queue.text())


def test_a_device_that_fails_has_a_sign_and_a_word(open_window: OpenWindow, qtbot: QtBot) -> None:
    printer = DeviceState(DeviceKind.PRINTER, FailureCode.PRINTER_OUT_OF_PAPER)
    window = open_window(make_parts(health=FixedHealth((printer,))))
    qtbot.waitUntil(lambda: "printer" in window._top._lights)
    assert window._top._lights["printer"].text() == "▲ 打印机"
    assert window._top._lights["printer"].toolTip()


def test_showing_a_masked_value_is_in_the_journal(open_window: OpenWindow, qtbot: QtBot) -> None:
    store = MemoryStore()
    window = open_window(make_parts(store=store))
    window.controller.open(replace(fresh_state(), draft=found()))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(store.unit.entries) == 2)
    assert {entry.action for entry in store.unit.entries} == {JournalAction.REVEALED}
    assert [entry.facts for entry in store.unit.entries] == [
        (("field", "principal_name"),),
        (("field", "old_phone"),),
    ]


def test_signing_out_asks_who_is_here(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    press(window, Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: window.controller.account is None, timeout=3000)
    assert window._screens.is_seen(window._screens.sign_in)


def test_nobody_signs_out_while_cases_wait_to_be_sent(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    store = MemoryStore(MemoryUnit(queued=2))
    window = open_window(make_parts(store=store))
    press(window, Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: "还有受理件没有送到总部" in texts(window._screens.home), timeout=3000)
    assert window.controller.account is not None
    assert window._screens.is_seen(window._screens.home)


def test_forty_visits_leave_no_widget_behind(open_window: OpenWindow) -> None:
    window = open_window()
    while window._screens.case._preparing.isActive():
        window._screens.case._prepare_one()
    counts = []
    for _ in range(40):
        for step in (Step.TERMINAL, Step.PRESENTER, Step.MATERIALS, Step.CONFIRM):
            draft = found(new_number=CHANGE)
            window.controller.open(replace(fresh_state(), step=step, draft=draft))
        window.controller.close_visit()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        counts.append(len(QApplication.allWidgets()))
    assert max(counts[-5:]) <= counts[5] + 20
