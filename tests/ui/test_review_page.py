"""The review page: ticks, differences, and a decision that needs the second person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.domain.draft import NewNumber, ReviewDecision
from counter_app.domain.identity_document import Owner
from counter_app.domain.step import Step
from counter_app.domain.travel_document import CheckReason, CheckState, CheckVerdict, ChipCheck
from counter_app.errors import FailureCode
from counter_app.flow.events import ReviewPressed
from counter_app.flow.state import Waiting
from counter_app.ui.page import PageKit
from counter_app.ui.pages.review import ReviewPage
from tests.ui.chip_states import UNKNOWN_ISSUER, passport
from tests.ui.page_states import LETTER, texts, view_of, whole
from tests.ui.people import document


@pytest.fixture
def page(qtbot: QtBot, kit: PageKit) -> ReviewPage:
    made = ReviewPage(kit)
    qtbot.addWidget(made)
    made.resize(860, 620)
    made.show()
    return made


def sign(qtbot: QtBot, page: ReviewPage) -> None:
    """Enter account and password."""
    qtbot.keyClicks(page._ui.account_field.edit, "m01")
    qtbot.keyClicks(page._ui.password_field.edit, "secret")


def test_approving_needs_every_tick_a_reason_and_the_second_persons_password(
    qtbot: QtBot, page: ReviewPage
) -> None:
    said: list[object] = []
    page.happened.connect(said.append)
    page.show_view(view_of(Step.REVIEW, whole()))
    qtbot.keyClicks(page._ui.decision_choice, "1")
    assert "项没有打勾" in page._ui.hint_label.text()
    for row in page._sheet.rows:
        qtbot.keyClick(row.tick, Qt.Key.Key_Space)
    assert "工号和密码" in page._ui.hint_label.text()
    assert not page._ui.decide_button.isEnabled()
    sign(qtbot, page)
    qtbot.keyClicks(page._ui.reason_edit, "seen")
    qtbot.keyClick(page._ui.decide_button, Qt.Key.Key_Space)
    assert said == [
        ReviewPressed("m01", "secret", ReviewDecision.APPROVE, "证件、委托书与影像一致；seen")
    ]
    assert page._ui.password_field.text() == ""


def test_refusing_needs_no_ticks(qtbot: QtBot, page: ReviewPage) -> None:
    said: list[object] = []
    page.happened.connect(said.append)
    page.show_view(view_of(Step.REVIEW, whole()))
    qtbot.keyClicks(page._ui.decision_choice, "3")
    sign(qtbot, page)
    qtbot.keyClick(page._ui.decide_button, Qt.Key.Key_Space)
    assert isinstance(said[0], ReviewPressed)
    assert said[0].decision is ReviewDecision.REFUSE


def test_the_password_is_never_readable(page: ReviewPage) -> None:
    assert page._ui.password_field.edit.echoMode() is QLineEdit.EchoMode.Password


def test_differences_risk_and_letter_checks_are_told_in_words(page: ReviewPage) -> None:
    letter = replace(LETTER, new_number="13900000009", is_signed=False)
    page.show_view(view_of(Step.REVIEW, whole(letter=letter, is_coached=True)))
    shown = texts(page)
    for part in (
        "应为：139 0000 0009",
        "委托人没有签名",
        "疑似受人指挥",
        "已办理 6 分钟",
        "项相符",
    ):
        assert part in shown


def test_the_checks_of_a_chip_stand_beside_the_person_they_belong_to(page: ReviewPage) -> None:
    weak = passport(owner=Owner.AGENT, chip_checks=UNKNOWN_ISSUER)
    page.show_view(view_of(Step.REVIEW, whole(documents=(weak, document()))))
    shown = texts(page)
    assert "✓ 签名：已验证" in shown
    assert "– 签发机关：未能验证（签发机关不在本机的名单上）" in shown
    page.show_view(view_of(Step.REVIEW, whole()))
    assert "芯片核验" not in texts(page)


def test_a_disproved_chip_is_marked_as_such(page: ReviewPage) -> None:
    copied = CheckVerdict(ChipCheck.ORIGINAL, CheckState.FAILED, CheckReason.PROOF_WRONG)
    copy = passport(owner=Owner.AGENT, chip_checks=(*UNKNOWN_ISSUER[:3], copied))
    page.show_view(view_of(Step.REVIEW, whole(documents=(copy, document()))))
    lines = [one for one in page.findChildren(QLabel) if "× 原件：未通过" in one.text()]
    assert [one.property("tone") for one in lines] == ["stop"]


def test_a_changed_case_has_to_be_ticked_again(qtbot: QtBot, page: ReviewPage) -> None:
    page.show_view(view_of(Step.REVIEW, whole()))
    qtbot.keyClick(page._sheet.rows[0].tick, Qt.Key.Key_Space)
    page.show_view(view_of(Step.REVIEW, whole()))
    assert page._sheet.rows[0].tick.isChecked()
    other = NewNumber("13900000005", "13900000005")
    page.show_view(view_of(Step.REVIEW, whole(new_number=other)))
    assert not page._sheet.rows[0].tick.isChecked()


def test_a_wrong_password_is_told_beside_its_field(page: ReviewPage) -> None:
    page.show_view(view_of(Step.REVIEW, whole(), failure=FailureCode.SIGN_IN_REFUSED))
    assert "工号或密码不正确" in texts(page)


def test_nothing_can_be_pressed_while_the_password_is_checked(
    qtbot: QtBot, page: ReviewPage
) -> None:
    page.show_view(view_of(Step.REVIEW, whole()))
    qtbot.keyClicks(page._ui.decision_choice, "2")
    sign(qtbot, page)
    assert page._ui.decide_button.isEnabled()
    page.show_view(view_of(Step.REVIEW, whole(), waiting=Waiting.SECOND_PERSON))
    assert not page._ui.decide_button.isEnabled()


def test_numbers_are_masked_until_asked_for(page: ReviewPage) -> None:
    page.show_view(view_of(Step.REVIEW, whole()))
    assert "110199198811020021" not in texts(page)
    page.reveal_key()
    assert "110199198811020021" in texts(page)
