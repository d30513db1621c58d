"""The pages of materials, further evidence and the customer's confirmation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.domain.draft import (
    Callback,
    CallbackOutcome,
    CallbackTo,
    Consent,
    Knowledge,
    Licence,
)
from counter_app.domain.identity_document import Owner, PoliceCheck
from counter_app.domain.reading import DocumentKind, FieldName, FieldRead, Reading
from counter_app.domain.step import Step
from counter_app.flow.answers import (
    CallbackAnswer,
    CoachedAnswer,
    ConsentAnswer,
    KnowledgeAnswer,
    LicenceAnswer,
    NoLicenceAnswer,
    PhoneProofAnswer,
    PoliceAnswer,
    SettlementAnswer,
    SettlementCardAnswer,
)
from counter_app.flow.events import Answered, MinutePassed
from counter_app.flow.outcomes import PictureRead
from counter_app.flow.steps import Need
from counter_app.ui.page import PageKit
from counter_app.ui.pages.confirm import ConfirmPage
from counter_app.ui.pages.evidence import EvidencePage
from counter_app.ui.pages.materials import MaterialsPage
from counter_app.ui.side_panel import SidePanel
from tests.ui.page_states import begun, shown, texts, view_of, whole
from tests.ui.people import NOW

SCANNED = PictureRead(
    DocumentKind.LICENCE,
    "2" * 64,
    Reading(
        DocumentKind.LICENCE,
        fields=(
            FieldRead(FieldName.USCC, "92110199MA00ABCD4U", 0.9),
            FieldRead(FieldName.COMPANY_NAME, "样本小吃店", 0.9),
            FieldRead(FieldName.RESPONSIBLE_PERSON, "样本甲", 0.9),
            FieldRead(FieldName.BUSINESS_TERM, "2020-01-01至长期", 0.9),
        ),
    ),
)

MOST_FIELDS = 12


def test_a_scanned_licence_is_a_proposal_until_confirmed(qtbot: QtBot, kit: PageKit) -> None:
    page = MaterialsPage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.MATERIALS, begun(), proposal=SCANNED))
    assert page._ui.uscc_field.edit.property("tone") == "proposal"
    assert said == []
    qtbot.keyClick(page._ui.licence_button, Qt.Key.Key_Space)
    assert said == [
        Answered(
            LicenceAnswer(
                Licence(
                    "92110199MA00ABCD4U",
                    "样本小吃店",
                    "样本甲",
                    is_long_term=True,
                    image="2" * 64,
                )
            )
        )
    ]


def test_enter_goes_through_the_licence_to_its_confirmation(qtbot: QtBot, kit: PageKit) -> None:
    page = MaterialsPage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.MATERIALS, begun(), proposal=SCANNED))
    passed = []
    page.activateWindow()
    page.first_field().setFocus()
    qtbot.waitUntil(page._ui.uscc_field.edit.hasFocus)
    while page.focusWidget() is not page._ui.licence_button and len(passed) < MOST_FIELDS:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
        passed.append(page.focusWidget())
    assert page.focusWidget() is page._ui.licence_button
    assert page._ui.long_term_tick in passed
    assert said == []


def test_a_missing_licence_is_said_and_can_still_be_entered(qtbot: QtBot, kit: PageKit) -> None:
    page = MaterialsPage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.MATERIALS, begun()))
    qtbot.keyClick(page._ui.licence_missing_button, Qt.Key.Key_Space)
    assert said == [Answered(NoLicenceAnswer())]
    page.show_view(view_of(Step.MATERIALS, begun(is_licence_missing=True)))
    assert page._ui.licence_fields_area.isHidden()
    assert "缺少营业执照" in texts(page)
    qtbot.keyClick(page._ui.licence_button, Qt.Key.Key_Space)
    assert not page._ui.licence_fields_area.isHidden()
    assert len(said) == 1


def test_the_account_is_masked_and_confirmed_by_the_customer(qtbot: QtBot, kit: PageKit) -> None:
    page = MaterialsPage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.MATERIALS, begun()))
    assert "622202*********0018" in texts(page)
    qtbot.keyClicks(page._ui.account_choice, "1")
    qtbot.keyClicks(page._ui.account_choice, "2")
    qtbot.keyClicks(page._ui.card_field.edit, "6222020000000000018")
    qtbot.keyClick(page._ui.card_field.edit, Qt.Key.Key_Return)
    qtbot.keyClick(page._ui.proof_tick, Qt.Key.Key_Space)
    assert said == [
        Answered(SettlementAnswer(is_confirmed=True)),
        Answered(SettlementAnswer(is_confirmed=False)),
        Answered(SettlementCardAnswer("6222020000000000018")),
        Answered(PhoneProofAnswer(is_shown=True)),
    ]
    assert page._ui.card_field.text() == ""


def test_the_camera_is_pointed_at_what_is_still_open(qtbot: QtBot, kit: PageKit) -> None:
    page = MaterialsPage(kit)
    shown(qtbot, page)
    page.show_view(view_of(Step.MATERIALS, begun()))
    assert page.camera_kind() is DocumentKind.LICENCE
    licence = Licence("92110199MA00ABCD4U", "样本小吃店", "样本甲")
    page.show_view(view_of(Step.MATERIALS, begun(licence=licence)))
    assert page.camera_kind() is DocumentKind.BANK_CARD


def test_the_call_and_its_outcome_are_recorded(qtbot: QtBot, kit: PageKit) -> None:
    page = EvidencePage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.EVIDENCE, whole(callback=None)))
    assert "139 **** 0001" in texts(page)
    qtbot.keyClicks(page._ui.call_choice, "1")
    call = Callback(CallbackTo.ON_FILE, CallbackOutcome.CONFIRMED)
    page.show_view(view_of(Step.EVIDENCE, whole(callback=call)))
    assert "本人已确认" in texts(page)
    qtbot.keyClick(page._ui.given_radio, Qt.Key.Key_Space)
    assert said == [
        Answered(CallbackAnswer(call)),
        Answered(CallbackAnswer(Callback(CallbackTo.GIVEN_BY_AGENT, CallbackOutcome.CONFIRMED))),
    ]


def test_questions_and_online_checks_are_recorded(qtbot: QtBot, kit: PageKit) -> None:
    page = EvidencePage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.EVIDENCE, whole()))
    qtbot.keyClicks(page._ui.knowledge_choice, "3")
    combo = page._rows[0]._combo
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    assert said == [
        Answered(KnowledgeAnswer(Knowledge.FAILED)),
        Answered(PoliceAnswer(Owner.AGENT, PoliceCheck.CONSISTENT, whole().documents[0].number)),
    ]


def test_a_coached_customer_gets_a_calm_minute(qtbot: QtBot, kit: PageKit) -> None:
    page = EvidencePage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.EVIDENCE, whole()))
    qtbot.keyClick(page._ui.coached_tick, Qt.Key.Key_Space)
    marked = whole(is_coached=True, coached_since=NOW - timedelta(seconds=3))
    view = view_of(Step.EVIDENCE, marked)
    page.show_view(view)
    assert said == [Answered(CoachedAnswer(is_coached=True))]
    assert 50 < page._hold.left_s() <= 57
    assert Need.CALM_MINUTE in view.needs
    assert not view.may_go_on
    assert "后可继续" in page._ui.hold_label.text()
    assert "请客户放下手机" in texts(page)
    page.show_view(view_of(Step.EVIDENCE, replace(marked, is_calmed=True)))
    assert "一分钟已到" in page._ui.hold_label.text()
    page.show_view(view_of(Step.EVIDENCE, whole()))
    assert page._hold.left_s() == 0
    assert page._ui.hold_label.text() == ""


def test_the_side_panel_lets_the_flow_look_at_the_clock(qtbot: QtBot) -> None:
    panel = SidePanel()
    qtbot.addWidget(panel)
    said: list[object] = []
    panel.happened.connect(said.append)
    panel.show()
    marked = whole(is_coached=True, coached_since=NOW)
    panel.show_view(view_of(Step.CONFIRM, marked))
    assert "先陪客户坐一会儿" in panel._missing.text()
    panel._minute.setInterval(1)
    qtbot.waitUntil(lambda: MinutePassed() in said)
    panel.hide()
    qtbot.waitUntil(lambda: not panel._minute.isActive())
    panel.show()
    panel.show_view(view_of(Step.CONFIRM, marked))
    assert panel._minute.isActive()
    panel.show_view(view_of(Step.CONFIRM, replace(marked, is_calmed=True)))
    assert not panel._minute.isActive()


def test_the_customer_sees_the_change_and_agrees_twice(qtbot: QtBot, kit: PageKit) -> None:
    page = ConfirmPage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.CONFIRM, whole(consents=None)))
    words = texts(page)
    for part in ("139 **** 0001", "139 0000 0002", "622202*********0018", "免费", "3 个工作日"):
        assert part in words
    qtbot.keyClick(page._ui.notice_tick, Qt.Key.Key_Space)
    qtbot.keyClick(page._ui.sensitive_tick, Qt.Key.Key_Space)
    assert said == [
        Answered(ConsentAnswer(frozenset({Consent.NOTICE}))),
        Answered(ConsentAnswer(frozenset(Consent))),
    ]


def test_a_scan_that_lands_in_the_card_field_is_no_card(qtbot: QtBot, kit: PageKit) -> None:
    page = MaterialsPage(kit)
    said = shown(qtbot, page)
    page.show_view(view_of(Step.MATERIALS, begun()))
    for text in ("N500W00012345", "12345"):
        page._ui.card_field.edit.clear()
        qtbot.keyClicks(page._ui.card_field.edit, text)
        qtbot.keyClick(page._ui.card_field.edit, Qt.Key.Key_Return)
        assert "这不是卡号" in texts(page)
    assert said == []
