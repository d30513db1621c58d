"""What a change of the draft entails: approvals, codes and the step must fit what it says now."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import Draft, Lookup, OldNumberProof
from counter_app.domain.step import Step
from counter_app.flow.effects import Effect, StopWaiting
from counter_app.flow.state import Desk, FlowState, Waiting
from counter_app.flow.steps import path, previous_step

Move = tuple[FlowState, tuple[Effect, ...]]

CODE_WAITS = frozenset({Waiting.CODE_SENDING, Waiting.CODE_CHECK})
AFTER_CONFIRMATION = frozenset({Step.REVIEW, Step.ACCEPT})


def entered(state: FlowState, step: Step) -> Move:
    """Go to a step as a new attempt; whatever was waited for is no longer waited for."""
    effects: tuple[Effect, ...] = ()
    if state.waiting is not None:
        effects = (StopWaiting(state.attempt),)
    then = replace(
        state,
        step=step,
        attempt=state.attempt + 1,
        waiting=None,
        progress=None,
        phase=None,
        failure=None,
        proposal=None,
        is_further=False,
    )
    return then, effects


def settled(before: FlowState, then: FlowState, desk: Desk) -> Move:
    """Draw the consequences of a changed draft.

    Earlier acts of review no longer count; a code that is under way to another number is
    forgotten; what the customer had confirmed is shown to the customer again; a step that the
    visit no longer meets is left for the one before it.
    """
    if not then.is_open or _substance(before.draft) == _substance(then.draft):
        return then, ()
    then = replace(then, draft=replace(then.draft, reviews_from=len(then.draft.reviews)))
    then, effects = _without_old_code(before, then)
    step = _fitting(then, desk)
    if step is then.step:
        return then, effects
    moved, stopped = entered(then, step)
    return replace(moved, case_state=CaseState.DRAFT), (*effects, *stopped)


def _fitting(state: FlowState, desk: Desk) -> Step:
    if state.step in AFTER_CONFIRMATION:
        return Step.CONFIRM
    assessment = desk.assess(state.draft)
    if state.step in path(state.draft, assessment):
        return state.step
    return previous_step(state.step, state.draft, assessment)


def _without_old_code(before: FlowState, then: FlowState) -> Move:
    if _number(before.draft) == _number(then.draft):
        return then, ()
    then = replace(then, code=None)
    if then.waiting not in CODE_WAITS:
        return then, ()
    return entered(then, then.step)


def _number(draft: Draft) -> str:
    return draft.new_number.number if draft.new_number is not None else ""


def _substance(draft: Draft) -> Draft:
    """Return what the second person judges; who handles it and a minute gone by are not it."""
    told = replace(draft, reviews=(), reviews_from=0, clerk_id="", handlers=())
    return replace(told, coached_since=None, is_calmed=False)


def at_other_terminal(draft: Draft, text: str) -> Draft:
    """Return the draft for another terminal: nothing that was said of the former one's merchant."""
    new = draft.new_number
    return replace(
        draft,
        sn_entered=text,
        lookup=Lookup.NOT_ASKED,
        merchant=None,
        terminal=None,
        rejected_reason=None,
        principal_elsewhere=(),
        agent_history=None,
        callback=None,
        is_settlement_confirmed=None,
        settlement_card=None,
        settlement_card_matches=None,
        old_number=None,
        old_number_proof=OldNumberProof.NONE,
        new_number=replace(new, bound_to=None) if new is not None else None,
    )
