"""Lanes: a window may go while its threads are still at work; nothing is said after that."""

from __future__ import annotations

import threading
from dataclasses import replace

from pytestqt.qtbot import QtBot
from shiboken6 import delete

from counter_app.errors import FailureCode
from counter_app.flow.events import Reported
from counter_app.flow.outcomes import Failed
from counter_app.flow.steps import Step
from counter_app.ui.case_view import PREPARE_EVERY_MS
from counter_app.ui.jobs import Lane
from counter_app.ui.parts import DeviceKind, DeviceState
from tests.ui.conftest import OpenWindow
from tests.ui.fake_parts import FixedHealth, make_parts
from tests.ui.gallery_states import found
from tests.ui.people import fresh_state

ROUNDS = 100


def a_busy_lane() -> tuple[Lane, threading.Event, threading.Thread, list[str]]:
    """Return a lane whose thread is at work until the event is set."""
    lane, started, go, heard = Lane("busy"), threading.Event(), threading.Event(), []

    def work() -> str:
        started.set()
        go.wait(5)
        return "done"

    lane.run(work, heard.append)
    assert started.wait(5)
    thread = next(one for one in threading.enumerate() if one.name == "lane-busy")
    return lane, go, thread, heard


def test_a_thread_that_ends_after_its_window_says_nothing(qtbot: QtBot) -> None:
    lane, go, thread, heard = a_busy_lane()
    lane.close()
    delete(lane)
    go.set()
    thread.join(5)
    qtbot.wait(1)
    assert not thread.is_alive()
    assert heard == []


def test_a_window_that_was_destroyed_without_closing_is_no_accident(qtbot: QtBot) -> None:
    lane, go, thread, heard = a_busy_lane()
    delete(lane)
    go.set()
    lane.close()
    thread.join(5)
    qtbot.wait(1)
    assert heard == []


def test_progress_told_while_the_window_goes_never_reaches_what_is_gone(qtbot: QtBot) -> None:
    for _ in range(ROUNDS):
        lane, started, heard = Lane("telling"), threading.Event(), []

        def work(lane: Lane = lane, started: threading.Event = started) -> None:
            for number in range(50):
                lane.tell(lambda: None)
                if number == 3:
                    started.set()

        lane.run(work, heard.append)
        assert started.wait(5)
        lane.close()
        delete(lane)
        lane.join(5)
    qtbot.wait(1)


def test_a_failure_asks_the_devices_at_once(open_window: OpenWindow, qtbot: QtBot) -> None:
    health = FixedHealth()
    window = open_window(make_parts(health=health))
    qtbot.waitUntil(lambda: window._poller._devices is not None)
    window._poller._timer.stop()
    window.controller.open(replace(fresh_state(), step=Step.PRESENTER, draft=found()))
    lost = DeviceState(DeviceKind.ID_READER, FailureCode.READER_LOST)
    health.states = (lost, *health.states[1:])
    state = window.controller.state
    window.controller.send(Reported(state.attempt, Failed(FailureCode.READER_LOST)))
    qtbot.waitUntil(lambda: window._poller._devices[0] == lost)


def test_a_window_that_closes_makes_no_more_pages(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    view = window._screens.case
    assert view._preparing.isActive()
    window.close()
    assert not view._preparing.isActive()
    made = len(view._pages)
    qtbot.wait(2 * PREPARE_EVERY_MS)
    assert len(view._pages) == made
