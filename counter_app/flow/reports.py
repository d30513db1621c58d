"""What follows when an effect ends: facts enter the draft, waits end, failures show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from counter_app.domain.draft import CodeOutcome
from counter_app.domain.identity_document import Owner
from counter_app.domain.step import Step
from counter_app.errors import FailureCode
from counter_app.flow import after, review
from counter_app.flow.answers import CodeAnswer, DocumentAnswer, applied
from counter_app.flow.devices import owner_at
from counter_app.flow.effects import Effect
from counter_app.flow.events import Reported
from counter_app.flow.outcomes import (
    AgentLookedUp,
    CardRead,
    CaseAccepted,
    CodeChecked,
    CodeSent,
    Done,
    Failed,
    LetterLookedUp,
    NumberLookedUp,
    PapersPrinted,
    PictureRead,
    Reviewed,
    StateChanged,
    SwapLookedUp,
    TerminalLookedUp,
)
from counter_app.flow.state import CodeExchange, Desk, FlowState, Waiting

Move = tuple[FlowState, tuple[Effect, ...]]


def reported(state: FlowState, event: Reported, desk: Desk) -> Move:
    """Take the outcome of an effect.

    A look-up names what it was about and counts whenever that still stands in the draft; the
    outcome of a device counts only for the attempt that waits for it.
    """
    kind = type(event.outcome)
    if kind in _FACTS:
        return _FACTS[kind](state, event.outcome), ()
    if event.attempt != state.attempt or (state.waiting is None and kind is not Failed):
        return state, ()
    return _RESULTS[kind](state, event.outcome, desk)


def _terminal(state: FlowState, outcome: TerminalLookedUp) -> FlowState:
    draft = state.draft
    if draft.sn_entered != outcome.text or not state.is_open:
        return state
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


def _number(state: FlowState, outcome: NumberLookedUp) -> FlowState:
    new = state.draft.new_number
    if new is None or new.number != outcome.number or not state.is_open:
        return state
    known = replace(new, bound_to=outcome.bound_to)
    return replace(state, draft=replace(state.draft, new_number=known))


def _letter(state: FlowState, outcome: LetterLookedUp) -> FlowState:
    letter = state.draft.letter
    if letter is None or letter.digest != outcome.digest or not state.is_open:
        return state
    draft = replace(
        state.draft,
        is_letter_looked_up=True,
        letter_used_on=outcome.used_on,
        letter_revoked_on=outcome.revoked_on,
    )
    return replace(state, draft=draft)


def _agent(state: FlowState, outcome: AgentLookedUp) -> FlowState:
    document = state.draft.document_of(Owner.AGENT)
    if document is None or document.number != outcome.id_number or not state.is_open:
        return state
    return replace(state, draft=replace(state.draft, agent_history=outcome.history))


def _swap(state: FlowState, outcome: SwapLookedUp) -> FlowState:
    if state.draft.swap_to_sn != outcome.sn or not state.is_open:
        return state
    return replace(state, draft=replace(state.draft, is_swap_sn_known=outcome.is_known))


_FACTS: dict[type, Callable[..., FlowState]] = {
    TerminalLookedUp: _terminal,
    NumberLookedUp: _number,
    LetterLookedUp: _letter,
    AgentLookedUp: _agent,
    SwapLookedUp: _swap,
}


def _idle(state: FlowState) -> FlowState:
    return replace(state, waiting=None, progress=None)


def _failed(state: FlowState, outcome: Failed, _desk: Desk) -> Move:
    if outcome.code is FailureCode.STOPPED:
        return _idle(state), ()
    return replace(_idle(state), failure=outcome.code), ()


def _done(state: FlowState, _outcome: Done, _desk: Desk) -> Move:
    return _idle(state), ()


def _card(state: FlowState, outcome: CardRead, _desk: Desk) -> Move:
    if state.waiting is not Waiting.CARD:
        return state, ()
    document = replace(outcome.document, owner=owner_at(state))
    return replace(_idle(state), draft=applied(state.draft, DocumentAnswer(document))), ()


def _picture(state: FlowState, outcome: PictureRead, _desk: Desk) -> Move:
    if state.waiting is not Waiting.PICTURE:
        return state, ()
    return replace(_idle(state), proposal=outcome, failure=outcome.failure), ()


def _code_sent(state: FlowState, outcome: CodeSent, _desk: Desk) -> Move:
    code = CodeExchange(outcome.message_id, outcome.sent_at)
    return replace(_idle(state), code=code), ()


def _code_checked(state: FlowState, outcome: CodeChecked, desk: Desk) -> Move:
    if state.step is not Step.NEW_NUMBER or state.code is None:
        return state, ()
    if outcome.is_right:
        draft = applied(state.draft, CodeAnswer(CodeOutcome.PASSED))
        return replace(_idle(state), draft=draft, code=None), ()
    code = replace(state.code, tries=state.code.tries + 1)
    then = replace(_idle(state), code=code)
    if code.tries >= desk.rules_for(state.draft).code.tries:
        then = replace(then, draft=applied(state.draft, CodeAnswer(CodeOutcome.FAILED)))
    return then, ()


def _reviewed(state: FlowState, outcome: Reviewed, desk: Desk) -> Move:
    if state.waiting is not Waiting.SECOND_PERSON:
        return state, ()
    return review.reviewed(state, outcome, desk)


def _accepted(state: FlowState, outcome: CaseAccepted, _desk: Desk) -> Move:
    if state.waiting is not Waiting.ACCEPTING:
        return state, ()
    return after.accepted(state, outcome)


def _printed(state: FlowState, outcome: PapersPrinted, _desk: Desk) -> Move:
    fresh = {line.kind: line for line in outcome.lines}
    kept = tuple(fresh.pop(line.kind, line) for line in state.papers)
    first = next((line.failure for line in outcome.lines if line.failure is not None), None)
    return replace(_idle(state), papers=(*kept, *fresh.values()), failure=first), ()


def _state_changed(state: FlowState, outcome: StateChanged, _desk: Desk) -> Move:
    then, effects = _printed(state, PapersPrinted(outcome.lines), _desk)
    return replace(then, case_state=outcome.state), effects


_RESULTS: dict[type, Callable[..., Move]] = {
    Failed: _failed,
    Done: _done,
    CardRead: _card,
    PictureRead: _picture,
    CodeSent: _code_sent,
    CodeChecked: _code_checked,
    Reviewed: _reviewed,
    CaseAccepted: _accepted,
    PapersPrinted: _printed,
    StateChanged: _state_changed,
}
