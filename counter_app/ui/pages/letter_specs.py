"""What can be corrected at each check of a letter, as data."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from counter_app.domain.delegation_letter import Alterations, Letter, LetterPrincipal, Matter
from counter_app.domain.phone import grouped, normalised
from counter_app.services.letter_checks import LetterCheck
from counter_app.services.letter_proposal import day_in
from counter_app.ui.pages.letter_notary import notary_specs
from counter_app.ui.pages.letter_spec import ChoiceSpec, Spec, TextSpec, TickSpec
from counter_app.ui.texts_papers import alterations

translate = QCoreApplication.translate
PERSON, ENTITY = "person", "entity"
JOINT, ALONE = "joint", "alone"


def specs_of(check: LetterCheck) -> tuple[Spec, ...]:
    """Return what can be corrected at a check; nothing where the letter does not decide."""
    makers = {
        LetterCheck.A1: _principal,
        LetterCheck.A3: _matters,
        LetterCheck.A4: _number,
        LetterCheck.A5: _term,
        LetterCheck.A6: _signature,
        LetterCheck.A8: _joint,
        LetterCheck.A9: _substitution,
        LetterCheck.A10: _third_party,
        LetterCheck.A14: notary_specs,
        LetterCheck.A16: _alterations,
    }
    return makers[check]() if check in makers else ()


def is_entity(letter: Letter) -> bool:
    """Say whether the letter names an enterprise by its credit code."""
    return letter.principal.uscc is not None


def _with_principal(letter: Letter, principal: LetterPrincipal) -> Letter:
    return replace(letter, principal=principal)


def _with_number(letter: Letter, text: str) -> Letter:
    number = text.strip().upper()
    if is_entity(letter):
        return _with_principal(letter, replace(letter.principal, uscc=number))
    return _with_principal(letter, replace(letter.principal, id_number=number or None))


def _kind(letter: Letter) -> str:
    return ENTITY if is_entity(letter) else PERSON


def _of_kind(letter: Letter, kind: str) -> Letter:
    principal = letter.principal
    if kind == _kind(letter):
        return letter
    if kind == ENTITY:
        number = principal.id_number or ""
        return _with_principal(letter, replace(principal, uscc=number, id_number=None))
    return _with_principal(letter, replace(principal, uscc=None, id_number=principal.uscc or None))


def _principal() -> tuple[Spec, ...]:
    return (
        ChoiceSpec(
            ((translate("Letter", "本人"), PERSON), (translate("Letter", "单位"), ENTITY)),
            _kind,
            _of_kind,
        ),
        TextSpec(
            translate("Letter", "姓名或名称"),
            lambda letter: letter.principal.name,
            lambda letter, text: _with_principal(
                letter, replace(letter.principal, name=text.strip())
            ),
        ),
        TextSpec(
            translate("Letter", "证件号码或统一社会信用代码"),
            lambda letter: letter.principal.uscc or letter.principal.id_number or "",
            _with_number,
        ),
        TextSpec(
            translate("Letter", "法定代表人"),
            lambda letter: letter.principal.legal_representative or "",
            lambda letter, text: _with_principal(
                letter, replace(letter.principal, legal_representative=text.strip() or None)
            ),
            is_met=is_entity,
        ),
    )


def _matter(label: str, matter: Matter) -> TickSpec:
    def taken(letter: Letter, is_ticked: bool) -> Letter:  # noqa: FBT001 - what a tick says
        others = letter.matters - {matter}
        return replace(letter, matters=others | {matter} if is_ticked else others)

    return TickSpec(label, lambda letter: matter in letter.matters, taken)


def _matters() -> tuple[Spec, ...]:
    return (
        _matter(translate("Letter", "变更（换绑）手机号码"), Matter.CHANGE_PHONE),
        _matter(translate("Letter", "领取更换的终端"), Matter.COLLECT_TERMINAL),
        _matter(translate("Letter", "领取受理回执"), Matter.COLLECT_RECEIPT),
        _matter(translate("Letter", "只写“全权办理”等概括字样"), Matter.EVERYTHING),
        TextSpec(
            translate("Letter", "写明的商户编号（没有写则留空）"),
            lambda letter: letter.merchant_no or "",
            lambda letter, text: replace(letter, merchant_no=text.strip().upper() or None),
        ),
    )


def _number() -> tuple[Spec, ...]:
    return (
        TextSpec(
            translate("Letter", "委托书上写的新手机号码（没有写则留空）"),
            lambda letter: grouped(letter.new_number or ""),
            lambda letter, text: replace(letter, new_number=normalised(text) or None),
        ),
    )


def _term() -> tuple[Spec, ...]:
    return (
        TextSpec(
            translate("Letter", "自（没有写则留空）"),
            lambda letter: letter.starts_on.isoformat() if letter.starts_on else "",
            lambda letter, text: replace(letter, starts_on=day_in(text)),
            hint="2026-01-31",
        ),
        TextSpec(
            translate("Letter", "至（没有写则留空）"),
            lambda letter: letter.ends_on.isoformat() if letter.ends_on else "",
            lambda letter, text: replace(letter, ends_on=day_in(text)),
            hint="2026-12-31",
        ),
    )


def _signature() -> tuple[Spec, ...]:
    return (
        TickSpec(
            translate("Letter", "委托人已签名"),
            lambda letter: letter.is_signed,
            lambda letter, is_on: replace(letter, is_signed=is_on),
        ),
        TickSpec(
            translate("Letter", "已加盖单位公章"),
            lambda letter: letter.has_company_seal,
            lambda letter, is_on: replace(letter, has_company_seal=is_on),
        ),
        TickSpec(
            translate("Letter", "法定代表人已签章"),
            lambda letter: letter.is_signed_by_legal_representative,
            lambda letter, is_on: replace(letter, is_signed_by_legal_representative=is_on),
        ),
    )


def _joint() -> tuple[Spec, ...]:
    return (
        ChoiceSpec(
            (
                (translate("Letter", "须共同办理（未写明时按此）"), JOINT),
                (translate("Letter", "写明可以单独办理"), ALONE),
            ),
            lambda letter: JOINT if letter.is_joint else ALONE,
            lambda letter, value: replace(letter, is_joint=value == JOINT),
        ),
    )


def _substitution() -> tuple[Spec, ...]:
    return (
        TickSpec(
            translate("Letter", "写明允许转委托"),
            lambda letter: letter.allows_substitution,
            lambda letter, is_on: replace(letter, allows_substitution=is_on),
        ),
    )


def _third_party() -> tuple[Spec, ...]:
    return (
        TickSpec(
            translate("Letter", "写明可以绑定他人名下的号码"),
            lambda letter: letter.allows_third_party_number,
            lambda letter, is_on: replace(letter, allows_third_party_number=is_on),
        ),
    )


def _alterations() -> tuple[Spec, ...]:
    def taken(letter: Letter, value: str) -> Letter:
        return replace(letter, alterations=Alterations(value))

    return (
        ChoiceSpec(
            tuple((alterations(value), value) for value in Alterations),
            lambda letter: letter.alterations,
            taken,
        ),
    )
