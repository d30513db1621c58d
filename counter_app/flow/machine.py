"""The machine of a visit: one pure function from state and event to state and effects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from counter_app.domain.case_state import CaseState, may_follow
from counter_app.domain.coaching import calmed, noticed
from counter_app.domain.refusal import papers_for_refusal
from counter_app.flow import after, devices, more, review
from counter_app.flow.consequences import at_other_terminal, entered, settled
from counter_app.flow.effects import AcceptCase, Effect, EndCase, FindTerminal, SaveDraft
from counter_app.flow.events import (
    AdviseOnlinePressed,
    Answered,
    BackPressed,
    CodeTyped,
    ConfirmationPressed,
    DocumentsPressed,
    EndPressed,
    Event,
    FurtherPressed,
    MerchantPicked,
    MinutePassed,
    NextPressed,
    NumberSlipWritten,
    OfficeMoved,
    PaperConfirmed,
    ParkPressed,
    PictureTaken,
    PrintAgainPressed,
    Progressed,
    ReadCardPressed,
    Reported,
    Resumed,
    ReviewPressed,
    SendCodePressed,
    StepPicked,
    TerminalEntered,
    VoidPressed,
    WaitCancelled,
    WithdrawPressed,
)
from counter_app.flow.lookups import due_lookups
from counter_app.flow.reports import reported
from counter_app.flow.state import Desk, FlowState, Waiting
from counter_app.flow.steps import AFTER_ACCEPTANCE, Step, needs_at, next_step, path, previous_step

Move = tuple[FlowState, tuple[Effect, ...]]


def advance(state: FlowState, event: Event, desk: Desk) -> Move:
    """Return what follows from an event.

    What does not fit (a late result, a second click, an answer after acceptance) changes nothing.
    Every change of an open case is saved, and what must be looked up is looked up at once.
    """
    if _is_deaf(state, event):
        return state, ()
    handler: Callable[..., Move] = _HANDLERS[type(event)]
    then, effects = handler(state, event, desk)
    if not state.is_open or then == state:
        return then, effects
    then, entailed = settled(state, then, desk)
    is_entered = then.step is not state.step or isinstance(event, Resumed)
    return _followed_up(state, then, (*effects, *entailed), is_entered=is_entered)


def _is_deaf(state: FlowState, event: Event) -> bool:
    """Say whether nothing but the store's answer, or the clerk's return, counts now."""
    if state.waiting is Waiting.ACCEPTING:
        return not isinstance(event, Reported)
    if state.case_state is CaseState.PARKED:
        return not isinstance(event, Reported | Resumed | EndPressed)
    return False


def _followed_up(
    before: FlowState, then: FlowState, effects: tuple[Effect, ...], *, is_entered: bool
) -> Move:
    lookups = due_lookups(before.draft, then.draft, is_entered=is_entered)
    is_saved = any(isinstance(effect, SaveDraft | EndCase) for effect in effects)
    is_changed = (before.draft, before.step, before.case_state) != (
        then.draft,
        then.step,
        then.case_state,
    )
    if is_changed and then.is_open and not is_saved:
        effects = (SaveDraft(then.draft, then.step, then.case_state), *effects)
    return then, (*effects, *lookups)


def _terminal_entered(state: FlowState, event: TerminalEntered, _desk: Desk) -> Move:
    text = event.text.strip()
    if not state.is_open or state.step is not Step.TERMINAL or not text:
        return state, ()
    draft = state.draft
    if text != draft.sn_entered:
        draft = at_other_terminal(draft, text)
    return replace(state, draft=draft, failure=None), (FindTerminal(text, visit=draft.visit),)


def _merchant_picked(state: FlowState, event: MerchantPicked, _desk: Desk) -> Move:
    if not state.is_open or state.step is not Step.TERMINAL:
        return state, ()
    draft = at_other_terminal(state.draft, event.sn)
    return replace(state, draft=draft), (FindTerminal(event.sn, event.merchant_no, draft.visit),)


def _answered(state: FlowState, event: Answered, desk: Desk) -> Move:
    if not state.is_open:
        return state, ()
    draft = noticed(event.answer.on(state.draft), desk.facts.now)
    return replace(state, draft=draft, failure=None, proposal=None, is_further=False), ()


def _minute_passed(state: FlowState, _event: MinutePassed, desk: Desk) -> Move:
    if not state.is_open:
        return state, ()
    return replace(state, draft=calmed(state.draft, desk.facts.now)), ()


def _next(state: FlowState, _event: NextPressed, desk: Desk) -> Move:
    if state.is_over:
        return state, ()
    if state.step in AFTER_ACCEPTANCE:
        return after.next_after_acceptance(state, desk)
    assessment = desk.assess(state.draft)
    if not may_go_on(state, desk):
        return state, ()
    if state.step is Step.ACCEPT:
        waiting = replace(state, waiting=Waiting.ACCEPTING, attempt=state.attempt + 1)
        return replace(waiting, failure=None), (AcceptCase(state.draft),)
    step = next_step(state.step, state.draft, assessment)
    then, effects = entered(state, step)
    if step is Step.REVIEW:
        then = replace(then, case_state=CaseState.AWAITING_REVIEW)
    return then, effects


def may_go_on(state: FlowState, desk: Desk) -> bool:
    """Say whether the next key works: nothing is missing here and nothing stops the case."""
    assessment = desk.assess(state.draft)
    rules = desk.rules_for(state.draft)
    if needs_at(state.step, state.draft, assessment, rules):
        return False
    if state.step is Step.ACCEPT:
        return assessment.may_be_accepted
    return not any(Step(finding.step).rank <= state.step.rank for finding in assessment.stopping())


def _back(state: FlowState, _event: BackPressed, desk: Desk) -> Move:
    step = previous_step(state.step, state.draft, desk.assess(state.draft))
    return _moved_back(state, step)


def _step_picked(state: FlowState, event: StepPicked, desk: Desk) -> Move:
    is_done = event.step.rank < state.step.rank
    if not is_done or event.step not in path(state.draft, desk.assess(state.draft)):
        return state, ()
    return _moved_back(state, event.step)


def _moved_back(state: FlowState, step: Step) -> Move:
    if not state.is_open or step is state.step:
        return state, ()
    then, effects = entered(state, step)
    is_review = step is Step.REVIEW
    case_state = CaseState.AWAITING_REVIEW if is_review else CaseState.DRAFT
    return replace(then, case_state=case_state), effects


def _parked(state: FlowState, event: ParkPressed, _desk: Desk) -> Move:
    if not state.is_open:
        return state, ()
    then, effects = entered(state, state.step)
    then = replace(then, case_state=CaseState.PARKED, waiting=Waiting.ENDING)
    saved = SaveDraft(then.draft, then.step, then.case_state, event.remind_at, event.reason)
    return then, (*effects, saved)


def _resumed(state: FlowState, event: Resumed, _desk: Desk) -> Move:
    if not state.is_open:
        return state, ()
    draft = state.draft
    if event.clerk_id != draft.clerk_id:
        handlers = tuple(dict.fromkeys((*draft.handlers, draft.clerk_id)))
        draft = replace(draft, clerk_id=event.clerk_id, handlers=handlers)
    is_reviewing = state.step is Step.REVIEW
    case_state = CaseState.AWAITING_REVIEW if is_reviewing else CaseState.DRAFT
    then, effects = entered(replace(state, draft=draft, case_state=case_state), state.step)
    return replace(then, code=None), effects


def _ended(state: FlowState, _event: EndPressed, desk: Desk) -> Move:
    if not state.is_open:
        return state, ()
    papers = papers_for_refusal(desk.assess(state.draft).stopping())
    return review.ending(state, CaseState.REFUSED, papers)


def _advised(state: FlowState, _event: AdviseOnlinePressed, _desk: Desk) -> Move:
    if not may_follow(state.case_state, CaseState.ADVISED_ONLINE):
        return state, ()
    return review.ending(state, CaseState.ADVISED_ONLINE, ())


_HANDLERS: dict[type, Callable[..., Move]] = {
    TerminalEntered: _terminal_entered,
    MerchantPicked: _merchant_picked,
    Answered: _answered,
    MinutePassed: _minute_passed,
    NextPressed: _next,
    BackPressed: _back,
    StepPicked: _step_picked,
    ParkPressed: _parked,
    Resumed: _resumed,
    EndPressed: _ended,
    AdviseOnlinePressed: _advised,
    ReadCardPressed: devices.read_card,
    FurtherPressed: devices.further,
    PictureTaken: devices.picture_taken,
    WaitCancelled: devices.wait_cancelled,
    SendCodePressed: devices.send_code,
    CodeTyped: devices.code_typed,
    Progressed: devices.progressed,
    ReviewPressed: review.review_pressed,
    PaperConfirmed: after.paper_confirmed,
    PrintAgainPressed: after.print_again,
    ConfirmationPressed: after.confirmation_pressed,
    DocumentsPressed: more.documents_pressed,
    NumberSlipWritten: after.number_slip_written,
    VoidPressed: after.void_pressed,
    WithdrawPressed: after.withdraw_pressed,
    OfficeMoved: after.office_moved,
    Reported: reported,
}
