"""What follows when the store saved the open case, or could not."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.case_state import CaseState
from counter_app.domain.step import Step
from counter_app.flow.events import Reported
from counter_app.flow.outcomes import NotSaved
from counter_app.flow.state import FlowState, Waiting


def saved_or_not(state: FlowState, event: Reported) -> FlowState:
    """Remember whether the screen holds more than the store.

    Saving has no attempt of its own: whatever the visit waits for meanwhile goes on. A case that
    could not be put aside stays open, so that nothing on the screen is lost.
    """
    is_parking = state.waiting is Waiting.ENDING and state.case_state is CaseState.PARKED
    is_answer = is_parking and event.attempt == state.attempt
    if not isinstance(event.outcome, NotSaved):
        then = replace(state, unsaved=None)
        return replace(then, waiting=None) if is_answer else then
    then = replace(state, unsaved=event.outcome.code)
    return reopened(then) if is_answer else then


def reopened(state: FlowState) -> FlowState:
    """Return the case as open as the store still holds it."""
    is_review = state.step is Step.REVIEW
    case_state = CaseState.AWAITING_REVIEW if is_review else CaseState.DRAFT
    return replace(state, waiting=None, case_state=case_state)
