"""The live picture: on while somebody looks, off at once, and a key takes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter_app.domain.reading import DocumentKind, Hint, Quality
from counter_app.errors import FailureCode
from counter_app.flow.effects import KeepPicture
from counter_app.flow.outcomes import PictureRead
from counter_app.ports.camera import CameraChoice, CameraFound, Rotation
from counter_app.services.camera_choice import CameraChoosing
from counter_app.storage.memory import MemoryCaseStore
from counter_app.ui.texts import failure_text
from counter_app.ui.widgets.camera_panel import CameraPanel
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


def test_the_reading_engine_loads_while_the_document_is_laid_down(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    reader = PlainReader()
    window = open_window(make_parts(document_reader=reader))
    window.controller.open(fresh_state())
    assert not reader.is_warm
    Keyboard(window, qtbot).press("F6")
    qtbot.waitUntil(lambda: reader.is_warm)


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
    qtbot.waitUntil(lambda: panel._hint.property("tone") == "good")


def camera_on(
    open_window: OpenWindow, qtbot: QtBot, camera: StillCamera, **parts: object
) -> CameraPanel:
    """Open a case and the camera in it; the panel shows a picture when this returns."""
    window = open_window(make_parts(camera=camera, **parts))
    window.controller.open(fresh_state())
    Keyboard(window, qtbot).press("F6")
    panel = window._screens.case._camera
    qtbot.waitUntil(lambda: panel._finder.frame is not None)
    return panel


@pytest.mark.parametrize("code", [FailureCode.CAMERA_LOST, FailureCode.CAMERA_BUSY])
def test_a_camera_pulled_out_leaves_no_picture_and_comes_back_by_itself(
    open_window: OpenWindow, qtbot: QtBot, code: FailureCode
) -> None:
    camera = StillCamera()
    panel = camera_on(open_window, qtbot, camera)
    camera.failure = code
    qtbot.waitUntil(lambda: panel._hint.property("tone") == "stop")
    assert panel._finder.frame is None
    assert failure_text(code).title in panel._hint.text()
    camera.failure = None
    qtbot.waitUntil(lambda: panel._finder.frame is not None)
    assert panel._hint.property("tone") == "good"
    assert "拍照" in panel._button.text()


def test_a_picture_that_is_not_renewed_is_taken_away(open_window: OpenWindow, qtbot: QtBot) -> None:
    camera = StillCamera()
    panel = camera_on(open_window, qtbot, camera)
    camera.hangs.set()
    qtbot.waitUntil(lambda: panel._finder.frame is None)
    assert panel._hint.property("tone") == "stop"
    camera.hangs.clear()
    qtbot.waitUntil(lambda: panel._finder.frame is not None)


def test_space_before_the_camera_is_back_takes_nothing(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    camera = StillCamera()
    panel = camera_on(open_window, qtbot, camera)
    camera.failure = FailureCode.CAMERA_MISSING
    qtbot.waitUntil(lambda: panel._hint.property("tone") == "stop")
    panel._shutter()
    camera.failure = None
    qtbot.waitUntil(lambda: panel._finder.frame is not None)
    assert panel.is_running


@pytest.fixture
def choosing() -> CameraChoosing:
    camera = StillCamera()
    return CameraChoosing(camera, camera.choice, MemoryCaseStore())


def test_the_camera_is_chosen_by_keys_alone_and_kept(
    open_window: OpenWindow, qtbot: QtBot, choosing: CameraChoosing
) -> None:
    camera = choosing._camera
    assert isinstance(camera, StillCamera)
    panel = camera_on(open_window, qtbot, camera, camera_choice=choosing)
    window = panel.window()
    keyboard = Keyboard(window, qtbot)
    keyboard.press("F4")
    qtbot.waitUntil(lambda: panel.is_setting_up)
    qtbot.waitUntil(lambda: panel._finder.frame is not None)
    for key in ("2", "Tab", "3", "Tab", "3"):
        keyboard.press(key)
    chosen = CameraChoice("2", Rotation.HALF, 1920, 1080, "内置摄像头")
    qtbot.waitUntil(lambda: choosing.choice == chosen)
    qtbot.waitUntil(lambda: panel._finder.frame is not None)
    assert panel._setup is not None
    assert "640 × 480" in panel._setup._note.text()
    keyboard.press("Esc")
    assert not panel.is_setting_up
    assert panel.is_running
    again = CameraChoosing(StillCamera(), CameraChoice("0", name="文档摄像头"), choosing._store)

    def is_kept() -> bool:
        again.restore()
        return again.choice == chosen

    qtbot.waitUntil(is_kept)
    assert panel.window().controller.state is not None


def test_choosing_a_camera_takes_no_picture(
    open_window: OpenWindow, qtbot: QtBot, choosing: CameraChoosing
) -> None:
    camera = choosing._camera
    assert isinstance(camera, StillCamera)
    panel = camera_on(open_window, qtbot, camera, camera_choice=choosing)
    keyboard = Keyboard(panel.window(), qtbot)
    keyboard.press("F4")
    qtbot.waitUntil(lambda: panel.is_setting_up)
    qtbot.waitUntil(lambda: panel._finder.frame is not None)
    assert panel._finder.frame.outline is None
    panel._shutter()
    keyboard.press("F4")
    qtbot.waitUntil(lambda: not panel.is_setting_up)
    assert panel.is_running


def test_a_camera_that_stands_in_is_named(
    open_window: OpenWindow, qtbot: QtBot, choosing: CameraChoosing
) -> None:
    camera = choosing._camera
    assert isinstance(camera, StillCamera)
    camera.instead = CameraFound("2", "内置摄像头")
    panel = camera_on(open_window, qtbot, camera, camera_choice=choosing)
    assert "内置摄像头" in panel._what.text()
    assert "F4" in panel._what.text()
    camera.instead = None
    qtbot.waitUntil(lambda: "内置摄像头" not in panel._what.text())


def test_with_no_camera_at_all_the_choice_says_so(
    open_window: OpenWindow, qtbot: QtBot, choosing: CameraChoosing, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = choosing._camera
    assert isinstance(camera, StillCamera)
    panel = camera_on(open_window, qtbot, camera, camera_choice=choosing)
    monkeypatch.setattr(camera, "plugged_in", tuple)
    Keyboard(panel.window(), qtbot).press("F4")
    qtbot.waitUntil(lambda: panel.is_setting_up)
    assert "没有找到摄像头" in panel._setup._camera_words.text()


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
