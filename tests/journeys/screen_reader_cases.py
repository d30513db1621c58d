"""Cases that need a screen reader's bus; `test_screen_reader.py` starts one and runs them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.flow.steps import Step
from counter_app.ui.widgets.headline import Headline
from counter_app.ui.window import Window
from tests.journeys.keyboard import Keyboard
from tests.journeys.principal import visit
from tests.journeys.world import kind_world
from tests.ui.conftest import OpenWindow
from tests.ui.day_gallery import PERSON, drawn, window_of
from tests.ui.fake_parts import make_parts
from tests.ui.people import PASSWORD
from tests.unit.services.day_world import CLERK, MANAGER, REVIEWER, World

CLIENT = Path(__file__).with_name("screen_reader_client.py")
SYSTEM_PYTHON = "/usr/bin/python3"


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing a screen reader can say."""

    role: str
    name: str
    can_focus: bool
    has_focus: bool


def heard(window: Window, qtbot: QtBot) -> list[Heard]:
    """Ask the other process what it finds, while the window goes on."""
    words = [SYSTEM_PYTHON, str(CLIENT), window.windowTitle()]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as client:
        qtbot.waitUntil(lambda: client.poll() is not None, timeout=30_000)
        out, said = client.communicate()
    assert client.returncode == 0, said.decode()[-2000:]
    return [Heard(**json.loads(line)) for line in out.decode().splitlines()]


def headline_of(window: Window) -> str:
    """Return the question the page asks."""
    shown = [one for one in window.findChildren(Headline) if one.isVisible()]
    assert len(shown) == 1
    return shown[0].question_text()


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    return open_window(make_parts(performer=kind_world()))


@pytest.mark.timeout(300)
def test_a_screen_reader_finds_the_question_and_a_name_for_everything_that_takes_keys(
    window: Window, qtbot: QtBot
) -> None:
    keyboard = Keyboard(window, qtbot)
    nameless: dict[str, list[str]] = {}
    steps: list[Step] = []

    def listen() -> None:
        step = keyboard.step()
        assert step is not None
        here = heard(window, qtbot)
        assert here, "the bus shows no window"
        assert headline_of(window) in [one.name for one in here], step
        if lacking(here):
            nameless[step.value] = lacking(here)
        focused = [one for one in here if one.has_focus]
        assert focused, step
        steps.append(step)

    visit(keyboard, listen)

    assert nameless == {}
    assert len(steps) == 9


@pytest.fixture
def drawn_window(application: QApplication, qtbot: QtBot) -> Iterator[Window]:
    """A window in which a case waits for a look afterwards."""
    world = World()
    window = window_of(world, drawn(world))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window._signed_in(CLERK)
    qtbot.waitUntil(lambda: "DAY_OPENED" in world.acts())
    yield window
    window.close()
    shiboken6.delete(window)


@pytest.mark.timeout(300)
def test_a_screen_reader_finds_a_name_for_everything_in_the_look_afterwards(
    drawn_window: Window, qtbot: QtBot
) -> None:
    window = drawn_window
    keyboard = Keyboard(window, qtbot)
    keyboard.press("F11")
    qtbot.waitUntil(window._screens.day.isVisible)
    keyboard.press("F7")
    page = window._screens.post_review
    qtbot.waitUntil(page.list._ui.sign_card.isVisible)
    nameless = lacking(heard(window, qtbot))
    keyboard.type(REVIEWER.account_id)
    keyboard.press("Enter")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    qtbot.waitUntil(page.sheet.isVisible)
    here = heard(window, qtbot)
    assert nameless == lacking(here) == []
    assert headline_of(window) in [one.name for one in here]
    assert [one.name for one in here if one.has_focus] == ["商户"]


@pytest.mark.timeout(300)
def test_a_screen_reader_finds_a_name_for_everything_about_a_persons_data(
    drawn_window: Window, qtbot: QtBot
) -> None:
    window = drawn_window
    keyboard = Keyboard(window, qtbot)
    keyboard.press("F11")
    qtbot.waitUntil(window._screens.day.isVisible)
    qtbot.waitUntil(lambda: window._screens.day._ui.totals_grid.count() > 0)
    of_day = heard(window, qtbot)
    assert lacking(of_day) == []
    assert "今日合计" in [one.name for one in of_day]
    keyboard.press("F4")
    page = window._screens.subject
    qtbot.waitUntil(page.isVisible)
    asking = heard(window, qtbot)
    assert lacking(asking) == []
    assert headline_of(window) in [one.name for one in asking]
    assert "工号" in [one.name for one in asking if one.has_focus]
    for answer in (MANAGER.account_id, PASSWORD, PERSON):
        keyboard.type(answer)
        keyboard.press("Enter")
    qtbot.waitUntil(lambda: bool(page._rows))
    keyboard.press("Space")
    found = heard(window, qtbot)
    assert lacking(found) == []
    assert len(found) > len(asking)
    assert PASSWORD not in [one.name for one in found]


def lacking(here: list[Heard]) -> list[str]:
    """Return the roles of what takes keys and has no name."""
    return [one.role for one in here if one.can_focus and not one.name.strip()]
