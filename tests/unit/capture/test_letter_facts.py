"""The facts and wordings of free-form letters."""

from __future__ import annotations

import numpy as np
import pytest

from counter_app.capture.letter_facts import facts_of
from counter_app.capture.letter_phrases import phrases_of
from counter_app.capture.letter_text import joined
from counter_app.capture.text_detection import TextPlace
from counter_app.capture.text_engine import ReadLine
from counter_app.domain.reading import Doubt, FieldName, FieldRead, LetterPhrase


def facts(*texts: str) -> dict[FieldName, list[FieldRead]]:
    lines = []
    for number, text in enumerate(texts):
        top = 40.0 * number
        corners = np.array(((0, top), (900, top), (900, top + 30), (0, top + 30)), np.float32)
        lines.append(
            ReadLine(
                text,
                (0.99,) * len(text),
                tuple(np.linspace(0, 1, len(text))),
                TextPlace(corners, 1),
            )
        )
    found: dict[FieldName, list[FieldRead]] = {}
    for fact in facts_of(joined(lines)):
        found.setdefault(fact.name, []).append(fact)
    return found


def texts(found: dict[FieldName, list[FieldRead]], name: FieldName) -> list[str]:
    return [fact.text for fact in found.get(name, [])]


def test_parties_and_their_numbers_are_told_apart() -> None:
    found = facts(
        "委托人：样本甲 男 身份证号 110199199003070017",
        "受托人：样本乙，身份证号：110199198811020021，电话13900000003",
    )
    assert texts(found, FieldName.PRINCIPAL_NAME) == ["样本甲"]
    assert texts(found, FieldName.AGENT_NAME) == ["样本乙"]
    assert texts(found, FieldName.PRINCIPAL_DOCUMENT) == ["110199199003070017"]
    assert texts(found, FieldName.AGENT_DOCUMENT) == ["110199198811020021"]
    assert texts(found, FieldName.AGENT_PHONE) == ["13900000003"]


def test_two_agents_are_both_found() -> None:
    found = facts("受托人：样本乙、样本丙，共同办理")
    assert texts(found, FieldName.AGENT_NAME) == ["样本乙", "样本丙"]


def test_a_company_is_known_by_its_credit_code() -> None:
    found = facts("委托单位：样本商贸有限公司，统一社会信用代码91110199MA00ABCD4Y")
    assert texts(found, FieldName.PRINCIPAL_NAME) == ["样本商贸有限公司"]
    (code,) = found[FieldName.PRINCIPAL_DOCUMENT]
    assert code.is_sure


def test_a_wrong_identity_number_is_flagged() -> None:
    (number,) = facts("委托人：样本甲 身份证号 110199199003070027")[FieldName.PRINCIPAL_DOCUMENT]
    assert Doubt.CHECK_DIGIT_WRONG in number.doubts


def test_old_and_new_numbers_are_told_apart() -> None:
    found = facts("将原手机号13900000001变更为新手机号13900000002（壹叁玖零零零零零零零贰）")
    assert texts(found, FieldName.OLD_PHONE) == ["13900000001"]
    (new,) = found[FieldName.NEW_PHONE]
    assert (new.text, new.is_sure) == ("13900000002", True)


def test_a_new_number_that_differs_in_words_is_doubted() -> None:
    (new,) = facts("新手机号码13900000002（壹叁玖零零零零零零零叁）")[FieldName.NEW_PHONE]
    assert Doubt.SOURCES_DISAGREE in new.doubts


def test_the_term_is_read_in_digits_and_in_numerals() -> None:
    found = facts("委托期限自2026年11月1日起至二〇二六年十二月三十一日止")
    assert texts(found, FieldName.TERM_FROM) == ["2026-11-01"]
    assert texts(found, FieldName.TERM_UNTIL) == ["2026-12-31"]


def test_a_notarial_certificate_is_recognised() -> None:
    found = facts("公 证 书", "（2026）样本证内经字第123号", "样本市样本公证处 二〇二六年十月一日")
    assert texts(found, FieldName.NOTARY_NUMBER) == ["(2026)样本证内经字第123号"]
    assert texts(found, FieldName.NOTARY_OFFICE) == ["样本市样本公证处"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全权办理一切事宜", {LetterPhrase.EVERYTHING}),
        ("办理换绑手机号", {LetterPhrase.CHANGE_PHONE}),
        ("受托人无转委托权", {LetterPhrase.SUBDELEGATION_DENIED}),
        ("受托人不得将本委托事项转委托", {LetterPhrase.SUBDELEGATION_DENIED}),
        ("受托人有转委托权", {LetterPhrase.SUBDELEGATION_ALLOWED}),
        ("受托人没有转委托权", {LetterPhrase.SUBDELEGATION_DENIED}),
        ("两名受托人均可单独办理", {LetterPhrase.EACH_ALONE}),
        ("新号码登记在受托人名下", {LetterPhrase.THIRD_PARTY_NUMBER}),
        ("请予接洽", set()),
    ],
)
def test_wordings_that_decide_checks_are_recognised(text: str, expected: set[LetterPhrase]) -> None:
    assert phrases_of(text) == expected


WIDE_PX, PAPER_PX = 30.0, 720.0


def wide(text: str) -> float:
    return sum(WIDE_PX / 2 if mark.isascii() else WIDE_PX for mark in text)


def page(*texts: str) -> list[ReadLine]:
    """Lay texts out on paper that cuts a line wherever its edge is."""
    rows = [row for text in texts for row in _cut(text)]
    return [_line(row, 40.0 * number) for number, row in enumerate(rows)]


def _cut(text: str) -> list[str]:
    rows = [""]
    for mark in text:
        if wide(rows[-1] + mark) > PAPER_PX:
            rows.append("")
        rows[-1] += mark
    return rows


def _line(text: str, top: float) -> ReadLine:
    right = wide(text)
    corners = np.array(((0, top), (right, top), (right, top + 30), (0, top + 30)), np.float32)
    columns = tuple(np.linspace(0, 1, len(text)))
    return ReadLine(text, (0.99,) * len(text), columns, TextPlace(corners, 1))


PARAGRAPH = (
    "委托书",
    (
        "本人样本甲,身份证号110199199003070017,因在外地出差,特委托样本乙(身份证号:"
        "110199198811020021)到贵中心更改收款终端的预留手机号码,由13800000001更换为13900000002"
        "(大写:壹叁玖零零零零零零零贰)。受托人不享有转委托的权利。有效期:二〇二六年十一月一日至"
        "2026-12-31。"
    ),
    "委托人(签名):",
    "2026.11.20",
)


def test_a_paragraph_that_the_edge_cut_anywhere_is_read_as_one() -> None:
    found = {read.name: read.text for read in facts_of(joined(page(*PARAGRAPH)))}
    assert found == {
        FieldName.PRINCIPAL_NAME: "样本甲",
        FieldName.PRINCIPAL_DOCUMENT: "110199199003070017",
        FieldName.AGENT_NAME: "样本乙",
        FieldName.AGENT_DOCUMENT: "110199198811020021",
        FieldName.OLD_PHONE: "13800000001",
        FieldName.NEW_PHONE: "13900000002",
        FieldName.NEW_PHONE_IN_WORDS: "壹叁玖零零零零零零零贰",
        FieldName.TERM_FROM: "2026-11-01",
        FieldName.TERM_UNTIL: "2026-12-31",
        FieldName.PRINCIPAL_SIGNED_ON: "2026-11-20",
    }


def test_a_company_that_sends_an_employee_is_the_principal() -> None:
    lines = (
        "委托单位:样本科技(集团)有限公司",
        "兹委托我公司员工样本乙(身份证号码:110199198811020021)前往办理",
    )
    letter = joined(page(*lines))
    found = {read.name: read.text for read in facts_of(letter)}
    assert found[FieldName.PRINCIPAL_NAME] == "样本科技(集团)有限公司"
    assert found[FieldName.AGENT_NAME] == "样本乙"
    assert found[FieldName.AGENT_DOCUMENT] == "110199198811020021"


def test_a_right_number_whose_owner_the_text_does_not_name_is_not_sure() -> None:
    lines = ("委托人:样本甲,110199199003070017,110199198811020021",)
    first, second = (
        read for read in facts_of(joined(page(*lines))) if read.text.startswith("110199")
    )
    assert first.is_sure
    assert not second.is_sure


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("受托人不享有转委托的权利。", {LetterPhrase.SUBDELEGATION_DENIED}),
        ("委托人同意受托人将上述事项转委托他人办理。", {LetterPhrase.SUBDELEGATION_ALLOWED}),
        ("经委托人书面同意,受托人可以转委托。", set()),
        ("手机号码更换事宜", {LetterPhrase.CHANGE_PHONE}),
        ("不得变更手机号码。", set()),
        ("全权代表我单位办理", {LetterPhrase.EVERYTHING}),
        ("不包括全部事宜", set()),
    ],
)
def test_wordings_are_told_from_their_refusals(text: str, phrases: set[LetterPhrase]) -> None:
    assert phrases_of(text) == phrases


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("委托有效期至2026.12.31。", "2026-12-31"),
        ("授权期限:从2026年1月2日到2026年12月31日。", "2026-12-31"),
        ("自2026-01-02起至二〇二六年十二月三十一日止", "2026-12-31"),
        ("期限为2026年01月02日-2026年12月31日", "2026-12-31"),
    ],
)
def test_a_term_is_found_however_its_days_are_written(line: str, until: str) -> None:
    found = {read.name: read.text for read in facts_of(joined(page(line)))}
    assert found[FieldName.TERM_UNTIL] == until
    assert FieldName.PRINCIPAL_SIGNED_ON not in found


def test_an_identity_number_cut_after_fifteen_figures_is_whole_again() -> None:
    lines = [
        _line("本人样本甲,因在外地出差不能亲自前往,身份证号110199199003070", 0.0),
        _line("017,特委托样本乙(身份证号:110199198811020021)办理", 40.0),
    ]
    found = {read.name: read.text for read in facts_of(joined(lines))}
    assert found[FieldName.PRINCIPAL_DOCUMENT] == "110199199003070017"


def test_a_whole_number_and_a_day_below_it_stay_apart() -> None:
    lines = [_line("现将绑定手机号变更为新号码13900000002", 0.0), _line("2026年11月20日", 40.0)]
    found = {read.name: read.text for read in facts_of(joined(lines))}
    assert found[FieldName.NEW_PHONE] == "13900000002"
    assert found[FieldName.PRINCIPAL_SIGNED_ON] == "2026-11-20"
