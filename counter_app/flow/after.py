"""Moves after acceptance: papers, hand-over, voiding, withdrawal, answers of head office."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.case_state import CaseState, may_follow
from counter_app.domain.draft import Draft
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.step import Step
from counter_app.flow.effects import (
    ConfirmPapers,
    Effect,
    PrintNotices,
    PrintPapers,
    RequestWithdrawal,
    VoidCase,
)
from counter_app.flow.events import (
    ConfirmationPressed,
    NumberSlipWritten,
    OfficeMoved,
    PaperConfirmed,
    PrintAgainPressed,
    VoidPressed,
    WithdrawPressed,
)
from counter_app.flow.outcomes import CaseAccepted, PaperLine
from counter_app.flow.state import Desk, FlowState, Waiting
from counter_app.flow.steps import next_step

Move = tuple[FlowState, tuple[Effect, ...]]


def accepted(state: FlowState, outcome: CaseAccepted) -> Move:
    """Go on to printing: the case is stored, so paper may exist."""
    then = replace(
        state,
        case_state=CaseState.ACCEPTED_UNPRINTED,
        step=Step.PRINT,
        attempt=state.attempt + 1,
        waiting=Waiting.PRINTING,
        acceptance_no=outcome.acceptance_no,
        accepted_at=outcome.accepted_at,
    )
    return then, (PrintPapers(state.draft.case_id, papers_of(state.draft)),)


def papers_of(draft: Draft) -> tuple[PaperKind, ...]:
    """Return the papers of an accepted case in the order of printing."""
    kinds = [PaperKind.RECEIPT]
    if draft.supersedes is not None:
        kinds.append(PaperKind.CORRECTION)
    if draft.is_swap_wanted:
        kinds.append(PaperKind.SWAP_SLIP)
    return tuple(kinds)


def next_after_acceptance(state: FlowState, desk: Desk) -> Move:
    """Go on once the papers are confirmed."""
    if state.step is Step.PRINT or state.waiting is not None:
        return state, ()
    step = next_step(state.step, state.draft, desk.assess(state.draft))
    return replace(state, step=step, attempt=state.attempt + 1), ()


def paper_confirmed(state: FlowState, _event: PaperConfirmed, desk: Desk) -> Move:
    """Take the clerk's word that the papers came out; the spooler's is no proof.

    The sender may have been quicker than the paper: then the case keeps the state it has.
    """
    is_printed = state.papers and all(line.failure is None for line in state.papers)
    if state.step is not Step.PRINT or state.acceptance_no is None or not is_printed:
        return state, ()
    kinds = tuple(line.kind for line in state.papers if line.kind is not PaperKind.NUMBER_SLIP)
    step = next_step(Step.PRINT, state.draft, desk.assess(state.draft))
    is_owed = state.case_state is CaseState.ACCEPTED_UNPRINTED
    case_state = CaseState.QUEUED if is_owed else state.case_state
    then = replace(state, case_state=case_state, step=step, attempt=state.attempt + 1, failure=None)
    return then, (ConfirmPapers(state.draft.case_id, kinds),)


def print_again(state: FlowState, _event: PrintAgainPressed, _desk: Desk) -> Move:
    """Print what has not come out, or everything once more when all came out."""
    is_ended = state.is_over and bool(state.papers)
    if state.waiting is not None or (state.acceptance_no is None and not is_ended):
        return state, ()
    then = replace(state, waiting=Waiting.PRINTING, attempt=state.attempt + 1, failure=None)
    if is_ended:
        kinds = _not_out(state) or tuple(line.kind for line in state.papers)
        return then, (PrintNotices(state.draft, kinds),)
    return then, (PrintPapers(state.draft.case_id, _due_papers(state)),)


def confirmation_pressed(state: FlowState, _event: ConfirmationPressed, _desk: Desk) -> Move:
    """Print how the case came out, once head office has applied it."""
    if state.case_state is not CaseState.APPLIED or state.waiting is not None:
        return state, ()
    then = replace(state, waiting=Waiting.PRINTING, attempt=state.attempt + 1, failure=None)
    return then, (PrintPapers(state.draft.case_id, (PaperKind.CONFIRMATION,)),)


def _due_papers(state: FlowState) -> tuple[PaperKind, ...]:
    """Return what to print again; of a voided case only the paper that says so."""
    if state.case_state is CaseState.VOIDED:
        return (PaperKind.VOID_NOTICE,)
    return _not_out(state) or papers_of(state.draft)


def _not_out(state: FlowState) -> tuple[PaperKind, ...]:
    return tuple(line.kind for line in state.papers if line.failure is not None)


def number_slip_written(state: FlowState, _event: NumberSlipWritten, _desk: Desk) -> Move:
    """Note that the number was handed over in handwriting; the receipt is still owed."""
    is_blocked = any(line.failure is not None for line in state.papers)
    has_slip = any(line.kind is PaperKind.NUMBER_SLIP for line in state.papers)
    if state.step is not Step.PRINT or not is_blocked or has_slip:
        return state, ()
    papers = (*state.papers, PaperLine(PaperKind.NUMBER_SLIP))
    written = ConfirmPapers(state.draft.case_id, (PaperKind.NUMBER_SLIP,))
    return replace(state, papers=papers), (written,)


def void_pressed(state: FlowState, event: VoidPressed, _desk: Desk) -> Move:
    """Take an accepted case back before it left; its number stays used."""
    if not may_void(state) or state.waiting is not None or not event.reason.strip():
        return state, ()
    then = replace(state, waiting=Waiting.ENDING, attempt=state.attempt + 1, failure=None)
    return then, (VoidCase(state.draft.case_id, event.reason),)


def may_void(state: FlowState) -> bool:
    """Say whether an accepted case has not left yet; one that was answered has."""
    is_here = may_follow(state.case_state, CaseState.VOIDED) and state.acceptance_no is not None
    is_asked = state.case_state is CaseState.WITHDRAW_REQUESTED
    return is_here and not is_asked and state.standing.answer is None


def withdraw_pressed(state: FlowState, event: WithdrawPressed, _desk: Desk) -> Move:
    """Ask head office to take an accepted case back."""
    is_possible = may_follow(state.case_state, CaseState.WITHDRAW_REQUESTED)
    if not is_possible or state.waiting is not None or not event.reason.strip():
        return state, ()
    then = replace(state, waiting=Waiting.ENDING, attempt=state.attempt + 1, failure=None)
    return then, (RequestWithdrawal(state.draft.case_id, event.reason),)


def office_moved(state: FlowState, event: OfficeMoved, _desk: Desk) -> Move:
    """Show what the sender or head office did with the accepted case."""
    is_same = event.state is state.case_state
    if state.acceptance_no is None or not (is_same or may_follow(state.case_state, event.state)):
        return state, ()
    return replace(state, case_state=event.state, standing=event.standing), ()
