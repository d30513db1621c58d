"""A card shown badly in every way, then well: each hint in its words, then the fields by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from counter_app.capture.auto_capture import SteadyCapture
from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera.simulated_camera import SimulatedCamera
from counter_app.devices.camera.specimens import Look, SpecimenPress, save
from counter_app.domain.draft import ChangeReason, Lookup, PresenterRole
from counter_app.domain.reading import DocumentKind, FieldName, Notice
from counter_app.errors import FailureCode
from counter_app.flow.effects import Effect, KeepPicture, ReadChip
from counter_app.flow.outcomes import Failed, Outcome, PictureRead
from counter_app.flow.steps import Step
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import Stop
from counter_app.ui.parts import Progress
from counter_app.ui.widgets.camera_panel import CameraPanel
from tests.contract.capture.conftest import CARD
from tests.journeys.keyboard import Keyboard
from tests.ui.conftest import OpenWindow
from tests.ui.fake_parts import ScriptedPerformer, make_parts
from tests.ui.people import MERCHANT, fresh_state

VIEW = (1280, 720)
PATIENCE_MS = 60_000
WELL = Look(VIEW, 0.86, turn_degrees=1.0)

SCENES: tuple[tuple[str, Look], ...] = (
    ("请靠近一点", Look(VIEW, 0.5)),
    ("有反光", Look(VIEW, 0.86, glare=0.14)),
    ("太暗", Look(VIEW, 0.86, light=0.22)),
    ("画面模糊", Look(VIEW, 0.86, blur_px=7.0)),
    ("超出画面", Look(VIEW, 0.86, shift=(0.2, 0.0))),
)


def of_a_screen(seen: Pixels) -> Pixels:
    """Return the picture as a screen shows it: its own grid beats with the camera's."""
    high, wide = seen.shape[:2]
    y, x = np.mgrid[0:high, 0:wide]
    grid = 1 + 0.12 * np.sin(2 * np.pi * x / 3.3) + 0.12 * np.sin(2 * np.pi * y / 3.3)
    return np.asarray(np.clip(seen * grid[:, :, None], 0, 255), np.uint8)


class Desk:
    """What lies under the camera, and what became of the pictures."""

    def __init__(self, folder: Path) -> None:
        self.press = SpecimenPress("test")
        self.reader = LocalDocumentReader()
        self._folder, self._number = folder, 0
        self.camera = SimulatedCamera("test", self.kept(np.full((720, 1280, 3), 90, np.uint8)))
        self.read: list[PictureRead] = []

    def kept(self, picture: Pixels) -> Path:
        self._number += 1
        return save(picture, self._folder / f"frame_{self._number:02d}.png")

    def lay(self, picture: Pixels) -> None:
        self.camera.show(self.kept(picture))

    def keep(self, effect: Effect, stop: Stop, _: Progress) -> Outcome:
        assert isinstance(effect, KeepPicture)
        reading = self.reader.read(effect.rectified, effect.kind, stop)
        self.read.append(PictureRead(effect.kind, "0" * 64, reading))
        return self.read[-1]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def panel(open_window: OpenWindow, qtbot: QtBot, desk: Desk) -> CameraPanel:
    """The camera of the identity page, on, with nothing under it."""
    answers = {
        KeepPicture: desk.keep,
        ReadChip: lambda *_: Failed(FailureCode.READER_MISSING),
    }
    parts = make_parts(
        ScriptedPerformer(answers),
        camera=desk.camera,
        document_reader=desk.reader,
        auto_capture=SteadyCapture,
    )
    window = open_window(parts)
    state = fresh_state()
    draft = replace(
        state.draft,
        sn_entered="N500W00012345",
        lookup=Lookup.FOUND,
        merchant=MERCHANT,
        terminal=MERCHANT.terminals[0],
        presenter=PresenterRole.PRINCIPAL,
        reason=ChangeReason.SIM_LOST,
    )
    window.controller.open(replace(state, step=Step.PRESENTER_ID, draft=draft))
    Keyboard(window, qtbot).press("F6")
    shown = window._screens.case._camera
    qtbot.waitUntil(lambda: "请把证件放进画面" in shown._hint.text(), timeout=PATIENCE_MS)
    return shown


def says(panel: CameraPanel, words: str) -> Callable[[], bool]:
    return lambda: words in panel._hint.text()


def test_every_fault_has_its_hint_and_the_good_card_is_taken_and_read(
    desk: Desk, panel: CameraPanel, qtbot: QtBot
) -> None:
    for words, look in SCENES:
        desk.lay(desk.press.resident_id_front(CARD, look))
        qtbot.waitUntil(says(panel, words), timeout=PATIENCE_MS)
    desk.lay(of_a_screen(desk.press.resident_id_front(CARD, WELL)))
    qtbot.waitUntil(says(panel, "屏幕"), timeout=PATIENCE_MS)
    desk.lay(desk.press.resident_id_back(CARD, WELL))
    qtbot.waitUntil(says(panel, "请翻到"), timeout=PATIENCE_MS)
    assert not desk.read
    desk.lay(desk.press.resident_id_front(CARD, WELL))
    qtbot.waitUntil(lambda: bool(desk.read), timeout=PATIENCE_MS)
    reading = desk.read[0].reading
    assert reading is not None
    assert reading.text(FieldName.ID_NUMBER) == CARD.number
    window = panel.window()
    qtbot.waitUntil(lambda: window.controller.state.proposal is not None, timeout=PATIENCE_MS)


def shoot(desk: Desk, panel: CameraPanel, qtbot: QtBot) -> None:
    """Press the key once the new picture is seen, unless it was taken by itself."""
    empty = "请把证件放进画面"
    qtbot.waitUntil(lambda: not says(panel, empty)() or bool(desk.read), timeout=PATIENCE_MS)
    if panel.is_running:
        panel._shutter()
    qtbot.waitUntil(lambda: bool(desk.read), timeout=PATIENCE_MS)


def upside_down(picture: Pixels) -> Pixels:
    return np.ascontiguousarray(picture[::-1, ::-1])


def mirrored(picture: Pixels) -> Pixels:
    return np.ascontiguousarray(picture[:, ::-1])


@pytest.mark.parametrize(
    ("turn", "notice"), [(upside_down, Notice.TURNED), (mirrored, Notice.MIRRORED)]
)
def test_a_card_the_wrong_way_round_is_read_and_said(
    desk: Desk,
    panel: CameraPanel,
    qtbot: QtBot,
    turn: Callable[[Pixels], Pixels],
    notice: Notice,
) -> None:
    desk.lay(turn(desk.press.resident_id_front(CARD, WELL)))
    shoot(desk, panel, qtbot)
    reading = desk.read[0].reading
    assert reading is not None
    assert notice in reading.notices
    assert reading.text(FieldName.ID_NUMBER) == CARD.number


def something_else(desk: Desk) -> Pixels:
    """A sheet with a drawing and no words."""
    scene = desk.press.page(("",), Look((1280, 960), 0.8))
    cv2.circle(scene, (640, 480), 120, (40, 90, 160), -1)
    return scene


def foreign_card(desk: Desk) -> Pixels:
    words = ("REPUBLIC OF UTOPIA", "IDENTITY CARD", "Surname ERIKSSON", "Given names ANNA MARIA",
             "Date of birth 12.08.1974", "Document No. L898902C3")  # fmt: skip
    return desk.press.page(words, Look((1944, 2592), 0.9))


@pytest.mark.parametrize(
    ("make", "notice"),
    [(something_else, Notice.NOTHING_READ), (foreign_card, Notice.OTHER_COUNTRY)],
)
def test_what_is_no_resident_card_is_said_to_be_none(
    desk: Desk,
    panel: CameraPanel,
    qtbot: QtBot,
    make: Callable[[Desk], Pixels],
    notice: Notice,
) -> None:
    desk.lay(make(desk))
    shoot(desk, panel, qtbot)
    reading = desk.read[0].reading
    assert reading is not None
    assert notice in reading.notices
    assert reading.kind is not DocumentKind.AUTO
    assert not any(read.is_sure for read in reading.fields)
