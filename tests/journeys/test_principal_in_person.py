"""The commonest visit: the principal comes with card and terminal; no mouse anywhere."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from counter_app.domain.case_state import CaseState
from counter_app.flow.effects import AcceptCase, ConfirmPapers
from counter_app.ui.window import Window
from tests.journeys.keyboard import Keyboard
from tests.journeys.principal import visit
from tests.journeys.world import kind_world
from tests.ui.conftest import OpenWindow
from tests.ui.fake_parts import ScriptedPerformer, make_parts
from tests.ui.people import CLERK, PASSWORD

KEYS_AT_MOST = 35


@pytest.fixture
def performer() -> ScriptedPerformer:
    return kind_world()


@pytest.fixture
def window(open_window: OpenWindow, performer: ScriptedPerformer) -> Window:
    return open_window(make_parts(performer=performer), is_signed_in=False)


def sign_in(keyboard: Keyboard) -> None:
    keyboard.type(CLERK.account_id)
    keyboard.press("Enter")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    keyboard.qtbot.waitUntil(lambda: keyboard.window.controller.account is not None)


def test_the_whole_visit_takes_at_most_35_keys_and_two_scans(
    window: Window, qtbot: QtBot, performer: ScriptedPerformer
) -> None:
    keyboard = Keyboard(window, qtbot)
    sign_in(keyboard)
    keyboard = Keyboard(window, qtbot)

    visit(keyboard)

    assert window.controller.state.case_state is CaseState.QUEUED
    assert sum(isinstance(effect, AcceptCase) for effect in performer.done) == 1
    assert sum(isinstance(effect, ConfirmPapers) for effect in performer.done) == 1
    assert keyboard.scans == 2
    assert keyboard.clerk <= KEYS_AT_MOST, f"{keyboard.clerk} keys"
