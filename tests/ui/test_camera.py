"""The live picture: on while somebody looks, off at once, and a key takes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from counter_app.domain.reading import DocumentKind, Hint, Quality
from counter_app.errors import FailureCode
from counter_app.flow.effects import KeepPicture
from counter_app.flow.outcomes import PictureRead
from counter_app.ui.texts import failure_text
from tests.journeys.keyboard import Keyboard
from tests.ui.conftest import OpenWindow
from tests.ui.fake_parts import PlainReader, ScriptedPerformer, StillCamera, make_parts
from tests.ui.people import fresh_state

READ = PictureRead(DocumentKind.BARCODE, "0" * 64, None, FailureCode.IMAGE_UNREADABLE)


def test_space_takes_the_picture_and_the_page_comes_back(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    camera, performer = StillCamera(), ScriptedPerformer({KeepPicture: lambda *_: READ})
    window = open_window(make_parts(performer, camera=camera))
    window.controller.open(fresh_state())
    keyboard = Keyboard(window, qtbot)
    keyboard.press("F6")
    qtbot.waitUntil(camera.is_on.is_set)
    case = window._screens.case
    qtbot.waitUntil(lambda: case._camera._finder.frame is not None)
    keyboard.press("Space")
    qtbot.waitUntil(lambda: any(isinstance(item, KeepPicture) for item in performer.done))
    assert not case.is_camera_open
    qtbot.waitUntil(lambda: not camera.is_on.is_set())
    qtbot.waitUntil(lambda: window.controller.state.waiting is None)
    assert window.controller.state.failure is FailureCode.IMAGE_UNREADABLE


def test_escape_turns_the_camera_off_and_keeps_the_page(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    camera = StillCamera()
    window = open_window(make_parts(camera=camera))
    window.controller.open(fresh_state())
    keyboard = Keyboard(window, qtbot)
    keyboard.press("F6")
    qtbot.waitUntil(camera.is_on.is_set)
    keyboard.press("Esc")
    qtbot.waitUntil(lambda: not camera.is_on.is_set())
    assert window.controller.state is not None
    assert not window._screens.case.is_camera_open


def test_a_hint_says_what_to_do_better(open_window: OpenWindow, qtbot: QtBot) -> None:
    reader = PlainReader(Quality((), (Hint.GLARE,)))
    window = open_window(make_parts(document_reader=reader))
    window.controller.open(fresh_state())
    Keyboard(window, qtbot).press("F6")
    panel = window._screens.case._camera
    qtbot.waitUntil(lambda: panel._hint.text() == "有反光，请稍稍转动")


def test_an_absent_camera_says_so_and_can_be_tried_again(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    camera = StillCamera(FailureCode.CAMERA_MISSING)
    window = open_window(make_parts(camera=camera))
    window.controller.open(fresh_state())
    keyboard = Keyboard(window, qtbot)
    keyboard.press("F6")
    panel = window._screens.case._camera
    qtbot.waitUntil(lambda: panel._hint.property("tone") == "stop")
    camera.failure = None
    keyboard.press("Space")
    qtbot.waitUntil(camera.is_on.is_set)


def test_locking_and_parking_turn_the_camera_off(open_window: OpenWindow, qtbot: QtBot) -> None:
    camera = StillCamera()
    window = open_window(make_parts(camera=camera))
    window.controller.open(replace(fresh_state()))
    keyboard = Keyboard(window, qtbot)
    keyboard.press("F6")
    qtbot.waitUntil(camera.is_on.is_set)
    keyboard.press("F12")
    qtbot.waitUntil(lambda: not camera.is_on.is_set())


def test_a_file_is_opened_in_place_of_the_camera(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    camera, performer = StillCamera(), ScriptedPerformer({KeepPicture: lambda *_: READ})
    window = open_window(make_parts(performer, camera=camera))
    window.controller.open(fresh_state())
    Keyboard(window, qtbot).press("F6")
    qtbot.waitUntil(camera.is_on.is_set)
    letter = tmp_path / "委托书.pdf"
    letter.write_bytes(b"%PDF-1.7 signed")
    window._screens.case._camera.open_file(letter)
    qtbot.waitUntil(lambda: any(isinstance(item, KeepPicture) for item in performer.done))
    (kept,) = (item for item in performer.done if isinstance(item, KeepPicture))
    assert kept.original == b"%PDF-1.7 signed"
    qtbot.waitUntil(lambda: not camera.is_on.is_set())


def test_a_file_that_is_gone_is_said_and_the_camera_may_be_tried_again(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(make_parts())
    window.controller.open(fresh_state())
    Keyboard(window, qtbot).press("F6")
    panel = window._screens.case._camera
    panel.open_file(tmp_path / "gone.pdf")
    title = failure_text(FailureCode.IMAGE_UNREADABLE).title
    qtbot.waitUntil(lambda: title in panel._hint.text())
    assert "再试" in panel._button.text()
