"""The pages up to the documents: each shows its state and tells what a person did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.domain.draft import ChangeReason, Lookup, PresenterRole
from counter_app.domain.identity_document import CaptureMethod, Owner, Printed
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.reading import Box, CodeRead, DocumentKind, Reading
from counter_app.errors import FailureCode
from counter_app.flow.answers import (
    DocumentAnswer,
    FaceAnswer,
    FurtherDocumentAnswer,
    NoDocumentAnswer,
    PresenterAnswer,
    PrintedAnswer,
    ReasonAnswer,
    TicketAnswer,
)
from counter_app.flow.events import (
    Answered,
    Event,
    FurtherPressed,
    MerchantPicked,
    ReadCardPressed,
    TerminalEntered,
    WaitCancelled,
)
from counter_app.flow.machine import may_go_on
from counter_app.flow.outcomes import PictureRead
from counter_app.flow.state import FlowState, Waiting
from counter_app.flow.steps import Step, needs_at
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.identity import IdentityPage
from counter_app.ui.pages.identity_form import TypedDocument, day_of
from counter_app.ui.pages.presenter import PresenterPage
from counter_app.ui.pages.terminal import TerminalPage
from tests.ui.gallery_states import found, proposal
from tests.ui.people import CLERK, MERCHANT, desk, document, fresh_state


def view_of(state: FlowState) -> StepView:
    """What a page would be shown of a state."""
    here = desk()
    assessment, rules = here.assess(state.draft), here.rules_for(state.draft)
    return StepView(
        state,
        assessment,
        rules,
        needs_at(state.step, state.draft, assessment, rules),
        here.facts,
        CLERK.roles,
        may_go_on(state, here),
    )


class Seen:
    """A page on the screen, and what it told."""

    def __init__(self, page: Page, qtbot: QtBot) -> None:
        self.page = page
        self.told: list[Event] = []
        page.happened.connect(self.told.append)
        qtbot.addWidget(page)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()

    def show(self, step: Step, draft: object, **changes: object) -> None:
        """Show a state and put the focus where it belongs."""
        state = replace(fresh_state(), step=step, draft=draft, **changes)
        self.page.show_view(view_of(state))
        self.page.first_field().setFocus()

    def press(self, *keys: Qt.Key | str) -> None:
        """Press keys on whatever has the focus."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key)


@pytest.fixture
def terminal(kit: PageKit, qtbot: QtBot) -> Seen:
    return Seen(TerminalPage(kit), qtbot)


@pytest.fixture
def presenter(kit: PageKit, qtbot: QtBot) -> Seen:
    return Seen(PresenterPage(kit), qtbot)


@pytest.fixture
def identity(kit: PageKit, qtbot: QtBot) -> Seen:
    return Seen(IdentityPage(kit), qtbot)


ENTER = Qt.Key.Key_Return
SPACE = Qt.Key.Key_Space
ME = {"presenter": PresenterRole.PRINCIPAL, "reason": ChangeReason.SIM_LOST}


def test_a_typed_serial_number_is_told_on_enter(terminal: Seen) -> None:
    terminal.show(Step.TERMINAL, fresh_state().draft)
    terminal.press(*"N500W00012345", ENTER)
    assert terminal.told == [TerminalEntered("N500W00012345")]


def test_the_merchant_is_shown_with_its_principal_masked(terminal: Seen, qtbot: QtBot) -> None:
    terminal.show(Step.TERMINAL, found())
    assert terminal.page._ui.name_label.text() == "样本小吃店"
    values = [value.shown() for value in terminal.page._ui.facts_grid._masked]
    assert values == ["样**", "139****0001"]
    with qtbot.waitSignals([terminal.page.revealed] * 2):
        terminal.page.reveal_key()
    values = [value.shown() for value in terminal.page._ui.facts_grid._masked]
    assert values == ["样本甲", "139 0000 0001"]


def test_showing_a_merchant_tells_nothing(terminal: Seen) -> None:
    terminal.show(Step.TERMINAL, found())
    terminal.show(Step.TERMINAL, found())
    assert terminal.told == []


def test_one_of_several_terminals_is_picked_by_its_number(terminal: Seen) -> None:
    terminal.show(Step.TERMINAL, found())
    terminal.page._ui.terminal_tiles.setFocus()
    terminal.press("2")
    assert terminal.told == [MerchantPicked(MERCHANT.merchant_no, "N500W00012346")]


def test_a_terminal_of_several_merchants_asks_for_the_merchant(terminal: Seen) -> None:
    several = found(merchant=None, terminal=None, lookup=Lookup.SEVERAL_MERCHANTS)
    terminal.show(Step.TERMINAL, several)
    terminal.page._ui.merchant_field.setFocus()
    terminal.press(*"102110054990001", ENTER)
    assert terminal.told == [MerchantPicked("102110054990001", "N500W00012345")]


def test_a_label_read_by_the_camera_waits_for_enter(terminal: Seen) -> None:
    code = CodeRead("Code128", "N500W00099999", Box(0, 0, 1, 1))
    reading = Reading(DocumentKind.BARCODE, codes=(code,))
    read = PictureRead(DocumentKind.BARCODE, "0" * 64, reading)
    terminal.show(Step.TERMINAL, fresh_state().draft, proposal=read)
    field = terminal.page._ui.sn_field
    assert field.text() == "N500W00099999"
    assert field.edit.property("tone") == "proposal"
    assert terminal.told == []
    terminal.press(ENTER)
    assert terminal.told == [TerminalEntered("N500W00099999")]


def test_who_and_why_are_answered_by_number_keys(presenter: Seen) -> None:
    presenter.show(Step.PRESENTER, found())
    presenter.press("2", ENTER, "4")
    answers = [event.answer for event in presenter.told]
    assert answers == [
        PresenterAnswer(PresenterRole.AGENT),
        ReasonAnswer(ChangeReason.CONTACT_CHANGED),
    ]


def test_another_reason_is_told_in_words(presenter: Seen) -> None:
    presenter.show(Step.PRESENTER, found(reason=ChangeReason.OTHER))
    presenter.page._ui.reason_field.setFocus()
    presenter.press(*"broken", ENTER)
    assert Answered(ReasonAnswer(ChangeReason.OTHER, "broken")) in presenter.told


def test_the_queue_ticket_is_told_once(presenter: Seen) -> None:
    presenter.show(Step.PRESENTER, found())
    presenter.page._ui.ticket_field.setFocus()
    presenter.press(*"A017", ENTER)
    presenter.show(Step.PRESENTER, found(queue_ticket="A017"))
    presenter.press(ENTER)
    assert presenter.told == [Answered(TicketAnswer("A017"))]


def test_the_card_is_read_without_a_key(identity: Seen) -> None:
    identity.show(Step.PRESENTER_ID, found(**ME))
    identity.page.entered()
    assert identity.told == [ReadCardPressed()]


def test_a_document_that_is_there_is_not_read_again(identity: Seen) -> None:
    identity.show(Step.PRESENTER_ID, found(**ME, documents=(document(),)))
    identity.page.entered()
    assert identity.told == []


def test_progress_is_shown_in_bytes(identity: Seen) -> None:
    identity.show(Step.PRESENTER_ID, found(**ME), waiting=Waiting.CARD, progress=(512, 1280))
    assert "512" in identity.page._ui.device_panel._line.text()


def test_a_failure_says_what_to_do_and_keeps_the_other_ways(identity: Seen) -> None:
    identity.show(Step.PRESENTER_ID, found(**ME), failure=FailureCode.READER_MISSING)
    assert "F5" in identity.page._ui.device_panel._line.text()
    assert identity.page._ui.type_button.isEnabled()


def test_the_number_is_masked_and_the_face_is_compared_by_a_key(identity: Seen) -> None:
    identity.show(Step.PRESENTER_ID, found(**ME, documents=(document(),)))
    values = [value.shown() for value in identity.page._ui.facts_grid._masked]
    assert values == ["1101***********017"]
    identity.press("1")
    assert identity.told == [
        Answered(FaceAnswer(Owner.PRINCIPAL, matches=True, number=document().number))
    ]


def test_one_more_document_is_offered_beside_a_complete_one(identity: Seen) -> None:
    key = identity.page._further.button
    identity.show(Step.PRESENTER_ID, found(**ME))
    assert not key.isVisible()
    identity.show(
        Step.PRESENTER_ID, found(**ME, documents=(replace(document(), face_matches=None),))
    )
    assert not key.isVisible()
    first = replace(document(), face_matches=True)
    identity.show(Step.PRESENTER_ID, found(**ME, documents=(first,)))
    identity.told.clear()
    key.click()
    assert identity.told == [WaitCancelled(), FurtherPressed(), ReadCardPressed()]
    identity.show(Step.PRESENTER_ID, found(**ME, documents=(first,)), is_further=True)
    assert not identity.page._ui.facts_grid.isVisible()
    assert not identity.page._ui.missing_button.isVisible()
    assert "已录：样*" in identity.page._further._recorded.text()
    identity.told.clear()
    key.click()
    assert identity.told == [WaitCancelled(), FurtherPressed()]
    second = replace(first, number="110199194001010034", name="样本丙", face_matches=None)
    identity.show(Step.PRESENTER_ID, found(**ME, documents=(first, second)))
    identity.press("2")
    answer = FaceAnswer(Owner.PRINCIPAL, matches=False, number=second.number)
    assert Answered(answer) in identity.told


def test_a_further_document_may_be_typed(identity: Seen) -> None:
    first = replace(document(), face_matches=True)
    identity.show(Step.PRESENTER_ID, found(**ME, documents=(first,)), is_further=True)
    ui = identity.page._ui
    ui.type_button.click()
    ui.name_field.edit.insert("样本丙")
    ui.number_field.setFocus()
    identity.press(*"110199194001010034", ENTER, *"20200101", ENTER)
    ui.until_field.edit.insert("长期")
    ui.confirm_button.click()
    typed = [
        one.answer
        for one in identity.told
        if isinstance(one, Answered) and isinstance(one.answer, FurtherDocumentAnswer)
    ]
    assert [answer.document.name for answer in typed] == ["样本丙"]


def test_a_surface_that_agrees_is_one_key(identity: Seen) -> None:
    card = document()
    identity.show(Step.PRESENTER_ID, found(**ME, documents=(card,)))
    identity.page._ui.print_tiles.setFocus()
    identity.press("1")
    printed = Printed(card.name, card.number)
    assert identity.told == [Answered(PrintedAnswer(Owner.PRINCIPAL, printed, card.number))]


def test_a_surface_that_differs_is_typed_and_shown_beside(identity: Seen) -> None:
    card = document()
    identity.show(Step.PRESENTER_ID, found(**ME, documents=(card,)))
    identity.page._ui.print_tiles.setFocus()
    identity.press("2")
    identity.page._ui.printed_name_field.edit.insert("样本丙")
    identity.press(ENTER)
    printed = Printed("样本丙", card.number)
    assert Answered(PrintedAnswer(Owner.PRINCIPAL, printed, card.number)) in identity.told


def test_a_typed_document_is_told_when_it_is_complete(identity: Seen) -> None:
    identity.show(Step.PRESENTER_ID, found(**ME))
    ui = identity.page._ui
    ui.type_button.click()
    assert identity.told == [WaitCancelled()]
    ui.confirm_button.click()
    assert identity.told == [WaitCancelled()]
    ui.name_field.edit.insert("样本甲")
    ui.number_field.setFocus()
    identity.press(*"110199199003070017", ENTER, *"20200101", ENTER)
    ui.until_field.edit.insert("长期")
    ui.confirm_button.click()
    answer = identity.told[-1].answer
    assert isinstance(answer, DocumentAnswer)
    assert answer.document.captured_by is CaptureMethod.TYPED
    assert answer.document.born_on == date(1990, 3, 7)
    assert answer.document.is_long_term


def test_what_the_camera_read_is_dashed_until_it_is_confirmed(identity: Seen) -> None:
    identity.show(Step.PRESENTER_ID, found(**ME), proposal=proposal())
    ui = identity.page._ui
    assert ui.name_field.text() == "样本甲"
    assert ui.name_field.edit.property("tone") == "proposal"
    assert identity.page.camera_kind() is DocumentKind.RESIDENT_ID_BACK
    assert identity.told == []
    ui.from_field.show_text("2020-01-01")
    ui.until_field.show_text("2040-01-01")
    ui.confirm_button.click()
    answer = identity.told[-1].answer
    assert answer.document.captured_by is CaptureMethod.CAMERA
    assert answer.document.image == "0" * 64


def test_a_missing_document_is_told_for_its_owner(identity: Seen) -> None:
    draft = found(presenter=PresenterRole.AGENT, reason=ChangeReason.SIM_LOST)
    identity.show(Step.PRINCIPAL_ID, draft)
    identity.page._ui.missing_button.click()
    assert identity.told[-1] == Answered(NoDocumentAnswer(Owner.PRINCIPAL))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20200131", date(2020, 1, 31)),
        ("2020-01-31", date(2020, 1, 31)),
        ("2020.1.31", date(2020, 1, 31)),
        ("2020年1月31日", date(2020, 1, 31)),
        ("20200230", None),
        ("2020", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_type_it(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_a_document_without_an_end_is_not_complete() -> None:
    typed = TypedDocument(DocumentType.RESIDENT_ID, "样本甲", "110199199003070017", "20200101")
    assert not typed.is_complete
    assert replace(typed, valid_until="长期").is_complete
