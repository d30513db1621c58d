"""A case in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from counter_app.domain.draft import CodeOutcome, Draft
from counter_app.domain.identity_document import Owner
from counter_app.domain.masking import masked_identity
from counter_app.domain.review import approver
from counter_app.ui.page import StepView
from counter_app.ui.texts import evidence_strength
from counter_app.ui.texts_papers import document_type, letter_kind
from counter_app.ui.texts_visit import (
    callback_outcome,
    change_reason,
    code_outcome,
    old_number_outcome,
    presenter_role,
)

translate = QCoreApplication.translate


def summary(view: StepView) -> tuple[tuple[str, str], ...]:
    """Return names and texts of what the case consists of."""
    return tuple(_lines(view))


def _lines(view: StepView) -> Iterator[tuple[str, str]]:
    draft = view.state.draft
    merchant = draft.merchant
    if merchant is not None:
        yield translate("Accept", "商户"), f"{merchant.name}　{merchant.merchant_no}"
    if draft.terminal is not None:
        yield translate("Accept", "终端"), draft.terminal.sn
    if draft.reason is not None:
        yield translate("Accept", "变更原因"), change_reason(draft.reason)
    yield from _people(draft)
    yield translate("Accept", "核实"), _proofs(draft)
    if draft.is_swap_wanted:
        yield translate("Accept", "换上终端"), draft.swap_to_sn
    by = approver(draft, view.assessment.risk)
    if by is not None:
        yield translate("Accept", "复核人"), by


def _people(draft: Draft) -> Iterator[tuple[str, str]]:
    document = draft.document_of(draft.presenter_owner)
    if document is not None and draft.presenter is not None:
        told = (
            f"{presenter_role(draft.presenter)} {document.name}",
            f"{document_type(document.type)} {masked_identity(document.number)}",
            evidence_strength(document.strength()),
        )
        yield translate("Accept", "办理人"), "　".join(told)
    principal = draft.document_of(Owner.PRINCIPAL)
    if draft.is_delegated and principal is not None:
        number = masked_identity(principal.number)
        yield translate("Accept", "委托人"), f"{principal.name}　{number}"
    if draft.letter is not None:
        kind = letter_kind(draft.letter.kind)
        yield translate("Accept", "委托书"), "　".join(filter(None, (kind, draft.letter.letter_no)))


def _proofs(draft: Draft) -> str:
    told: list[str] = []
    if draft.new_number is not None and draft.new_number.code is not None:
        outcome: CodeOutcome = draft.new_number.code
        told.append(translate("Accept", "新号码：%1").replace("%1", code_outcome(outcome)))
    if draft.old_number is not None:
        old = old_number_outcome(draft.old_number)
        told.append(translate("Accept", "原号码：%1").replace("%1", old))
    if draft.callback is not None:
        call = callback_outcome(draft.callback.outcome)
        told.append(translate("Accept", "回拨：%1").replace("%1", call))
    return "　".join(told)
