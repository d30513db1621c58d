"""Moves of the second person, and the end of a case that is not accepted."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import ReviewDecision
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.review import fault_of
from counter_app.domain.step import Step
from counter_app.flow.effects import Authorise, Effect, EndCase
from counter_app.flow.events import ReviewPressed
from counter_app.flow.outcomes import Reviewed
from counter_app.flow.state import Desk, FlowState, Waiting

Move = tuple[FlowState, tuple[Effect, ...]]


def review_pressed(state: FlowState, event: ReviewPressed, _desk: Desk) -> Move:
    """Let the second person prove who they are; the decision counts only after that."""
    is_here = state.step is Step.REVIEW and state.case_state is CaseState.AWAITING_REVIEW
    if not is_here or state.waiting is not None:
        return state, ()
    then = replace(state, waiting=Waiting.SECOND_PERSON, attempt=state.attempt + 1, failure=None)
    return then, (Authorise(event.account_id, event.password, event.decision, event.reason),)


def reviewed(state: FlowState, outcome: Reviewed, desk: Desk) -> Move:
    """Record an act of review; only a valid one moves the case."""
    review = outcome.review
    draft = replace(state.draft, reviews=(*state.draft.reviews, review))
    then = replace(state, draft=draft, waiting=None)
    if fault_of(review, draft) is not None:
        return then, ()
    match review.decision:
        case ReviewDecision.REFUSE:
            return ending(then, CaseState.REFUSED, (PaperKind.REFUSAL,))
        case ReviewDecision.RETURN:
            draft = replace(draft, reviews_from=len(draft.reviews))
            return _at(replace(then, draft=draft, case_state=CaseState.DRAFT), Step.CONFIRM), ()
        case ReviewDecision.APPROVE:  # pragma: no branch - the last of a closed set
            is_enough = desk.assess(draft).may_be_accepted
            return (_at(then, Step.ACCEPT) if is_enough else then), ()


def _at(state: FlowState, step: Step) -> FlowState:
    return replace(state, step=step, attempt=state.attempt + 1)


def ending(state: FlowState, case_state: CaseState, papers: tuple[PaperKind, ...]) -> Move:
    """End a case for good; its papers are printed, its state is stored."""
    then = replace(
        state,
        case_state=case_state,
        waiting=Waiting.ENDING,
        attempt=state.attempt + 1,
        failure=None,
    )
    return then, (EndCase(state.draft, state.step, case_state, papers),)
