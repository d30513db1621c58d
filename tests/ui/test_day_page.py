"""The day in the window: opened at sign-in, looked at with F11, handed over, deferred, closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_app.domain.account import Account
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.accounts import Authorisation
from counter_app.services.post_review import PostDoubt, PostReview, PostVerdict, mark
from counter_app.ui.day_page import DayPage
from counter_app.ui.parts import WindowParts
from counter_app.ui.window import Window
from tests.ui.conftest import OpenWindow
from tests.ui.fake_parts import make_parts
from tests.ui.people import PASSWORD
from tests.unit.services.day_world import CLERK, MANAGER, NEXT_CLERK, REVIEWER, World


@dataclass
class Staff:
    """One password for everybody."""

    people: tuple[Account, ...] = (CLERK, NEXT_CLERK, REVIEWER, MANAGER)
    asked: list[str] = field(default_factory=list)

    def step_up(self, account_id: str, password: str, now: datetime) -> Authorisation:
        self.asked.append(account_id)
        found = next((item for item in self.people if item.account_id == account_id), None)
        if found is None or password != PASSWORD:
            raise CounterError(FailureCode.SIGN_IN_REFUSED, left=2)
        return Authorisation(found, now)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def show_day(open_window: OpenWindow, qtbot: QtBot, world: World) -> Callable[[], Window]:
    """Opens the window, signs the clerk in and goes to the day page with F11."""

    def show() -> Window:
        window = open_window(parts_of(world), is_signed_in=False)
        window._signed_in(CLERK)
        qtbot.waitUntil(lambda: "DAY_OPENED" in world.acts())
        qtbot.keyClick(window, Qt.Key.Key_F11)
        page = window._screens.day
        qtbot.waitUntil(lambda: page.isVisible() and page._ui.totals_grid.count() > 0)
        qtbot.waitUntil(lambda: page._ui.check_layout.count() > 0)
        return window

    return show


def parts_of(world: World) -> WindowParts:
    return make_parts(day=world.day, store=world.store, clock=world.clock, accounts=Staff())


def page_of(window: Window) -> DayPage:
    return window._screens.day


def texts(page: DayPage) -> str:
    return "\n".join(item.text() for item in page.findChildren(QLabel) if item.isVisible())


def fill(page: DayPage, qtbot: QtBot, **values: str) -> None:
    for name, text in values.items():
        edit = getattr(page._ui, f"{name}_field").edit
        edit.clear()
        qtbot.keyClicks(edit, text) if text.isascii() else edit.setText(text)


def test_the_first_sign_in_of_a_day_opens_it_and_the_second_does_not(
    show_day: Callable[[], Window], qtbot: QtBot, world: World
) -> None:
    window = show_day()
    window._signed_in(CLERK)
    qtbot.wait(0)
    assert world.acts().count("DAY_OPENED") == 1


def test_f11_shows_check_and_totals(
    show_day: Callable[[], Window], qtbot: QtBot, world: World
) -> None:
    world.play("s01_principal_in_person", "s25_parked")
    page = page_of(show_day())
    for wanted in ("日志与库一致", "1 件没有办完", "身份证读卡器"):
        qtbot.waitUntil(lambda text=wanted: text in texts(page))


def test_a_wrong_clock_opens_the_page_by_itself(
    open_window: OpenWindow, qtbot: QtBot, world: World
) -> None:
    world.around = replace(world.around, skew_s=400.0)
    window = open_window(parts_of(world))
    qtbot.waitUntil(lambda: "超过五分钟" in texts(page_of(window)))
    assert "DAY_OPENED" not in world.acts()


def test_a_quiet_day_is_closed_with_one_key(
    show_day: Callable[[], Window], qtbot: QtBot, world: World
) -> None:
    world.play("s01_principal_in_person")
    page = page_of(show_day())
    assert not page._ui.second_area.isVisible()
    qtbot.keyClick(page._ui.close_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "本日已关闭" in page._ui.said_label.text())
    assert world.acts().count("DAY_CLOSED") == 1


def test_an_unreviewed_case_asks_for_a_second_person(
    show_day: Callable[[], Window], qtbot: QtBot, world: World
) -> None:
    world.play("s27_own_case")
    page = page_of(show_day())
    assert "1 件待复核" in texts(page)
    qtbot.keyClick(page._ui.close_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "挡住日终" in page._ui.said_label.text())
    fill(page, qtbot, account="s01", password=PASSWORD, reason="明早复核")
    qtbot.keyClick(page._ui.close_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "本日已关闭" in page._ui.said_label.text())
    assert page._ui.password_field.text() == ""
    assert page._ui.reason_field.text() == ""


def test_a_wrong_password_closes_nothing_and_does_not_stay(
    show_day: Callable[[], Window], qtbot: QtBot, world: World
) -> None:
    world.play("s27_own_case")
    page = page_of(show_day())
    fill(page, qtbot, account="s01", password="wrong", reason="明早复核")
    qtbot.keyClick(page._ui.close_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "不正确" in page._ui.said_label.text())
    assert page._ui.password_field.text() == ""
    assert "DAY_CLOSED" not in world.acts()


def test_the_summary_is_printed_from_the_page(
    show_day: Callable[[], Window], qtbot: QtBot, world: World
) -> None:
    page = page_of(show_day())
    qtbot.keyClick(page._ui.summary_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "日终汇总 已送打印机" in page._ui.said_label.text())
    assert "PRINTED" in world.acts()


def test_a_dead_printer_is_said_on_the_page(
    show_day: Callable[[], Window], qtbot: QtBot, world: World
) -> None:
    world.fault = FailureCode.PRINTER_OUT_OF_PAPER
    page = page_of(show_day())
    qtbot.keyClick(page._ui.summary_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "缺纸" in page._ui.said_label.text())


def test_the_next_clerk_takes_over_on_the_page(
    show_day: Callable[[], Window], qtbot: QtBot, world: World
) -> None:
    world.play("s25_parked")
    page = page_of(show_day())
    fill(page, qtbot, to="c02", to_password=PASSWORD)
    assert page._ui.hand_over_button.text() == "移交并打印清单"
    qtbot.keyClick(page._ui.hand_over_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "已移交 1 件" in page._ui.said_label.text())
    with world.store.view() as unit:
        assert unit.parked()[0].clerk_id == "c02"


def test_a_manager_unlocks_the_queue_on_the_page(
    show_day: Callable[[], Window], qtbot: QtBot, world: World
) -> None:
    world.play("s01_principal_in_person")
    world.clock.at += timedelta(days=4)
    page = page_of(show_day())
    qtbot.waitUntil(page._ui.unlock_button.isVisible)
    fill(page, qtbot, account="m01", password=PASSWORD, reason="线路抢修")
    qtbot.keyClick(page._ui.unlock_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "今天可以受理" in page._ui.said_label.text())
    assert not page._ui.unlock_button.isVisible()


def test_escape_goes_back_home(show_day: Callable[[], Window], qtbot: QtBot) -> None:
    window = show_day()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window._screens.home.isVisible()


def test_the_first_sign_in_reads_the_whole_journal_and_shows_what_is_amiss(
    open_window: OpenWindow, qtbot: QtBot, world: World
) -> None:
    world.play("end_void")
    world.day.totals()
    world.clock.at += timedelta(days=1)
    world.day.glance()
    world.store._tables.cases.clear()
    assert world.day.glance().is_reconciled
    window = open_window(parts_of(world))
    page = page_of(window)
    qtbot.waitUntil(lambda: page.isVisible() and "1 处不一致" in texts(page))
    assert page._ui.second_area.isVisible()


def test_what_was_found_doubtful_afterwards_is_said_before_closing(
    show_day: Callable[[], Window], qtbot: QtBot, world: World
) -> None:
    world.play("s01_principal_in_person")
    (case_id,) = world.store._tables.cases
    with world.store.begin() as unit:
        mark(unit, case_id, world.clock.now(), CLERK.account_id)
    looks = PostReview(world.store, world.clock)
    proof = Authorisation(REVIEWER, world.clock.now())
    looks.judge(case_id, proof, PostVerdict.DOUBTFUL, PostDoubt.PICTURE_UNCLEAR)
    page = page_of(show_day())
    qtbot.waitUntil(lambda: "1 件事后复核存疑" in texts(page))
    assert not page._ui.second_area.isVisible()
