"""Small parts: what a person does to them is told, what a program does is not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.domain.checks import FindingCode, found
from counter_app.domain.identity_document import CaptureMethod, EvidenceStrength
from counter_app.ui.widgets.choice import Choice, ChoiceTiles
from counter_app.ui.widgets.evidence_bar import EvidenceBar
from counter_app.ui.widgets.field import LabelledField
from counter_app.ui.widgets.finding_list import FindingList, Note
from counter_app.ui.widgets.masked_value import MaskedValue
from counter_app.ui.widgets.number_field import NumberField
from counter_app.ui.widgets.source_badge import SourceBadge


@pytest.fixture
def holder(qtbot: QtBot, application: QApplication) -> QWidget:
    holder = QWidget()
    QVBoxLayout(holder)
    qtbot.addWidget(holder)
    return holder


def shown(holder: QWidget, *widgets: QWidget) -> None:
    for widget in widgets:
        holder.layout().addWidget(widget)
    holder.show()
    holder.activateWindow()
    QTest.qWaitForWindowActive(holder)


def test_a_number_is_grouped_while_it_is_typed(holder: QWidget) -> None:
    field = NumberField()
    shown(holder, field)
    QTest.keyClicks(field.edit, "13900000002")
    assert field.text() == "139 0000 0002"
    assert field.digits() == "13900000002"


def test_a_digit_put_in_the_middle_stays_where_it_was_put(holder: QWidget) -> None:
    field = NumberField()
    shown(holder, field)
    QTest.keyClicks(field.edit, "1390000002")
    field.edit.setCursorPosition(4)
    QTest.keyClicks(field.edit, "8")
    assert field.digits() == "13980000002"
    QTest.keyClicks(field.edit, "7")
    assert field.digits() == "139870000002"


def test_a_terminal_card_number_is_not_cut_to_eleven_digits(holder: QWidget) -> None:
    field = NumberField()
    shown(holder, field)
    QTest.keyClicks(field.edit, "1440012345678")
    assert field.digits() == "1440012345678"


def test_showing_a_number_tells_nobody(holder: QWidget, qtbot: QtBot) -> None:
    field = NumberField()
    shown(holder, field)
    with qtbot.assertNotEmitted(field.digits_edited):
        field.show_digits("13900000002")
    assert field.text() == "139 0000 0002"


def test_number_fields_keep_the_input_method_out(holder: QWidget) -> None:
    field = NumberField()
    assert not field.edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


@pytest.fixture
def tiles(holder: QWidget) -> ChoiceTiles:
    tiles = ChoiceTiles()
    tiles.offer([Choice("a", "甲"), Choice("b", "乙"), Choice("c", "丙")], 3)
    shown(holder, tiles)
    tiles.setFocus()
    return tiles


def test_a_number_key_picks_a_tile(tiles: ChoiceTiles, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tiles.picked) as picked:
        QTest.keyClick(tiles, Qt.Key.Key_2)
    assert picked.args == ["b"]


def test_arrows_move_and_space_picks(tiles: ChoiceTiles, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tiles.picked):
        QTest.keyClick(tiles, Qt.Key.Key_Right)
        QTest.keyClick(tiles, Qt.Key.Key_Right)
    with qtbot.waitSignal(tiles.picked) as picked:
        QTest.keyClick(tiles, Qt.Key.Key_Space)
    assert picked.args == ["c"]


def test_a_number_without_a_tile_picks_nothing(tiles: ChoiceTiles, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tiles.picked):
        QTest.keyClick(tiles, Qt.Key.Key_9)


def test_showing_a_choice_tells_nobody(tiles: ChoiceTiles, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tiles.picked):
        tiles.show_value("b")
    assert tiles.value() == "b"


def test_enter_goes_to_the_next_field_and_stays_at_the_last(holder: QWidget) -> None:
    first, second = LabelledField(), LabelledField()
    shown(holder, first, second)
    first.setFocus()
    QTest.keyClick(first.edit, Qt.Key.Key_Return)
    assert second.edit.hasFocus()
    QTest.keyClick(second.edit, Qt.Key.Key_Return)
    assert second.edit.hasFocus()


def test_a_masked_value_shows_only_after_somebody_asked(holder: QWidget, qtbot: QtBot) -> None:
    value = MaskedValue()
    shown(holder, value)
    value.show_value("id_number", "110199199003070017", "1101***********017")
    assert value.shown() == "1101***********017"
    with qtbot.waitSignal(value.revealed) as revealed:
        value.reveal()
    assert value.shown() == "110199199003070017"
    assert revealed.args == ["id_number"]
    value.hide_again()
    assert value.shown() == "1101***********017"


def test_a_revealed_value_hides_by_itself(holder: QWidget, qtbot: QtBot) -> None:
    value = MaskedValue()
    value._timer.setInterval(20)
    shown(holder, value)
    value.show_value("phone", "13900000001", "139****0001")
    value.reveal()
    qtbot.waitUntil(lambda: value.shown() == "139****0001")


def test_findings_show_the_worst_first_with_a_word(holder: QWidget) -> None:
    findings = FindingList()
    shown(holder, findings)
    findings.show_findings(
        [
            found(FindingCode.PHONE_DATA_ONLY, "new_number"),
            found(FindingCode.ID_EXPIRED, "presenter_id"),
        ]
    )
    names = [note.accessibleName() for note in findings.findChildren(Note)]
    assert names[0].startswith("不能继续")
    assert names[1].startswith("提醒")


@pytest.mark.parametrize("strength", list(EvidenceStrength))
def test_every_strength_has_its_word(holder: QWidget, strength: EvidenceStrength) -> None:
    bar = EvidenceBar()
    bar.show_strength(strength)
    assert bar._word.text()


def test_a_badge_names_the_source(holder: QWidget) -> None:
    badge = SourceBadge(holder)
    badge.show_source(CaptureMethod.CHIP)
    assert badge.text() == "芯片"
    badge.show_source(None)
    assert badge.isHidden()


def test_a_screen_reader_hears_the_question_and_the_answer_the_keys_are_at(qtbot: QtBot) -> None:
    tiles = ChoiceTiles()
    qtbot.addWidget(tiles)
    tiles.set_question("谁来办理？")
    tiles.offer([Choice("a", "本人", "带本人证件"), Choice("b", "代办人")], 2)
    assert tiles.accessibleName() == "谁来办理？ 本人 1/2 未选"
    assert tiles.accessibleDescription() == "带本人证件"
    qtbot.keyClick(tiles, "2")
    assert tiles.accessibleName() == "谁来办理？ 代办人 2/2 已选"
