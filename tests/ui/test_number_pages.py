"""The pages of the old number, the new number and the replacement terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.domain.draft import (
    CodeOutcome,
    NewNumber,
    NumberHolder,
    OldNumberOutcome,
    OldNumberProof,
    RealNameCheck,
)
from counter_app.domain.step import Step
from counter_app.flow.answers import (
    CodeAnswer,
    HolderAnswer,
    NumberAnswer,
    OldNumberAnswer,
    RealNameAnswer,
    RepeatAnswer,
    SharedReasonAnswer,
    SwapSerialAnswer,
)
from counter_app.flow.events import Answered, CodeTyped, SendCodePressed
from counter_app.flow.state import CodeExchange, Waiting
from counter_app.ui.page import PageKit
from counter_app.ui.pages.new_number import NewNumberPage
from counter_app.ui.pages.old_number import OldNumberPage
from counter_app.ui.pages.swap import SwapPage
from tests.ui.fake_parts import FixedClock
from tests.ui.page_states import NEW, begun, page_kit, shown, texts, view_of, whole
from tests.ui.people import NOW

SELF = NumberHolder.PRINCIPAL

# --- old number ---------------------------------------------------------------------------


def test_the_old_number_is_masked_until_asked_for(qtbot: QtBot, kit: PageKit) -> None:
    page = OldNumberPage(kit)
    shown(qtbot, page)
    revealed: list[str] = []
    page.revealed.connect(revealed.append)
    page.show_view(view_of(Step.OLD_NUMBER, begun()))
    assert "139 **** 0001" in texts(page)
    page.reveal_key()
    assert "139 0000 0001" in texts(page)
    assert revealed == ["old_number"]


def test_an_unreachable_number_asks_for_proof(qtbot: QtBot, kit: PageKit) -> None:
    page = OldNumberPage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.OLD_NUMBER, begun()))
    assert page._ui.proof_area.isHidden()
    qtbot.keyClicks(page._ui.outcome_choice, "2")
    page.show_view(view_of(Step.OLD_NUMBER, begun(old_number=OldNumberOutcome.UNREACHABLE)))
    assert not page._ui.proof_area.isHidden()
    assert "原号码不能核实" in texts(page)
    qtbot.keyClicks(page._ui.proof_choice, "2")
    assert said == [
        Answered(OldNumberAnswer(OldNumberOutcome.UNREACHABLE)),
        Answered(OldNumberAnswer(OldNumberOutcome.UNREACHABLE, OldNumberProof.LOSS_SLIP)),
    ]


# --- new number ---------------------------------------------------------------------------


def test_a_whole_number_is_told_once_and_half_a_number_when_left(
    qtbot: QtBot, kit: PageKit
) -> None:
    page = NewNumberPage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.NEW_NUMBER, whole(new_number=None)))
    edit = page._ui.number_field.edit
    qtbot.keyClicks(edit, "1390000000")
    assert said == []
    qtbot.keyClicks(edit, "2")
    assert said == [Answered(NumberAnswer(NEW))]
    assert edit.text() == "139 0000 0002"
    page.show_view(view_of(Step.NEW_NUMBER, whole(new_number=NewNumber(NEW))))
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert said[-1] == Answered(NumberAnswer(NEW[:-1]))


def test_what_is_being_typed_survives_another_view(qtbot: QtBot, kit: PageKit) -> None:
    page = NewNumberPage(kit)
    shown(qtbot, page)
    view = view_of(Step.NEW_NUMBER, whole(new_number=None))
    page.show_view(view)
    qtbot.keyClicks(page._ui.number_field.edit, "1390")
    page.show_view(view)
    assert page._ui.number_field.digits() == "1390"
    page.show_view(view_of(Step.NEW_NUMBER, whole(new_number=None, case_id="other")))
    assert page._ui.number_field.digits() == ""


def test_the_customers_repeat_is_compared(qtbot: QtBot, kit: PageKit) -> None:
    page = NewNumberPage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.NEW_NUMBER, whole(new_number=NewNumber(NEW))))
    qtbot.keyClicks(page._ui.repeat_field.edit, "13900000003")
    assert said == [Answered(RepeatAnswer("13900000003"))]
    differs = NewNumber(NEW, "13900000003")
    page.show_view(view_of(Step.NEW_NUMBER, whole(new_number=differs)))
    assert "两次不一致" in texts(page)
    assert not page._ui.send_button.isEnabled()


def test_holder_and_reason_are_given_by_keys(qtbot: QtBot, kit: PageKit) -> None:
    page = NewNumberPage(kit)
    said = shown(qtbot, page)
    shared = NewNumber(NEW, NEW, bound_to=("102110054990009",))
    page.show_view(view_of(Step.NEW_NUMBER, whole(new_number=shared)))
    assert not page._ui.shared_area.isHidden()
    qtbot.keyClicks(page._ui.holder_choice, "1")
    line = page._ui.shared_combo.lineEdit()
    qtbot.keyClicks(line, "family")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert said == [
        Answered(HolderAnswer(NumberHolder.PRINCIPAL)),
        Answered(SharedReasonAnswer("family")),
    ]


def test_a_number_in_another_name_is_said(qtbot: QtBot, kit: PageKit) -> None:
    page = NewNumberPage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.NEW_NUMBER, whole()))
    assert page._ui.real_name_combo.currentText() == "未能核验"
    page._ui.real_name_combo.setFocus()
    qtbot.keyClick(page._ui.real_name_combo, Qt.Key.Key_Up)
    assert said == [Answered(RealNameAnswer(RealNameCheck.DIFFERS))]


def test_a_code_is_sent_and_typed_without_being_shown(qtbot: QtBot, kit: PageKit) -> None:
    page = NewNumberPage(kit)
    said = shown(qtbot, page)
    ready = whole(new_number=NewNumber(NEW, NEW))
    page.show_view(view_of(Step.NEW_NUMBER, ready))
    qtbot.keyClick(page._ui.send_button, Qt.Key.Key_Space)
    page.show_view(view_of(Step.NEW_NUMBER, ready, code=CodeExchange("m", NOW)))
    assert not page._ui.send_button.isEnabled()
    assert "139 **** 0002" in texts(page)
    qtbot.keyClicks(page._ui.code_edit, "123456")
    assert said == [SendCodePressed(), CodeTyped("123456")]
    assert page._ui.code_edit.text() == ""
    assert page._ui.code_edit.displayText() != "123456"


def test_enter_rests_on_sending_the_code_and_only_space_presses_it(
    qtbot: QtBot, kit: PageKit
) -> None:
    page = NewNumberPage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.NEW_NUMBER, whole(new_number=NewNumber(NEW, NEW, holder=SELF))))
    page._ui.holder_choice.setFocus()
    for _ in range(2):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
        if page.focusWidget() is page._ui.send_button:
            break
    assert page.focusWidget() is page._ui.send_button
    assert said == []
    qtbot.keyClick(page._ui.send_button, Qt.Key.Key_Space)
    assert said == [SendCodePressed()]


def test_resending_waits_and_a_stale_code_cannot_be_typed(qtbot: QtBot) -> None:
    clock = FixedClock()
    with page_kit(clock=clock) as kit:
        page = NewNumberPage(kit)
        shown(qtbot, page)
        ready = whole(new_number=NewNumber(NEW, NEW))
        view = view_of(Step.NEW_NUMBER, ready, code=CodeExchange("m", NOW, tries=1))
        clock.at = NOW + timedelta(seconds=17)
        page.show_view(view)
        assert page._ui.send_button.text() == "重发（43 秒）"
        assert "还可以试 4 次" in texts(page)
        clock.at = NOW + timedelta(seconds=61)
        page.show_view(view)
        assert page._ui.send_button.isEnabled()
        clock.at = NOW + timedelta(seconds=301)
        page.show_view(view)
        assert not page._ui.code_edit.isEnabled()
        assert "已过期" in texts(page)


def test_a_code_that_cannot_be_sent_is_said(qtbot: QtBot, kit: PageKit) -> None:
    page = NewNumberPage(kit)
    said = shown(qtbot, page)
    ready = whole(new_number=NewNumber(NEW, NEW))
    page.show_view(view_of(Step.NEW_NUMBER, ready, waiting=Waiting.CODE_SENDING))
    assert not page._ui.not_sent_button.isEnabled()
    page.show_view(view_of(Step.NEW_NUMBER, ready))
    qtbot.keyClick(page._ui.not_sent_button, Qt.Key.Key_Space)
    assert said == [Answered(CodeAnswer(CodeOutcome.NOT_SENT))]


def test_a_passed_code_leaves_nothing_to_do(qtbot: QtBot, kit: PageKit) -> None:
    page = NewNumberPage(kit)
    shown(qtbot, page)
    page.show_view(view_of(Step.NEW_NUMBER, whole()))
    assert "验证码正确" in texts(page)
    assert page._ui.send_button.isHidden()


# --- replacement terminal -----------------------------------------------------------------


def test_a_scanned_terminal_is_told_by_enter_alone(qtbot: QtBot, kit: PageKit) -> None:
    page = SwapPage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.SWAP, whole(is_swap_wanted=True)))
    qtbot.keyClicks(page._ui.sn_field.edit, "N500W00099999")
    qtbot.keyClick(page._ui.sn_field.edit, Qt.Key.Key_Return)
    assert said == [Answered(SwapSerialAnswer("N500W00099999"))]


@pytest.mark.parametrize(
    ("is_known", "words"),
    [(None, "正在查询"), (False, "可以换上"), (True, "已绑定别的商户")],
)
def test_the_look_up_of_a_terminal_is_shown(
    qtbot: QtBot, kit: PageKit, is_known: object, words: str
) -> None:
    page = SwapPage(kit)
    shown(qtbot, page)
    draft = replace(
        whole(), is_swap_wanted=True, swap_to_sn="N500W00099999", is_swap_sn_known=is_known
    )
    page.show_view(view_of(Step.SWAP, draft))
    assert words in texts(page)
