"""What follows when an effect ends: facts enter the draft, waits end, failures show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from counter_app.domain.case_state import CaseState, may_follow
from counter_app.domain.chip_key import key_of_reading
from counter_app.domain.draft import CodeOutcome
from counter_app.domain.identity_document import CaptureMethod
from counter_app.domain.reading import DocumentKind
from counter_app.errors import FailureCode
from counter_app.flow import after, more, review
from counter_app.flow.answers import (
    ByPictureAnswer,
    CodeAnswer,
    DocumentAnswer,
    FurtherDocumentAnswer,
)
from counter_app.flow.by_picture import open_points, wants_picture_of_name
from counter_app.flow.devices import CARD_STEPS, chip_wanted, owner_at
from counter_app.flow.effects import Effect
from counter_app.flow.events import Reported
from counter_app.flow.lookups import agent_numbers, principal_elsewhere
from counter_app.flow.outcomes import (
    AgentLookedUp,
    CardRead,
    CaseAccepted,
    CodeChecked,
    CodeSent,
    Done,
    Failed,
    LetterLookedUp,
    NotSaved,
    NumberLookedUp,
    PapersPrinted,
    PictureRead,
    PrincipalLookedUp,
    Reviewed,
    SettlementCardCompared,
    StateChanged,
    SwapLookedUp,
    TerminalLookedUp,
)
from counter_app.flow.saving import reopened, saved_or_not
from counter_app.flow.state import CodeExchange, Desk, FlowState, Waiting

Move = tuple[FlowState, tuple[Effect, ...]]
DOUBTS = frozenset({FailureCode.CARD_NOT_GENUINE, FailureCode.CARD_CHECK_FAILED})
"""Failures of a chip's proof: a hint for the second person, never a conclusion."""


def reported(state: FlowState, event: Reported, desk: Desk) -> Move:
    """Take the outcome of an effect.

    A look-up names what it was about and counts whenever that still stands in the draft; the
    outcome of a device counts only for the attempt that waits for it. While a case is being
    accepted or lies parked its draft stands still.
    """
    kind = type(event.outcome)
    if kind in {Done, NotSaved}:
        return saved_or_not(state, event), ()
    if kind in _FACTS:
        return (_FACTS[kind](state, event.outcome, desk) if _is_listening(state) else state), ()
    if kind not in _RESULTS or event.attempt != state.attempt:
        return state, ()
    if kind in _AWAITED and state.waiting not in _AWAITED[kind]:
        return state, ()
    return _RESULTS[kind](state, event.outcome, desk)


def _is_listening(state: FlowState) -> bool:
    is_still = state.waiting is Waiting.ACCEPTING or state.case_state is CaseState.PARKED
    return state.is_open and not is_still


def _terminal(state: FlowState, outcome: TerminalLookedUp, desk: Desk) -> FlowState:
    draft, merchant = state.draft, outcome.merchant
    if draft.sn_entered != outcome.text:
        return state
    if merchant is not None and not desk.has_rules_for(merchant.provider):
        return replace(state, failure=FailureCode.RULES_MISSING)
    return replace(
        state,
        draft=replace(
            draft,
            lookup=outcome.lookup,
            merchant=outcome.merchant,
            terminal=outcome.terminal,
            rejected_reason=outcome.rejected_reason,
        ),
    )


def _number(state: FlowState, outcome: NumberLookedUp, _desk: Desk) -> FlowState:
    new = state.draft.new_number
    if new is None or new.number != outcome.number:
        return state
    known = replace(new, bound_to=outcome.bound_to)
    return replace(state, draft=replace(state.draft, new_number=known))


def _letter(state: FlowState, outcome: LetterLookedUp, _desk: Desk) -> FlowState:
    letter, second = state.draft.letter, state.draft.substitution_letter
    draft = state.draft
    if letter is not None and letter.digest == outcome.digest:
        draft = replace(
            draft,
            is_letter_looked_up=True,
            letter_used_on=outcome.used_on,
            letter_revoked_on=outcome.revoked_on,
        )
    if second is not None and second.digest == outcome.digest:
        draft = replace(
            draft,
            is_substitution_looked_up=True,
            substitution_used_on=outcome.used_on,
            substitution_revoked_on=outcome.revoked_on,
        )
    return replace(state, draft=draft)


def _agent(state: FlowState, outcome: AgentLookedUp, _desk: Desk) -> FlowState:
    if agent_numbers(state.draft) != outcome.id_numbers:
        return state
    return replace(state, draft=replace(state.draft, agent_history=outcome.history))


def _principal(state: FlowState, outcome: PrincipalLookedUp, _desk: Desk) -> FlowState:
    if principal_elsewhere(state.draft) != outcome.id_number:
        return state
    return replace(state, draft=replace(state.draft, principal_elsewhere=outcome.merchants))


def _swap(state: FlowState, outcome: SwapLookedUp, _desk: Desk) -> FlowState:
    if state.draft.swap_to_sn != outcome.sn:
        return state
    return replace(state, draft=replace(state.draft, is_swap_sn_known=outcome.is_known))


_FACTS: dict[type, Callable[..., FlowState]] = {
    TerminalLookedUp: _terminal,
    NumberLookedUp: _number,
    LetterLookedUp: _letter,
    AgentLookedUp: _agent,
    PrincipalLookedUp: _principal,
    SwapLookedUp: _swap,
}


def _idle(state: FlowState) -> FlowState:
    return replace(state, waiting=None, progress=None, phase=None)


def _failed(state: FlowState, outcome: Failed, _desk: Desk) -> Move:
    if outcome.code is FailureCode.STOPPED:
        return _idle(state), ()
    if state.waiting is Waiting.ENDING and state.is_over:
        # The store did not end the case, so it has not ended.
        return replace(reopened(state), failure=outcome.code), ()
    then = replace(_idle(state), failure=outcome.code)
    if state.waiting is Waiting.CARD and outcome.code in DOUBTS and state.step in CARD_STEPS:
        doubted = dict.fromkeys((*state.draft.chip_doubts, owner_at(state)))
        then = replace(then, draft=replace(state.draft, chip_doubts=tuple(doubted)))
    return then, ()


def _card(state: FlowState, outcome: CardRead, _desk: Desk) -> Move:
    document = replace(outcome.document, owner=owner_at(state))
    further = FurtherDocumentAnswer(document)
    answer = further if state.is_further else DocumentAnswer(document)
    draft = answer.on(state.draft)
    if document.captured_by is CaptureMethod.CHIP:
        left = tuple(owner for owner in draft.chip_doubts if owner is not document.owner)
        draft = replace(draft, chip_doubts=left)
    return replace(_idle(state), draft=draft, is_further=False), ()


def _bank_card(state: FlowState, outcome: SettlementCardCompared, _desk: Desk) -> Move:
    draft = replace(
        state.draft,
        settlement_card=outcome.masked,
        settlement_card_matches=outcome.matches,
    )
    return replace(_idle(state), draft=draft), ()


def _picture(state: FlowState, outcome: PictureRead, desk: Desk) -> Move:
    if not state.is_open:
        return more.picture_kept(_idle(state), outcome), ()
    if wants_picture_of_name(state, desk):
        named = ByPictureAnswer(open_points(state, desk), outcome.image)
        return replace(_idle(state), draft=named.on(state.draft)), ()
    then = replace(_idle(state), proposal=outcome, failure=outcome.failure)
    key = key_of_reading(outcome.reading) if state.step in CARD_STEPS else None
    if key is None or outcome.kind is not DocumentKind.MRZ:
        return then, ()
    # The zone was read: the chip behind it can be read as soon as the document lies down.
    then = replace(then, waiting=Waiting.CARD, attempt=state.attempt + 1)
    return then, (chip_wanted(then, key),)


def _code_sent(state: FlowState, outcome: CodeSent, _desk: Desk) -> Move:
    code = CodeExchange(outcome.message_id, outcome.sent_at)
    return replace(_idle(state), code=code), ()


def _code_checked(state: FlowState, outcome: CodeChecked, desk: Desk) -> Move:
    if state.code is None:
        return state, ()
    if outcome.is_right:
        draft = CodeAnswer(CodeOutcome.PASSED).on(state.draft)
        return replace(_idle(state), draft=draft, code=None), ()
    code = replace(state.code, tries=state.code.tries + 1)
    then = replace(_idle(state), code=code)
    if code.tries >= desk.rules_for(state.draft).code.tries:
        then = replace(then, draft=CodeAnswer(CodeOutcome.FAILED).on(state.draft))
    return then, ()


def _reviewed(state: FlowState, outcome: Reviewed, desk: Desk) -> Move:
    return review.reviewed(state, outcome, desk)


def _accepted(state: FlowState, outcome: CaseAccepted, _desk: Desk) -> Move:
    return after.accepted(state, outcome)


def _printed(state: FlowState, outcome: PapersPrinted, _desk: Desk) -> Move:
    fresh = {line.kind: line for line in outcome.lines}
    kept = tuple(fresh.pop(line.kind, line) for line in state.papers)
    first = next((line.failure for line in outcome.lines if line.failure is not None), None)
    return replace(_idle(state), papers=(*kept, *fresh.values()), failure=first), ()


def _state_changed(state: FlowState, outcome: StateChanged, _desk: Desk) -> Move:
    then, effects = _printed(state, PapersPrinted(outcome.lines), _desk)
    if not may_follow(state.case_state, outcome.state):
        return then, effects
    return replace(then, case_state=outcome.state, added=()), effects


_RESULTS: dict[type, Callable[..., Move]] = {
    Failed: _failed,
    CardRead: _card,
    SettlementCardCompared: _bank_card,
    PictureRead: _picture,
    CodeSent: _code_sent,
    CodeChecked: _code_checked,
    Reviewed: _reviewed,
    CaseAccepted: _accepted,
    PapersPrinted: _printed,
    StateChanged: _state_changed,
}

_AWAITED: dict[type, frozenset[Waiting]] = {
    CardRead: frozenset({Waiting.CARD}),
    SettlementCardCompared: frozenset({Waiting.CARD}),
    PictureRead: frozenset({Waiting.PICTURE}),
    CodeSent: frozenset({Waiting.CODE_SENDING}),
    CodeChecked: frozenset({Waiting.CODE_CHECK}),
    Reviewed: frozenset({Waiting.SECOND_PERSON}),
    CaseAccepted: frozenset({Waiting.ACCEPTING}),
    PapersPrinted: frozenset({Waiting.PRINTING, Waiting.ENDING}),
    StateChanged: frozenset({Waiting.ENDING}),
}
"""For which outcome which wait ends; any wait may fail."""
