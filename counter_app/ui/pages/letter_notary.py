"""What can be entered of a notarial certificate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from counter_app.domain.delegation_letter import IssuingPlace, Letter, LetterKind, Notary
from counter_app.services.letter_proposal import day_in
from counter_app.ui.pages.letter_spec import ChoiceSpec, Spec, TextSpec, TickSpec
from counter_app.ui.texts_papers import issuing_place

translate = QCoreApplication.translate
NO_NOTARY = Notary(number="", office="", on=None, purpose_covers=False)


def is_notarised(letter: Letter) -> bool:
    """Say whether the letter was made before a notary."""
    return letter.kind is LetterKind.NOTARISED


def of_kind(letter: Letter, kind: LetterKind) -> Letter:
    """Return the letter as signed or notarised; a certificate is kept only for the latter."""
    if kind is LetterKind.SIGNED:
        return replace(letter, kind=kind, notary=None)
    return replace(letter, kind=kind, notary=letter.notary or NO_NOTARY)


def notary_of(letter: Letter) -> Notary:
    """Return the certificate, an empty one where none was entered."""
    return letter.notary or NO_NOTARY


def notary_specs() -> tuple[Spec, ...]:
    """Return the entries of the certificate, all of them met only by a notarised letter."""
    return (*_texts(), _place(), *_ticks())


def _with(letter: Letter, changes: Notary) -> Letter:
    return replace(letter, notary=changes)


def _texts() -> tuple[Spec, ...]:
    return (
        TextSpec(
            translate("Letter", "公证书编号"),
            lambda letter: notary_of(letter).number,
            lambda letter, text: _with(letter, replace(notary_of(letter), number=text.strip())),
            is_met=is_notarised,
        ),
        TextSpec(
            translate("Letter", "公证处"),
            lambda letter: notary_of(letter).office,
            lambda letter, text: _with(letter, replace(notary_of(letter), office=text.strip())),
            is_met=is_notarised,
        ),
        TextSpec(
            translate("Letter", "出证日期"),
            lambda letter: _written(notary_of(letter).on),
            lambda letter, text: _with(letter, replace(notary_of(letter), on=day_in(text))),
            hint="2026-01-31",
            is_met=is_notarised,
        ),
    )


def _place() -> ChoiceSpec:
    def taken(letter: Letter, value: str) -> Letter:
        return _with(letter, replace(notary_of(letter), issued_in=IssuingPlace(value)))

    return ChoiceSpec(
        tuple((issuing_place(place), place) for place in IssuingPlace),
        lambda letter: notary_of(letter).issued_in,
        taken,
        is_met=is_notarised,
    )


def _ticks() -> tuple[Spec, ...]:
    return (
        TickSpec(
            translate("Letter", "公证事项包含变更手机号码"),
            lambda letter: notary_of(letter).purpose_covers,
            lambda letter, is_on: _with(letter, replace(notary_of(letter), purpose_covers=is_on)),
            is_met=is_notarised,
        ),
        TickSpec(
            translate("Letter", "已向公证处或查询平台核验"),
            lambda letter: notary_of(letter).is_verified,
            lambda letter, is_on: _with(letter, replace(notary_of(letter), is_verified=is_on)),
            is_met=is_notarised,
        ),
        TickSpec(
            translate("Letter", "已有加章转递、核对或附加证明书"),
            lambda letter: notary_of(letter).has_channel,
            lambda letter, is_on: _with(letter, replace(notary_of(letter), has_channel=is_on)),
            is_met=lambda letter: notary_of(letter).issued_in is not IssuingPlace.MAINLAND,
        ),
    )


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""
