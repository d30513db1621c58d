"""The path of a visit: which steps it meets, and what each still needs. Read this first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from counter_app.domain.assessment import Assessment
from counter_app.domain.checks import FindingCode
from counter_app.domain.coaching import is_held
from counter_app.domain.draft import ChangeReason, Draft, Lookup
from counter_app.domain.identity_document import Owner
from counter_app.domain.provider_rules import RulePack
from counter_app.domain.rare_characters import unsettled
from counter_app.domain.risk import RiskBand
from counter_app.domain.step import Step

__all__ = ["Need", "Step", "needs_at", "next_step", "path", "previous_step", "still_needed"]

AFTER_ACCEPTANCE = frozenset({Step.PRINT, Step.HAND_OVER, Step.DONE})
"""Steps that a visit reaches only once the case is stored and immutable."""

HELD_STEPS = frozenset({Step.EVIDENCE, Step.CONFIRM, Step.REVIEW})
"""Steps that a visit does not leave during its calm minute, wherever the mark was set."""


class Need(StrEnum):
    """What a step still wants before the next one (the panel 还差)."""

    TERMINAL = "terminal"
    PRESENTER = "presenter"
    REASON = "reason"
    REASON_TEXT = "reason_text"
    DOCUMENT = "document"
    FACE = "face"
    LETTER = "letter"
    LICENCE = "licence"
    SETTLEMENT = "settlement"
    OLD_NUMBER = "old_number"
    NUMBER = "number"
    REPEAT = "repeat"
    HOLDER = "holder"
    CODE = "code"
    LOOKUP = "lookup"
    BY_PICTURE = "by_picture"
    SWAP_SN = "swap_sn"
    CONSENTS = "consents"
    SECOND_PERSON = "second_person"
    PAPER = "paper"
    CALM_MINUTE = "calm_minute"


def path(draft: Draft, assessment: Assessment) -> tuple[Step, ...]:
    """Return the steps of this visit in order.

    Next, Back, skipped steps, the progress list and "last page" all read this one tuple.
    """
    return tuple(step for step in Step if _is_met(step, draft, assessment))


def _is_met(step: Step, draft: Draft, assessment: Assessment) -> bool:
    match step:
        case Step.PRINCIPAL_ID | Step.LETTER:
            return draft.is_delegated
        case Step.SWAP | Step.HAND_OVER:
            return draft.is_swap_wanted
        case Step.EVIDENCE:
            return draft.is_delegated or _is_doubtful(assessment)
        case Step.REVIEW:
            return assessment.is_review_needed
        case _:
            return True


def _is_doubtful(assessment: Assessment) -> bool:
    is_risky = assessment.risk.band is not RiskBand.LOW
    asked = {FindingCode.ID_POLICE_MISMATCH, FindingCode.OLD_UNREACHABLE_WITHOUT_PROOF}
    return is_risky or any(finding.code in asked for finding in assessment.findings)


def next_step(step: Step, draft: Draft, assessment: Assessment) -> Step:
    """Return the step after this one; the last step is its own next."""
    later = [item for item in path(draft, assessment) if item.rank > step.rank]
    return later[0] if later else step


def previous_step(step: Step, draft: Draft, assessment: Assessment) -> Step:
    """Return the step before this one; the first step is its own previous."""
    earlier = [item for item in path(draft, assessment) if item.rank < step.rank]
    return earlier[-1] if earlier else step


def needs_at(step: Step, draft: Draft, assessment: Assessment, rules: RulePack) -> tuple[Need, ...]:
    """Return what a step still wants; nothing means that the next key works."""
    held = (Need.CALM_MINUTE,) if step in HELD_STEPS and is_held(draft) else ()
    return (*held, *_needs(step, draft, assessment, rules))


def _needs(step: Step, draft: Draft, assessment: Assessment, rules: RulePack) -> Iterator[Need]:
    if unsettled(draft, assessment.at(step)):
        yield Need.BY_PICTURE
    match step:
        case Step.MATERIALS:
            yield from _material_needs(draft, rules)
        case Step.REVIEW if not assessment.is_approved:
            yield Need.SECOND_PERSON
        case Step.PRINT:
            yield Need.PAPER
        case Step.ACCEPT:
            yield from still_needed(draft, assessment, rules)
        case _:
            yield from _NEEDS.get(step, _nothing)(draft)


def still_needed(draft: Draft, assessment: Assessment, rules: RulePack) -> Iterator[Need]:
    """Yield what any step before acceptance still wants; an incomplete visit is never accepted."""
    if is_held(draft):
        yield Need.CALM_MINUTE
    for step in path(draft, assessment):
        if step.rank < Step.ACCEPT.rank:
            yield from _needs(step, draft, assessment, rules)


def _nothing(_draft: Draft) -> Iterator[Need]:
    return iter(())


def _terminal_needs(draft: Draft) -> Iterator[Need]:
    if draft.lookup is not Lookup.FOUND or draft.terminal is None:
        yield Need.TERMINAL


def _presenter_needs(draft: Draft) -> Iterator[Need]:
    if draft.presenter is None:
        yield Need.PRESENTER
    if draft.reason is None:
        yield Need.REASON
    elif draft.reason is ChangeReason.OTHER and not draft.reason_text.strip():
        yield Need.REASON_TEXT


def _is_answered(draft: Draft, owner: Owner) -> bool:
    return draft.document_of(owner) is not None or owner in draft.documents_missing


def _presenter_document_needs(draft: Draft) -> Iterator[Need]:
    if not _is_answered(draft, draft.presenter_owner):
        yield Need.DOCUMENT
    if any(item.face_matches is None for item in draft.documents_of(draft.presenter_owner)):
        yield Need.FACE


def _principal_document_needs(draft: Draft) -> Iterator[Need]:
    if not _is_answered(draft, Owner.PRINCIPAL):
        yield Need.DOCUMENT


def _letter_needs(draft: Draft) -> Iterator[Need]:
    if draft.letter is None and not draft.is_letter_missing:
        yield Need.LETTER
    is_asking = draft.letter is not None and not draft.is_letter_looked_up
    is_second = draft.substitution_letter is not None and not draft.is_substitution_looked_up
    is_agent_shown = draft.document_of(Owner.AGENT) is not None
    if is_asking or is_second or (is_agent_shown and draft.agent_history is None):
        yield Need.LOOKUP


def _material_needs(draft: Draft, rules: RulePack) -> Iterator[Need]:
    merchant = draft.merchant
    is_wanted = merchant is not None and merchant.type in rules.licence_for
    if is_wanted and draft.licence is None and not draft.is_licence_missing:
        yield Need.LICENCE
    if merchant is not None and merchant.settlement and draft.is_settlement_confirmed is None:
        yield Need.SETTLEMENT


def _number_needs(draft: Draft) -> Iterator[Need]:
    new = draft.new_number
    if new is None:
        yield Need.NUMBER
        return
    if new.repeated is None:
        yield Need.REPEAT
    if new.holder is None:
        yield Need.HOLDER
    if new.bound_to is None:
        yield Need.LOOKUP
    if new.code is None:
        yield Need.CODE


def _old_number_needs(draft: Draft) -> Iterator[Need]:
    if draft.old_number is None:
        yield Need.OLD_NUMBER


def _swap_needs(draft: Draft) -> Iterator[Need]:
    if not draft.swap_to_sn:
        yield Need.SWAP_SN
    elif draft.is_swap_sn_known is None:
        yield Need.LOOKUP


def _consent_needs(draft: Draft) -> Iterator[Need]:
    if draft.consents is None:
        yield Need.CONSENTS


_NEEDS: dict[Step, Callable[[Draft], Iterator[Need]]] = {
    Step.TERMINAL: _terminal_needs,
    Step.PRESENTER: _presenter_needs,
    Step.PRESENTER_ID: _presenter_document_needs,
    Step.PRINCIPAL_ID: _principal_document_needs,
    Step.LETTER: _letter_needs,
    Step.OLD_NUMBER: _old_number_needs,
    Step.NEW_NUMBER: _number_needs,
    Step.SWAP: _swap_needs,
    Step.CONFIRM: _consent_needs,
}
