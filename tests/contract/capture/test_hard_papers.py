"""Licences whose labels are lost, and cards whose number stands in a column."""

from __future__ import annotations

import numpy as np
import pytest

from counter_app.capture.bank_card import read_bank_card
from counter_app.capture.licence import read_licence
from counter_app.capture.reader import LocalDocumentReader
from counter_app.capture.text_detection import TextPlace
from counter_app.capture.text_engine import ReadLine, TextEngine
from counter_app.capture.upright import UprightPage
from counter_app.domain.reading import DocumentKind, Doubt, FieldName, Reading
from counter_app.ports.stop import never
from tests.bench.capture import hard_scenes, more_papers
from tests.bench.capture.papers import Faces

BLANK = np.full((900, 1400, 3), 240, np.uint8)


def line(text: str, left: float, top: float, high: float = 30.0) -> ReadLine:
    wide = high * len(text) * 0.9
    box = ((left, top), (left + wide, top), (left + wide, top + high), (left, top + high))
    place = TextPlace(np.array(box, np.float32), 1.0)
    columns = tuple((at + 0.5) / len(text) for at in range(len(text)))
    return ReadLine(text, (0.99,) * len(text), columns, place)


def licence(*lines: ReadLine) -> Reading:
    return read_licence(UprightPage(BLANK, lines, 0), (), TextEngine())


def test_a_label_read_in_halves_still_names_its_value() -> None:
    reading = licence(
        line("类", 100, 300), line("☑型", 132, 298), line("股份有限公司", 300, 302),
        line("名", 100, 200), line("称", 160, 198), line("样本市达平康餐饮有限公司", 300, 200),
    )  # fmt: skip
    assert reading.text(FieldName.COMPANY_TYPE) == "股份有限公司"
    assert reading.text(FieldName.COMPANY_NAME) == "样本市达平康餐饮有限公司"


def test_a_value_without_its_label_is_known_by_its_words() -> None:
    reading = licence(
        line("样本市福福丰水果有限公司", 300, 200),
        line("个人独资企业", 300, 300),
        line("2014年03月13日", 800, 250),
    )
    assert reading.text(FieldName.COMPANY_NAME) == "样本市福福丰水果有限公司"
    assert reading.text(FieldName.COMPANY_TYPE) == "个人独资企业"
    assert reading.text(FieldName.FOUNDED_ON) == "2014-03-13"


def test_two_values_that_could_be_meant_are_none() -> None:
    reading = licence(line("2014年03月13日", 800, 250), line("2019年01月01日", 800, 700))
    assert reading.field(FieldName.FOUNDED_ON) is None


def test_a_bracket_lost_at_the_end_of_a_line_is_put_back_and_told() -> None:
    read = licence(line("类型", 100, 300), line("有限责任公司（自然人独资", 300, 300)).field(
        FieldName.COMPANY_TYPE
    )
    assert read is not None
    assert read.text == "有限责任公司(自然人独资)"
    assert Doubt.CORRECTED in read.doubts


def test_a_code_with_lost_characters_is_shown_in_doubt() -> None:
    read = licence(line("统一社会信用代码92440300JEPB81X", 300, 100)).field(FieldName.USCC)
    assert read is not None
    assert {Doubt.CHECK_DIGIT_WRONG, Doubt.BAD_FORMAT} <= set(read.doubts)


@pytest.mark.parametrize("last", ["3290", "445"])
def test_groups_of_digits_that_stand_below_each_other_are_one_number(last: str) -> None:
    groups = [*("6284", "3290", "3347"), last]
    lines = tuple(line(text, 100 + 4 * row, 300 + 60 * row) for row, text in enumerate(groups))
    reading = read_bank_card(UprightPage(BLANK, (*lines, line("05/31", 100, 700)), 0))
    assert reading.text(FieldName.CARD_NUMBER) == "".join(groups)


def test_groups_side_by_side_and_below_are_not_mixed() -> None:
    lines = tuple(line(text, 100 + 300 * (row % 2), 300 + 200 * row) for row, text in
                  enumerate(("6284", "3290", "3347", "8980")))  # fmt: skip
    reading = read_bank_card(UprightPage(BLANK, lines, 0))
    assert reading.field(FieldName.CARD_NUMBER) is None


def test_an_upright_card_is_read_from_its_photograph(reader: LocalDocumentReader) -> None:
    for seed in range(30):
        chance = np.random.default_rng(seed)
        card, truth = more_papers.bank_card(chance, Faces())
        if card.shape[0] > card.shape[1]:
            break
    photo = hard_scenes.taken(card, hard_scenes.taking("tilted", chance), chance)
    read = reader.read(photo, DocumentKind.AUTO, never()).field(FieldName.CARD_NUMBER)
    assert read is not None
    assert read.text == truth["card_number"]
    assert read.is_sure
