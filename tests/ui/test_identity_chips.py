"""Passports, permits and bank cards on their pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Generic, TypeVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.domain.card_phase import CardPhase
from counter_app.domain.draft import ChangeReason, PresenterRole
from counter_app.domain.identity_document import CaptureMethod
from counter_app.domain.mrz_fields import MrzKey
from counter_app.domain.reading import DocumentKind, FieldName, FieldRead, Reading
from counter_app.errors import FailureCode
from counter_app.flow.effects import ReadBankCard, ReadChip
from counter_app.flow.events import ReadCardPressed, Reported, WaitCancelled
from counter_app.flow.machine import advance
from counter_app.flow.outcomes import CardRead, Failed, PictureRead, SettlementCardCompared
from counter_app.flow.state import FlowState, Waiting
from counter_app.flow.steps import Step
from counter_app.ui.page import Page
from counter_app.ui.pages.identity import IdentityPage
from counter_app.ui.pages.materials import MaterialsPage
from tests.ui.chip_states import UNKNOWN_ISSUER, chip_states, passport
from tests.ui.page_states import page_kit, texts, view_of
from tests.ui.people import MERCHANT, desk, fresh_state

LOWER = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
UPPER = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
KEY = MrzKey("L898902C3", "740812", "120415")
DRAFT = replace(
    fresh_state().draft,
    merchant=MERCHANT,
    terminal=MERCHANT.terminals[0],
    presenter=PresenterRole.PRINCIPAL,
    reason=ChangeReason.SIM_LOST,
)
ZONE = PictureRead(
    DocumentKind.MRZ,
    "d" * 64,
    Reading(
        DocumentKind.MRZ,
        (
            FieldRead(FieldName.MRZ_LINE_1, UPPER, 0.9),
            FieldRead(FieldName.MRZ_LINE_2, LOWER, 0.9),
            FieldRead(FieldName.DOCUMENT_CODE, "P", 0.9),
            FieldRead(FieldName.DOCUMENT_NUMBER, "L898902C3", 0.9),
        ),
    ),
)


P = TypeVar("P", bound=Page)


class Shown(Generic[P]):
    """A page with what it told."""

    def __init__(self, page: P) -> None:
        self.page = page
        self.told: list[object] = []
        page.happened.connect(self.told.append)

    def show(self, state: FlowState) -> None:
        self.page.show_view(replace(view_of(state.step, state.draft), state=state))


@pytest.fixture
def identity(qtbot: QtBot) -> Iterator[Shown[IdentityPage]]:
    with page_kit() as kit:
        page = IdentityPage(kit)
        qtbot.addWidget(page)
        page.show()
        yield Shown(page)


@pytest.fixture
def materials(qtbot: QtBot) -> Iterator[Shown[MaterialsPage]]:
    with page_kit() as kit:
        page = MaterialsPage(kit)
        qtbot.addWidget(page)
        page.show()
        yield Shown(page)


def at(step: Step, **changes: object) -> FlowState:
    state = FlowState(DRAFT, step=step)
    return replace(state, **changes)  # type: ignore[arg-type] # states are made by hand


def test_a_passport_is_chosen_by_its_key_and_asks_for_the_zone(
    identity: Shown[IdentityPage],
) -> None:
    identity.show(at(Step.PRESENTER_ID, waiting=Waiting.CARD))
    ui = identity.page._ui
    ui.kind_tiles._pick(1)
    assert identity.told == [WaitCancelled()]
    assert ui.mrz_field.isVisible()
    assert identity.page.camera_kind() is DocumentKind.MRZ


def test_two_chooses_the_passport_while_the_focus_is_on_the_readers_key(
    qtbot: QtBot, identity: Shown[IdentityPage]
) -> None:
    identity.show(at(Step.PRESENTER_ID, waiting=Waiting.CARD))
    ui = identity.page._ui
    ui.card_button.setFocus()
    qtbot.keyClick(ui.card_button, Qt.Key.Key_2)
    assert identity.told == [WaitCancelled()]
    assert ui.mrz_field.isVisible()


def test_typed_lines_open_the_chip(identity: Shown[IdentityPage]) -> None:
    identity.show(at(Step.PRESENTER_ID))
    ui = identity.page._ui
    ui.kind_tiles._pick(1)
    identity.told.clear()
    ui.mrz_field.edit.insert(LOWER)
    ui.mrz_field.edit.entered.emit()
    assert identity.told == [WaitCancelled(), ReadCardPressed(KEY)]


def test_wrong_lines_are_told_and_read_nothing(identity: Shown[IdentityPage]) -> None:
    identity.show(at(Step.PRESENTER_ID))
    ui = identity.page._ui
    ui.kind_tiles._pick(1)
    identity.told.clear()
    ui.mrz_field.edit.insert(LOWER.replace("7408122", "7408123"))
    ui.mrz_field.edit.entered.emit()
    assert identity.told == []
    assert "校验位" in texts(ui.mrz_field)


def test_back_to_the_resident_card_waits_for_it_again(identity: Shown[IdentityPage]) -> None:
    identity.show(at(Step.PRESENTER_ID))
    identity.page._ui.kind_tiles._pick(1)
    identity.page._ui.kind_tiles._pick(0)
    assert identity.told[-1] == ReadCardPressed()


def test_a_zone_that_the_camera_read_is_proposed_and_opens_the_chip(
    identity: Shown[IdentityPage],
) -> None:
    identity.show(at(Step.PRESENTER_ID, proposal=ZONE))
    assert identity.page._ui.number_field.text() == "L898902C3"
    identity.page.card_key()
    assert identity.told == [WaitCancelled(), ReadCardPressed(KEY)]


def test_a_chip_that_was_read_takes_the_place_of_the_proposal(
    identity: Shown[IdentityPage],
) -> None:
    identity.show(at(Step.PRESENTER_ID, proposal=ZONE, waiting=Waiting.CARD))
    done = replace(DRAFT, documents=(passport(),))
    identity.show(at(Step.PRESENTER_ID, draft=done))
    ui = identity.page._ui
    assert not ui.form_widget.isVisible()
    assert ui.facts_grid.isVisible()
    assert ui.face_tiles.isVisible()


def test_a_chip_without_a_name_leaves_the_name_to_the_clerk(identity: Shown[IdentityPage]) -> None:
    identity.show(at(Step.PRESENTER_ID, proposal=ZONE, waiting=Waiting.CARD))
    identity.show(at(Step.PRESENTER_ID, draft=replace(DRAFT, documents=(passport(name=""),))))
    ui = identity.page._ui
    assert ui.form_widget.isVisible()
    assert (ui.name_field.text(), ui.number_field.text()) == ("", "E00000042")


def test_a_chip_that_does_not_open_is_told_beside_what_the_camera_read(
    identity: Shown[IdentityPage],
) -> None:
    failed = at(Step.PRESENTER_ID, proposal=ZONE, failure=FailureCode.CARD_ACCESS_DENIED)
    identity.show(failed)
    ui = identity.page._ui
    assert ui.device_panel.isVisible()
    assert not ui.picture_panel.isVisible()
    assert ui.number_field.text() == "L898902C3"


def test_every_check_of_a_chip_has_its_words(identity: Shown[IdentityPage]) -> None:
    weak = passport(captured_by=CaptureMethod.CAMERA, chip_checks=UNKNOWN_ISSUER)
    identity.show(at(Step.PRESENTER_ID, draft=replace(DRAFT, documents=(weak,))))
    shown = texts(identity.page)
    for words in ("签名：已验证", "签发机关不在本机的名单上", "只按摄像头证据采用"):
        assert words in shown


def test_the_address_and_the_missing_portrait_are_told(identity: Shown[IdentityPage]) -> None:
    identity.show(chip_states(DRAFT)["39d_address"])
    shown = texts(identity.page)
    assert "101 室" in shown
    assert "照片未解码" in shown


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (CardPhase.WAITING, "请把身份证平放"),
        (CardPhase.SAME_CARD, "先拿起"),
        (CardPhase.OTHER_FAMILY, "不是身份证"),
        (CardPhase.BESIDE, "不影响读身份证"),
        (CardPhase.MUTE, "放正"),
        (CardPhase.IN_USE, "另一个程序"),
        (CardPhase.OPENING, "打开芯片"),
        (CardPhase.READING, "请勿移动"),
        (CardPhase.AGAIN, "重读"),
        (CardPhase.CHECKING, "核验"),
    ],
)
def test_every_phase_has_its_words(
    identity: Shown[IdentityPage], phase: CardPhase, words: str
) -> None:
    waiting = at(Step.PRESENTER_ID, waiting=Waiting.CARD, progress=(0, 0), phase=phase)
    identity.show(waiting)
    assert words in texts(identity.page._ui.device_panel)


def test_f5_at_the_materials_reads_the_bank_card(materials: Shown[MaterialsPage]) -> None:
    materials.show(at(Step.MATERIALS))
    materials.page.card_key()
    assert materials.told == [ReadCardPressed()]
    state, effects = advance(at(Step.MATERIALS), ReadCardPressed(), desk())
    assert effects == (ReadBankCard("6222020000000000018"),)
    assert state.waiting is Waiting.CARD


@pytest.mark.parametrize(("matches", "words"), [(True, "✓ 一致"), (False, "× 不一致")])
def test_a_compared_card_is_shown_masked(
    materials: Shown[MaterialsPage], matches: bool, words: str
) -> None:
    masked = "621700*********0012"
    waiting, _ = advance(at(Step.MATERIALS), ReadCardPressed(), desk())
    outcome = SettlementCardCompared(masked, matches)
    state, _ = advance(waiting, Reported(waiting.attempt, outcome), desk())
    assert (state.draft.settlement_card, state.draft.settlement_card_matches) == (masked, matches)
    assert state.waiting is None
    materials.show(state)
    assert f"{words} {masked}" in texts(materials.page)


def test_a_wallet_is_told_as_a_failure() -> None:
    waiting, _ = advance(at(Step.MATERIALS), ReadCardPressed(), desk())
    failed = Reported(waiting.attempt, Failed(FailureCode.CARD_IS_WALLET))
    state, _ = advance(waiting, failed, desk())
    assert state.failure is FailureCode.CARD_IS_WALLET
    assert state.draft.settlement_card is None


def test_a_zone_read_by_the_camera_waits_for_its_chip_at_once() -> None:
    picture = at(Step.PRESENTER_ID, waiting=Waiting.PICTURE, attempt=4)
    waiting, effects = advance(picture, Reported(4, ZONE), desk())
    wanted = next(effect for effect in effects if isinstance(effect, ReadChip))
    assert wanted.key == KEY
    assert wanted.case_id == DRAFT.case_id
    assert waiting.proposal == ZONE
    late, _ = advance(waiting, Reported(4, CardRead(passport())), desk())
    assert late.draft.documents == ()
    done, _ = advance(waiting, Reported(waiting.attempt, CardRead(passport())), desk())
    assert done.draft.documents == (passport(),)
