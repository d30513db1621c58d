"""Words of the letter page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication

from counter_app.domain.delegation_letter import Letter, LetterKind, Matter
from counter_app.domain.masking import masked_identity
from counter_app.domain.phone import grouped
from counter_app.services.letter_checks import CheckVerdict, LetterCheck
from counter_app.ui.texts_papers import alterations, matter

translate = QCoreApplication.translate
FOUND_OUT = frozenset(
    {LetterCheck.A7, LetterCheck.A11, LetterCheck.A12, LetterCheck.A13, LetterCheck.A15}
)
"""Checks that the letter itself does not decide."""


def check_title(check: LetterCheck) -> str:
    """Return the name of a check."""
    titles = {
        LetterCheck.A1: translate("Letter", "委托人"),
        LetterCheck.A2: translate("Letter", "受托人"),
        LetterCheck.A3: translate("Letter", "委托事项"),
        LetterCheck.A4: translate("Letter", "新手机号码"),
        LetterCheck.A5: translate("Letter", "期限"),
        LetterCheck.A6: translate("Letter", "签名盖章"),
        LetterCheck.A7: translate("Letter", "代办人年龄"),
        LetterCheck.A8: translate("Letter", "共同代理"),
        LetterCheck.A9: translate("Letter", "转委托"),
        LetterCheck.A10: translate("Letter", "号码归属"),
        LetterCheck.A11: translate("Letter", "是否用过"),
        LetterCheck.A12: translate("Letter", "是否撤销"),
        LetterCheck.A13: translate("Letter", "本人确认"),
        LetterCheck.A14: translate("Letter", "公证书"),
        LetterCheck.A15: translate("Letter", "代办记录"),
        LetterCheck.A16: translate("Letter", "有无涂改"),
    }
    return titles[check]


def fact_words(check: LetterCheck, letter: Letter, verdict: CheckVerdict) -> str:
    """Return what the letter says at a check, or what was found out, in one line."""
    if verdict is CheckVerdict.GOOD and check in FOUND_OUT:
        return _found_out(check)
    return _FACTS.get(check, _looked_up)(letter)


def _found_out(check: LetterCheck) -> str:
    return {
        LetterCheck.A7: translate("Letter", "已满 18 周岁"),
        LetterCheck.A11: translate("Letter", "没有用过"),
        LetterCheck.A12: translate("Letter", "没有撤销"),
        LetterCheck.A13: translate("Letter", "已确认或不需要"),
        LetterCheck.A15: translate("Letter", "没有异常"),
    }[check]


def _looked_up(_letter: Letter) -> str:
    return translate("Letter", "由系统查询")


def _age(_letter: Letter) -> str:
    return translate("Letter", "按证件上的出生日期")


def _call(_letter: Letter) -> str:
    return translate("Letter", "在“补充核实”一步回拨本人")


def _matters(letter: Letter) -> str:
    matters = tuple(matter(item) for item in Matter if item in letter.matters)
    named = _list(matters) or translate("Letter", "未勾选")
    if letter.merchant_no is None:
        return named
    return translate("Letter", "{}；商户 {}").format(named, letter.merchant_no)


def _number(letter: Letter) -> str:
    return grouped(letter.new_number or "") or _unwritten()


def _substitution(letter: Letter) -> str:
    if letter.allows_substitution:
        return translate("Letter", "允许")
    return translate("Letter", "未允许")


def _third_party(letter: Letter) -> str:
    if letter.allows_third_party_number:
        return translate("Letter", "写明可用他人号码")
    return translate("Letter", "未写明可用他人号码")


def _principal(letter: Letter) -> str:
    principal = letter.principal
    number = principal.uscc or masked_identity(principal.id_number or "")
    return "  ".join(part for part in (principal.name, number) if part) or _unwritten()


def _agents(letter: Letter) -> str:
    told = (
        "  ".join(part for part in (agent.name, masked_identity(agent.id_number)) if part)
        for agent in letter.agents
    )
    return _list(tuple(told)) or _unwritten()


def _term(letter: Letter) -> str:
    if letter.starts_on is None and letter.ends_on is None:
        return _unwritten()
    first = _day(letter.starts_on)
    last = _day(letter.ends_on) or translate("Letter", "未写截止日")
    return f"{first} — {last}" if first else translate("Letter", "至 %1").replace("%1", last)


def _signatures(letter: Letter) -> str:
    present = (
        (letter.is_signed, translate("Letter", "签名")),
        (letter.has_company_seal, translate("Letter", "公章")),
        (letter.is_signed_by_legal_representative, translate("Letter", "法人签章")),
    )
    return _list(tuple(words for is_there, words in present if is_there)) or translate(
        "Letter", "未见签名盖章"
    )


def _joint(letter: Letter) -> str:
    if len(letter.agents) < 2:
        return translate("Letter", "仅一位受托人")
    if letter.is_joint:
        return translate("Letter", "须共同办理")
    return translate("Letter", "可以单独办理")


def _notary(letter: Letter) -> str:
    if letter.kind is LetterKind.SIGNED or letter.notary is None:
        return translate("Letter", "非公证委托书")
    notary = letter.notary
    return "  ".join(part for part in (notary.office, notary.number) if part) or _unwritten()


def _alterations(letter: Letter) -> str:
    return alterations(letter.alterations)


def _unwritten() -> str:
    return translate("Letter", "未写明")


def _list(parts: tuple[str, ...]) -> str:
    return translate("Letter", "、").join(part for part in parts if part)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


_FACTS: dict[LetterCheck, Callable[[Letter], str]] = {
    LetterCheck.A1: _principal,
    LetterCheck.A2: _agents,
    LetterCheck.A3: _matters,
    LetterCheck.A4: _number,
    LetterCheck.A5: _term,
    LetterCheck.A6: _signatures,
    LetterCheck.A7: _age,
    LetterCheck.A8: _joint,
    LetterCheck.A9: _substitution,
    LetterCheck.A10: _third_party,
    LetterCheck.A13: _call,
    LetterCheck.A14: _notary,
    LetterCheck.A16: _alterations,
}
