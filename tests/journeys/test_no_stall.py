"""The window never keeps a person waiting: no handler works for more than 50 ms."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.bench.ui_latency import Probe
from tests.journeys.keyboard import Keyboard
from tests.journeys.principal import visit
from tests.journeys.world import kind_world
from tests.ui.conftest import OpenWindow
from tests.ui.fake_parts import make_parts

STALL_MS = 50


def test_no_handler_works_longer_than_fifty_milliseconds(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    """Processor time, not the clock: what else runs on the machine does not count."""
    window = open_window(make_parts(kind_world()))
    case = window._screens.case
    while case._preparing.isActive():
        case._prepare_one()
    probe = Probe()
    probe.start()
    visit(Keyboard(window, qtbot))
    probe.stop()
    assert max(probe.busy_ms[1:]) < STALL_MS
