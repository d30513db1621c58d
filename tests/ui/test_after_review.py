"""The pages of acceptance, printing, hand-over and what comes next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from counter_app.domain.case_state import CaseState
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.step import Step
from counter_app.errors import FailureCode
from counter_app.flow.events import (
    NumberSlipWritten,
    PaperConfirmed,
    PrintAgainPressed,
    VoidPressed,
    WithdrawPressed,
)
from counter_app.flow.outcomes import PaperLine
from counter_app.flow.state import Waiting
from counter_app.ports.stored import StoredPaper
from counter_app.ui.page import Another, PageKit, StepView
from counter_app.ui.pages.accept import AcceptPage
from counter_app.ui.pages.done import DonePage
from counter_app.ui.pages.hand_over import HandOverPage
from counter_app.ui.pages.print_papers import PrintPage
from tests.ui.fake_parts import MemoryStore, MemoryUnit
from tests.ui.page_states import page_kit, shown, texts, view_of, whole
from tests.ui.people import NOW

NUMBER = "NS01-20261123-00042-7"


def printing(*papers: PaperLine, **state: object) -> StepView:
    """A case that is accepted and not confirmed to be printed."""
    return view_of(
        Step.PRINT,
        whole(),
        **{
            "case_state": CaseState.ACCEPTED_UNPRINTED,
            "acceptance_no": NUMBER,
            "papers": papers,
            **state,
        },
    )


def done(state: CaseState) -> StepView:
    """A case at its end."""
    return view_of(Step.DONE, whole(), case_state=state, acceptance_no=NUMBER)


def test_the_whole_case_is_seen_before_acceptance(qtbot: QtBot, kit: PageKit) -> None:
    page = AcceptPage(kit)
    shown(qtbot, page)
    page.show_view(view_of(Step.ACCEPT, whole()))
    words = texts(page)
    for part in ("139 0000 0002", "样本小吃店", "N500W00012345", "样本乙", "L-2026-0007"):
        assert part in words
    page.show_view(view_of(Step.ACCEPT, whole(), waiting=Waiting.ACCEPTING))
    assert "正在受理" in texts(page)


def test_papers_that_came_out_are_confirmed_by_the_clerk(qtbot: QtBot, kit: PageKit) -> None:
    page = PrintPage(kit)
    said = shown(qtbot, page)
    page.show_view(printing(waiting=Waiting.PRINTING))
    assert not page._ui.confirm_button.isEnabled()
    page.show_view(printing(PaperLine(PaperKind.RECEIPT)))
    assert NUMBER in texts(page)
    assert page.first_field() is page._ui.confirm_button
    qtbot.keyClick(page._ui.confirm_button, Qt.Key.Key_Space)
    assert said == [PaperConfirmed()]


def test_a_jam_tells_its_cause_and_offers_the_written_number(qtbot: QtBot, kit: PageKit) -> None:
    page = PrintPage(kit)
    said = shown(qtbot, page)
    page.show_view(printing(PaperLine(PaperKind.RECEIPT, FailureCode.PRINTER_JAM)))
    assert "打印机卡纸" in texts(page)
    assert not page._ui.confirm_button.isEnabled()
    qtbot.keyClick(page._ui.slip_button, Qt.Key.Key_Space)
    page.print_key()
    assert said == [NumberSlipWritten(), PrintAgainPressed()]
    slip = PaperLine(PaperKind.NUMBER_SLIP)
    page.show_view(printing(PaperLine(PaperKind.RECEIPT, FailureCode.PRINTER_JAM), slip))
    assert page._ui.slip_button.isHidden()
    assert "回执仍须补打" in texts(page)


def test_a_preview_is_shown_only_when_there_is_one(qtbot: QtBot, kit: PageKit) -> None:
    page = PrintPage(kit)
    shown(qtbot, page)
    assert page._ui.preview_box.isHidden()
    page.show_preview(QPixmap(200, 280))
    assert not page._ui.preview_box.isHidden()


def png() -> bytes:
    """A small picture."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QPixmap(100, 140).save(buffer, "PNG")
    return bytes(data.data())


class PaperUnit(MemoryUnit):
    """A unit that keeps one receipt."""

    def paper(self, case_id: str, kind: str) -> StoredPaper:
        return StoredPaper(case_id, kind, b"{}", b"%PDF", NOW)


def test_the_receipt_is_drawn_once_it_is_made_and_forgotten_with_the_case(qtbot: QtBot) -> None:
    drawn: list[bytes] = []

    def draw(pdf: bytes) -> bytes:
        drawn.append(pdf)
        return png()

    with page_kit(store=MemoryStore(PaperUnit()), preview=draw) as kit:
        page = PrintPage(kit)
        shown(qtbot, page)
        page.show_view(printing(waiting=Waiting.PRINTING))
        page.show_view(printing(PaperLine(PaperKind.RECEIPT)))
        page.show_view(printing(PaperLine(PaperKind.RECEIPT)))
        qtbot.waitUntil(lambda: not page._ui.preview_box.isHidden(), timeout=3000)
        assert drawn == [b"%PDF"]
        page.show_view(printing(waiting=Waiting.PRINTING))
        assert page._ui.preview_box.isHidden()


def test_the_hand_over_list_is_empty_for_the_next_case(qtbot: QtBot, kit: PageKit) -> None:
    page = HandOverPage(kit)
    said = shown(qtbot, page)
    draft = whole(is_swap_wanted=True, swap_to_sn="N500W00099999")
    view = view_of(Step.HAND_OVER, draft, papers=(PaperLine(PaperKind.SWAP_SLIP),))
    page.show_view(view)
    assert "交接单已打印" in texts(page)
    qtbot.keyClick(page._ui.returned_tick, Qt.Key.Key_Space)
    page.show_view(view)
    assert page._ui.returned_tick.isChecked()
    qtbot.keyClick(page._ui.print_button, Qt.Key.Key_Space)
    assert said == [PrintAgainPressed()]
    page.show_view(view_of(Step.HAND_OVER, whole(case_id="other", is_swap_wanted=True)))
    assert not page._ui.returned_tick.isChecked()
    assert "尚未打印" in texts(page)


def test_a_case_is_voided_only_with_a_reason(qtbot: QtBot, kit: PageKit) -> None:
    page = DonePage(kit)
    said = shown(qtbot, page)
    page.show_view(done(CaseState.QUEUED))
    assert NUMBER in texts(page)
    assert page._ui.withdraw_button.isHidden()
    qtbot.keyClick(page._ui.void_button, Qt.Key.Key_Space)
    assert not page._ui.reason_button.isEnabled()
    qtbot.keyClicks(page._ui.reason_edit, "changed mind")
    qtbot.keyClick(page._ui.reason_button, Qt.Key.Key_Space)
    assert said == [VoidPressed("changed mind")]
    assert page._ui.reason_area.isHidden()


@pytest.mark.parametrize(
    ("state", "is_asked", "again"),
    [
        (CaseState.QUEUED, True, "补打回执"),
        (CaseState.VOIDED, False, "补打作废单"),
        (CaseState.REJECTED, False, "补打回执"),
        (CaseState.WITHDRAW_REQUESTED, False, "补打回执"),
        (CaseState.SUPERSEDED, False, "补打回执"),
    ],
)
def test_the_customer_is_asked_for_nothing_where_nothing_will_change(
    qtbot: QtBot, kit: PageKit, state: CaseState, is_asked: bool, again: str
) -> None:
    page = DonePage(kit)
    shown(qtbot, page)
    page.show_view(done(state))
    assert page._ui.tasks_box.isHidden() is not is_asked
    assert page._ui.reprint_button.text() == again


def test_what_was_sent_is_withdrawn_instead(qtbot: QtBot, kit: PageKit) -> None:
    page = DonePage(kit)
    said = shown(qtbot, page)
    page.show_view(done(CaseState.SENT))
    assert page._ui.void_button.isHidden()
    qtbot.keyClick(page._ui.withdraw_button, Qt.Key.Key_Space)
    qtbot.keyClicks(page._ui.reason_edit, "wrong number")
    qtbot.keyClick(page._ui.reason_button, Qt.Key.Key_Space)
    assert said == [WithdrawPressed("wrong number")]


def test_keeping_the_case_says_nothing(qtbot: QtBot, kit: PageKit) -> None:
    page = DonePage(kit)
    said = shown(qtbot, page)
    page.show_view(done(CaseState.QUEUED))
    qtbot.keyClick(page._ui.void_button, Qt.Key.Key_Space)
    qtbot.keyClick(page._ui.keep_button, Qt.Key.Key_Space)
    page.print_key()
    assert said == [PrintAgainPressed()]


@pytest.mark.parametrize("state", [item for item in CaseState if item is not CaseState.DRAFT])
def test_every_state_has_words_for_the_customer(
    qtbot: QtBot, kit: PageKit, state: CaseState
) -> None:
    page = DonePage(kit)
    shown(qtbot, page)
    page.show_view(done(state))
    assert page._ui.state_label.text()
    assert page._ui.state_note_label.text()
    assert (page._ui.state_label.text() == "已生效") is (state is CaseState.APPLIED)


@pytest.mark.parametrize(
    ("state", "button", "kind"),
    [
        (CaseState.QUEUED, "further_button", Another.FURTHER),
        (CaseState.APPLIED, "further_button", Another.FURTHER),
        (CaseState.REJECTED, "correct_button", Another.CORRECTED),
        (CaseState.VOIDED, "correct_button", Another.CORRECTED),
    ],
)
def test_another_case_starts_from_an_accepted_one(
    qtbot: QtBot, kit: PageKit, state: CaseState, button: str, kind: Another
) -> None:
    page = DonePage(kit)
    shown(qtbot, page)
    page.show_view(done(state))
    wanted: list[Another] = []
    page.another_wanted.connect(wanted.append)
    seen = [
        name
        for name in ("further_button", "correct_button")
        if page.findChild(QPushButton, name).isVisible()
    ]
    assert seen == [button]
    qtbot.mouseClick(page.findChild(QPushButton, button), Qt.MouseButton.LeftButton)
    assert wanted == [kind]
