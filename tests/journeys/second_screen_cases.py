"""Cases that need a machine with two screens; `test_second_screen.py` makes one and runs them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_app.domain.phone import grouped
from counter_app.ui.customer import CustomerWindow
from counter_app.ui.window import Window
from tests.journeys.keyboard import Keyboard
from tests.journeys.principal import visit
from tests.journeys.world import kind_world
from tests.ui.conftest import OpenWindow
from tests.ui.fake_parts import make_parts
from tests.ui.people import MERCHANT
from tests.ui.signing import NUMBER, MemorySignatures, NoSignedCopies, write

PLUG = ("--setmonitor", "customer", "1280/338x800/211+1366+0", "none")


def xrandr(*words: str) -> None:
    """Change what is plugged in."""
    subprocess.run(["xrandr", *words], check=True, timeout=10)


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    return open_window(make_parts(performer=kind_world()))


def customer_of(window: Window) -> CustomerWindow:
    second = window._customer._second
    assert second is not None, "no window on the second screen"
    return second


def texts_of(customer: CustomerWindow) -> str:
    labels = customer.findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisible())


def test_the_customer_sees_the_change_when_it_is_asked_and_nothing_else(
    window: Window, qtbot: QtBot
) -> None:
    keyboard = Keyboard(window, qtbot)
    seen: dict[str, str] = {}

    def look() -> None:
        qtbot.wait(50)
        customer, step = customer_of(window), keyboard.step()
        name = step.value if step is not None else "home"
        seen[name] = texts_of(customer)
        customer.grab().save(str(Path(os.environ["PICTURES"]) / f"{name}.png"))

    look()
    visit(keyboard, look)
    window._leave_case()
    look()

    assert customer_of(window).geometry().getRect() == (1366, 0, 1280, 800)
    blank = seen.pop("home")
    told = {name for name, text in seen.items() if "个人信息处理告知" in text}
    assert told == {"presenter", "presenter_id", "materials"}
    with_change = {name for name, text in seen.items() if text != blank} - told
    assert with_change == {"confirm", "accept", "print"}
    assert "139 0000 0002" in seen["confirm"]
    assert not any(grouped(MERCHANT.phone) in text for text in seen.values())
    assert texts_of(customer_of(window)) == blank


def test_the_customer_signs_there_and_the_clerk_keeps_it_by_a_key(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    desk = MemorySignatures()
    parts = make_parts(performer=kind_world(), pad_signatures=desk, signed_copies=NoSignedCopies())
    window = open_window(parts)
    keyboard, customer = Keyboard(window, qtbot), customer_of(window)
    visit(keyboard)
    before = texts_of(customer)
    keyboard.press("F6", "F7")
    panel = window._screens.signed_copy.pad
    qtbot.waitUntil(lambda: "请您在框内签全名" in texts_of(customer))
    assert NUMBER in texts_of(customer)
    assert "9f86d081884c7d65" in texts_of(customer)
    assert panel._progress.text() == "等待客户在副屏上签名"
    assert not panel.pad.isEnabled()
    assert not panel.keep_button.isEnabled()
    picture(window, customer, "sign-asked")

    write(customer.sign.pad)
    assert "客户正在副屏上签名" in panel._progress.text()
    assert panel.pad.samples() == customer.sign.pad.samples()
    picture(window, customer, "sign-written")
    assert window.isActiveWindow()
    panel.keep_button.setFocus()
    keyboard.press("Space")
    qtbot.waitUntil(lambda: len(desk.kept) == 1)
    qtbot.waitUntil(lambda: "已签好，谢谢" in texts_of(customer))
    assert len(desk.kept[0][1]) > 90
    assert (customer.sign.pad.samples(), panel.pad.samples()) == ((), ())
    picture(window, customer, "sign-kept")

    panel.again_button.setFocus()
    keyboard.press("Space")
    qtbot.waitUntil(lambda: "请您在框内签全名" in texts_of(customer))
    write(customer.sign.pad)
    xrandr("--delmonitor", "customer")
    qtbot.waitUntil(lambda: window._customer._second is None)
    assert panel.pad.isEnabled()
    write(panel.pad)
    panel.keep_button.setFocus()
    keyboard.press("Space")
    qtbot.waitUntil(lambda: len(desk.kept) == 2)
    xrandr(*PLUG)
    qtbot.waitUntil(lambda: window._customer._second is not None)
    keyboard.press("Esc")
    assert "签" not in texts_of(customer_of(window))
    assert texts_of(customer_of(window)) == before


def picture(window: Window, customer: CustomerWindow, name: str) -> None:
    """Keep what both see."""
    window.grab().save(str(Path(os.environ["PICTURES"]) / f"clerk-{name}.png"))
    customer.grab().save(str(Path(os.environ["PICTURES"]) / f"{name}.png"))


def test_unplugging_the_second_screen_leaves_the_clerk_s_alone(
    window: Window, qtbot: QtBot
) -> None:
    customer_of(window)
    xrandr("--delmonitor", "customer")
    qtbot.waitUntil(lambda: len(QGuiApplication.screens()) == 1)
    assert window._customer._second is None
    xrandr(*PLUG)
    qtbot.waitUntil(lambda: window._customer._second is not None)
    assert customer_of(window).geometry().getRect() == (1366, 0, 1280, 800)
    assert window.screen() is not customer_of(window).screen()
