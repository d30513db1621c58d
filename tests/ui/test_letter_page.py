"""The letter page: a proposal until confirmed, every fact corrected by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from counter_app.domain.delegation_letter import (
    Alterations,
    Letter,
    LetterKind,
    Matter,
    NamedAgent,
)
from counter_app.domain.reading import (
    Box,
    DocumentKind,
    FieldName,
    FieldRead,
    Reading,
    TickName,
    TickRead,
)
from counter_app.domain.step import Step
from counter_app.flow.answers import LetterAnswer, NoLetterAnswer, SubstitutionAnswer
from counter_app.flow.events import Answered
from counter_app.flow.outcomes import PictureRead
from counter_app.services.letter_checks import LetterCheck
from counter_app.services.letter_proposal import blank_letter
from counter_app.ui.page import PageKit
from counter_app.ui.pages.letter import LetterPage
from tests.ui.fake_parts import MemoryVault
from tests.ui.page_states import LETTER, begun, page_kit, texts, view_of, whole

BOX = Box(10, 10, 60, 30)
READING = Reading(
    DocumentKind.LETTER,
    fields=(
        FieldRead(FieldName.PRINCIPAL_NAME, "样本甲", 0.9, BOX),
        FieldRead(FieldName.PRINCIPAL_DOCUMENT, "110199199003070017", 0.9, BOX),
        FieldRead(FieldName.AGENT_NAME, "样本乙", 0.9, BOX),
        FieldRead(FieldName.AGENT_DOCUMENT, "110199198811020021", 0.9, BOX),
        FieldRead(FieldName.NEW_PHONE, "13900000002", 0.9, Box(5, 50, 60, 70)),
    ),
    ticks=(TickRead(TickName.CHANGE_PHONE, is_ticked=True, ink_share=0.5, box=BOX),),
)
PROPOSAL = PictureRead(DocumentKind.LETTER, "1" * 64, READING)


def jpeg() -> bytes:
    """A small page."""
    from PySide6.QtCore import QBuffer, QByteArray

    image = QImage(80, 100, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.white)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")
    return bytes(data.data())


@pytest.fixture
def kit(qtbot: QtBot) -> Iterator[PageKit]:
    with page_kit(vault=MemoryVault({"1" * 64: jpeg()})) as made:
        yield made


@pytest.fixture
def page(qtbot: QtBot, kit: PageKit) -> LetterPage:
    made = LetterPage(kit)
    qtbot.addWidget(made)
    made.resize(860, 620)
    made.show()
    return made


def answers(page: LetterPage) -> list[object]:
    """Collect what the page says."""
    said: list[object] = []
    page.happened.connect(said.append)
    return said


def letter_in(said: list[object]) -> Letter:
    """The letter of the last answer."""
    event = said[-1]
    assert isinstance(event, Answered)
    assert isinstance(event.answer, LetterAnswer)
    return event.answer.letter


def opened(qtbot: QtBot, page: LetterPage, check: LetterCheck) -> LetterPage:
    """Open the entries of a check by keyboard."""
    button = page._rows[check].header_button
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    return page


def test_what_the_camera_read_is_a_proposal_until_confirmed(qtbot: QtBot, page: LetterPage) -> None:
    said = answers(page)
    page.show_view(view_of(Step.LETTER, begun(), proposal=PROPOSAL))
    assert page._rows[LetterCheck.A1].property("tone") == "proposal"
    assert "139 0000 0002" in texts(page)
    assert said == []
    assert page.first_field() is page._ui.confirm_button
    qtbot.keyClick(page._ui.confirm_button, Qt.Key.Key_Space)
    letter = letter_in(said)
    assert letter.agents == (NamedAgent("样本乙", "110199198811020021"),)
    assert letter.digest == "1" * 64


def test_the_next_key_after_the_camera_is_the_confirmation(qtbot: QtBot, page: LetterPage) -> None:
    page.show_view(view_of(Step.LETTER, begun()))
    page._rows[LetterCheck.A1].header_button.setFocus()
    page.show_view(view_of(Step.LETTER, begun(), proposal=PROPOSAL))
    assert page.focusWidget() is page._ui.confirm_button


def test_a_picture_that_could_not_be_read_stays_with_the_typed_letter(
    qtbot: QtBot, page: LetterPage
) -> None:
    said = answers(page)
    unread = PictureRead(DocumentKind.LETTER, "1" * 64, None)
    page.show_view(view_of(Step.LETTER, begun(), proposal=unread))
    opened(qtbot, page, LetterCheck.A4)
    edit = page._rows[LetterCheck.A4].findChild(QLineEdit)
    assert edit is not None
    qtbot.keyClicks(edit, "13900000002")
    qtbot.keyClick(page._ui.confirm_button, Qt.Key.Key_Space)
    assert letter_in(said).image == "1" * 64
    assert letter_in(said).new_number == "13900000002"


def test_showing_a_view_twice_emits_nothing_and_keeps_the_caret(
    qtbot: QtBot, page: LetterPage
) -> None:
    said = answers(page)
    view = view_of(Step.LETTER, begun(), proposal=PROPOSAL)
    page.show_view(view)
    opened(qtbot, page, LetterCheck.A4)
    edit = page._rows[LetterCheck.A4].findChild(QLineEdit)
    assert edit is not None
    edit.setCursorPosition(2)
    page.show_view(view)
    assert edit.cursorPosition() == 2
    assert said == []


def test_the_confirmed_letter_shows_each_verdict_with_its_reason(page: LetterPage) -> None:
    bad = replace(LETTER, is_signed=False, ends_on=date(2026, 11, 1))
    page.show_view(view_of(Step.LETTER, whole(letter=bad)))
    shown = texts(page)
    assert "×" in shown
    assert "✓" in shown
    assert "委托人没有签名" in shown
    assert "没有用过" in shown
    assert not page._ui.confirm_button.isEnabled()


def test_a_number_is_corrected_by_keyboard_and_confirmed_again(
    qtbot: QtBot, page: LetterPage
) -> None:
    said = answers(page)
    page.show_view(view_of(Step.LETTER, whole()))
    opened(qtbot, page, LetterCheck.A4)
    edit = page._rows[LetterCheck.A4].findChild(QLineEdit)
    assert edit is not None
    edit.selectAll()
    qtbot.keyClicks(edit, "139 0000 0009")
    assert said == []
    assert page._ui.confirm_button.isEnabled()
    qtbot.keyClick(page._ui.confirm_button, Qt.Key.Key_Space)
    assert letter_in(said) == replace(LETTER, new_number="13900000009")


def test_half_a_date_stays_as_typed_and_counts_as_no_date(qtbot: QtBot, page: LetterPage) -> None:
    said = answers(page)
    page.show_view(view_of(Step.LETTER, whole()))
    opened(qtbot, page, LetterCheck.A5)
    until = page._rows[LetterCheck.A5].findChildren(QLineEdit)[1]
    until.selectAll()
    qtbot.keyClicks(until, "2027-0")
    assert until.text() == "2027-0"
    qtbot.keyClicks(until, "1-31")
    qtbot.keyClick(page._ui.confirm_button, Qt.Key.Key_Space)
    assert letter_in(said).ends_on == date(2027, 1, 31)


def test_a_letter_for_another_merchant_says_so_and_shows_for_which(page: LetterPage) -> None:
    other = replace(LETTER, merchant_no="102110000000999")
    draft = replace(whole(letter=other), is_letter_looked_up=True)
    page.show_view(view_of(Step.LETTER, draft))
    told = texts(page._rows[LetterCheck.A3])
    assert "商户 102110000000999" in told
    assert "委托书没有委托这家商户的这项业务" in told


def test_matters_and_alterations_are_ticked(qtbot: QtBot, page: LetterPage) -> None:
    said = answers(page)
    page.show_view(view_of(Step.LETTER, whole()))
    opened(qtbot, page, LetterCheck.A3)
    terminal = page._rows[LetterCheck.A3].findChildren(QCheckBox)[1]
    qtbot.keyClick(terminal, Qt.Key.Key_Space)
    opened(qtbot, page, LetterCheck.A16)
    plain = page._rows[LetterCheck.A16].findChildren(QRadioButton)[2]
    qtbot.keyClick(plain, Qt.Key.Key_Space)
    qtbot.keyClick(page._ui.confirm_button, Qt.Key.Key_Space)
    letter = letter_in(said)
    assert Matter.COLLECT_TERMINAL in letter.matters
    assert letter.alterations is Alterations.PLAIN


def test_an_enterprise_is_named_by_its_credit_code(qtbot: QtBot, page: LetterPage) -> None:
    said = answers(page)
    page.show_view(view_of(Step.LETTER, whole()))
    opened(qtbot, page, LetterCheck.A1)
    row = page._rows[LetterCheck.A1]
    entity = row.findChildren(QRadioButton)[1]
    qtbot.keyClick(entity, Qt.Key.Key_Space)
    number = row.findChildren(QLineEdit)[1]
    number.selectAll()
    qtbot.keyClicks(number, "91110199ma00abcd4y")
    representative = row.findChildren(QLineEdit)[2]
    qtbot.keyClicks(representative, "Li")
    qtbot.keyClick(page._ui.confirm_button, Qt.Key.Key_Space)
    principal = letter_in(said).principal
    assert (principal.uscc, principal.id_number) == ("91110199MA00ABCD4Y", None)
    assert principal.legal_representative == "Li"


def test_a_second_agent_is_added_and_removed(qtbot: QtBot, page: LetterPage) -> None:
    said = answers(page)
    page.show_view(view_of(Step.LETTER, whole()))
    opened(qtbot, page, LetterCheck.A2)
    editor = page._rows[LetterCheck.A2].editor
    assert editor is not None
    qtbot.keyClick(editor.add_button, Qt.Key.Key_Space)
    lines = editor._lines
    qtbot.keyClicks(lines[1].name_edit, "Zhao")
    qtbot.keyClicks(lines[1].number_edit, "110199199202290039")
    qtbot.keyClick(page._ui.confirm_button, Qt.Key.Key_Space)
    assert letter_in(said).agents[1] == NamedAgent("Zhao", "110199199202290039")
    qtbot.keyClick(lines[1]._remove_button, Qt.Key.Key_Space)
    assert page._letter == LETTER
    assert not page._ui.confirm_button.isEnabled()


def test_a_notarised_letter_asks_for_its_certificate(qtbot: QtBot, page: LetterPage) -> None:
    said = answers(page)
    page.show_view(view_of(Step.LETTER, whole()))
    qtbot.keyClick(page._ui.notarised_radio, Qt.Key.Key_Space)
    opened(qtbot, page, LetterCheck.A14)
    number, office, day = page._rows[LetterCheck.A14].findChildren(QLineEdit)
    qtbot.keyClicks(number, "0001")
    qtbot.keyClicks(office, "Notary")
    qtbot.keyClicks(day, "2026-11-19")
    qtbot.keyClick(page._ui.confirm_button, Qt.Key.Key_Space)
    letter = letter_in(said)
    assert letter.kind is LetterKind.NOTARISED
    assert letter.notary.on == date(2026, 11, 19)


def test_opening_entries_with_whole_numbers_is_noted(qtbot: QtBot, page: LetterPage) -> None:
    noted: list[str] = []
    page.revealed.connect(noted.append)
    page.show_view(view_of(Step.LETTER, whole()))
    assert "110199199003070017" not in texts(page)
    opened(qtbot, page, LetterCheck.A1)
    opened(qtbot, page, LetterCheck.A5)
    assert noted == ["letter.a1"]


def test_the_letter_of_a_substitute_is_offered_where_the_first_allows_it(
    qtbot: QtBot, page: LetterPage
) -> None:
    said: list[object] = []
    page.happened.connect(said.append)
    page.show_view(view_of(Step.LETTER, whole()))
    assert not page._second_tick.isVisible()
    first = replace(LETTER, allows_substitution=True)
    page.show_view(view_of(Step.LETTER, whole(letter=first)))
    assert page._letter == first
    page._second_tick.click()
    assert page._letter == blank_letter()
    assert not page._ui.missing_button.isVisible()
    view = view_of(Step.LETTER, whole(letter=first))
    page.show_view(replace(view, state=replace(view.state, proposal=PROPOSAL)))
    page._ui.confirm_button.click()
    (answered,) = said
    assert isinstance(answered, Answered)
    assert isinstance(answered.answer, SubstitutionAnswer)
    second = answered.answer.letter
    assert second.agents[0].name == "样本乙"
    page.show_view(view_of(Step.LETTER, whole(letter=first, substitution_letter=second)))
    assert page._letter == second
    page._second_tick.click()
    assert page._letter == first
    assert page._ui.missing_button.isVisible()
    page._second_tick.click()
    other = whole(letter=first, case_id="01990000-0000-7000-8000-00000000000a")
    page.show_view(view_of(Step.LETTER, other))
    assert not page._second_tick.isChecked()


def test_a_missing_letter_is_said_by_one_key(qtbot: QtBot, page: LetterPage) -> None:
    said = answers(page)
    page.show_view(view_of(Step.LETTER, begun()))
    qtbot.keyClick(page._ui.missing_button, Qt.Key.Key_Space)
    assert said == [Answered(NoLetterAnswer())]


def test_the_picture_is_fetched_and_a_fact_points_into_it(qtbot: QtBot, page: LetterPage) -> None:
    page.show_view(view_of(Step.LETTER, begun(), proposal=PROPOSAL))
    qtbot.waitUntil(page._ui.picture_view.has_page, timeout=3000)
    assert page._ui.picture_stack.currentWidget() is page._ui.picture_area
    opened(qtbot, page, LetterCheck.A4)
    pointed = page._ui.picture_view._boxes[Box(5, 50, 60, 70)]
    assert pointed.brush().color().alpha() > 0
    view = page._ui.picture_view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > 1
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == 1


def test_another_case_starts_from_nothing(qtbot: QtBot, page: LetterPage) -> None:
    page.show_view(view_of(Step.LETTER, whole()))
    page.show_view(view_of(Step.LETTER, begun(), proposal=PROPOSAL))
    page.show_view(view_of(Step.LETTER, begun(case_id="other")))
    assert "样本甲" not in texts(page)
    assert page._letter.agents == ()
    assert page._reading is None


def test_a_letter_lying_upside_down_is_shown_upright_with_its_boxes(
    qtbot: QtBot, page: LetterPage
) -> None:
    turned = replace(PROPOSAL, reading=replace(READING, quarter_turns=2))
    page.show_view(view_of(Step.LETTER, begun(), proposal=turned))
    view = page._ui.picture_view
    qtbot.waitUntil(view.has_page, timeout=3000)
    opened(qtbot, page, LetterCheck.A4)
    top_left, low_right = view.mapFromScene(0, 0), view.mapFromScene(80, 100)
    assert top_left.x() > low_right.x()
    assert top_left.y() > low_right.y()
    middle = view._boxes[Box(5, 50, 60, 70)].sceneBoundingRect().center()
    assert abs(middle.x() - 32.5) < 1
    assert abs(middle.y() - 60) < 1
