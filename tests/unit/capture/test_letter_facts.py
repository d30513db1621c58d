"""The facts and wordings of free-form letters."""

from __future__ import annotations

import numpy as np
import pytest

from counter_app.capture.letter_facts import facts_of, joined, phrases_of
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
