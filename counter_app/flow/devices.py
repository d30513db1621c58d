"""Moves that start and stop devices: card, camera, one-time code."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.identity_document import Owner
from counter_app.domain.mrz_fields import MrzKey
from counter_app.domain.step import Step
from counter_app.flow import more
from counter_app.flow.effects import (
    CheckCode,
    Effect,
    ReadBankCard,
    ReadChip,
    SendCode,
    StopWaiting,
)
from counter_app.flow.events import (
    CodeTyped,
    FurtherPressed,
    PictureTaken,
    Progressed,
    ReadCardPressed,
    SendCodePressed,
    WaitCancelled,
)
from counter_app.flow.state import Desk, FlowState, Waiting

Move = tuple[FlowState, tuple[Effect, ...]]
CARD_STEPS = frozenset({Step.PRESENTER_ID, Step.PRINCIPAL_ID})
PICTURE_STEPS = CARD_STEPS | {Step.TERMINAL, Step.LETTER, Step.MATERIALS, Step.OLD_NUMBER}


def owner_at(state: FlowState) -> Owner:
    """Return whose document the current step asks for."""
    is_presenter = state.step is not Step.PRINCIPAL_ID
    return state.draft.presenter_owner if is_presenter else Owner.PRINCIPAL


def _waiting(state: FlowState, what: Waiting) -> FlowState:
    return replace(
        state,
        waiting=what,
        attempt=state.attempt + 1,
        failure=None,
        progress=None,
        phase=None,
        proposal=None,
    )


def read_card(state: FlowState, event: ReadCardPressed, _desk: Desk) -> Move:
    """Start to wait for a card; a second press while waiting changes nothing."""
    if not state.is_open or state.waiting is not None:
        return state, ()
    if state.step in CARD_STEPS:
        return _waiting(state, Waiting.CARD), (chip_wanted(state, event.key),)
    settlement = state.draft.merchant.settlement if state.draft.merchant is not None else None
    if state.step is Step.MATERIALS and settlement is not None:
        return _waiting(state, Waiting.CARD), (ReadBankCard(settlement.account),)
    return state, ()


def may_add_document(state: FlowState) -> bool:
    """Say whether one more document may be shown: only beside a first one that is complete."""
    if not state.is_open or state.step not in CARD_STEPS:
        return False
    shown = state.draft.documents_of(owner_at(state))
    is_compared = all(item.face_matches is not None for item in shown)
    return bool(shown) and (is_compared or state.step is Step.PRINCIPAL_ID)


def further(state: FlowState, _event: FurtherPressed, _desk: Desk) -> Move:
    """Ask for one more document, or no longer."""
    if state.waiting is not None or not (state.is_further or may_add_document(state)):
        return state, ()
    then = replace(state, is_further=not state.is_further, failure=None, proposal=None)
    return then, ()


def chip_wanted(state: FlowState, key: MrzKey | None) -> ReadChip:
    """Return the reading of the document that the current step asks for."""
    return ReadChip(owner_at(state), state.draft.case_id, key)


def picture_taken(state: FlowState, event: PictureTaken, _desk: Desk) -> Move:
    """Keep and read a picture; a wait for the card ends, the camera was quicker."""
    if not state.is_open:
        return more.picture_taken(state, event)
    if state.step not in PICTURE_STEPS:
        return state, ()
    if state.waiting not in {None, Waiting.CARD}:
        return state, ()
    stopped = (StopWaiting(state.attempt),) if state.waiting is Waiting.CARD else ()
    keep = more.keep_picture(state.draft.case_id, event)
    return _waiting(state, Waiting.PICTURE), (*stopped, keep)


def wait_cancelled(state: FlowState, _event: WaitCancelled, _desk: Desk) -> Move:
    """Stop waiting for a card or a picture; other waits end by themselves."""
    if state.waiting not in {Waiting.CARD, Waiting.PICTURE}:
        return state, ()
    then = replace(state, waiting=None, attempt=state.attempt + 1, progress=None, phase=None)
    return then, (StopWaiting(state.attempt),)


def send_code(state: FlowState, _event: SendCodePressed, desk: Desk) -> Move:
    """Send a code, not sooner after the last one than the pack allows."""
    new = state.draft.new_number
    is_here = state.step is Step.NEW_NUMBER and state.is_open and state.waiting is None
    if not is_here or new is None or new.repeated != new.number:
        return state, ()
    policy = desk.rules_for(state.draft).code
    if state.code is not None:
        passed_s = (desk.facts.now - state.code.sent_at).total_seconds()
        if passed_s < policy.resend_after_s:
            return state, ()
    return _waiting(state, Waiting.CODE_SENDING), (SendCode(new.number),)


def code_typed(state: FlowState, event: CodeTyped, desk: Desk) -> Move:
    """Check a code of the right length that is still good."""
    if state.step is not Step.NEW_NUMBER or state.waiting is not None or state.code is None:
        return state, ()
    policy = desk.rules_for(state.draft).code
    is_stale = (desk.facts.now - state.code.sent_at).total_seconds() > policy.valid_s
    is_number = len(event.code) == policy.digits and event.code.isascii() and event.code.isdigit()
    if not is_number or is_stale or state.code.tries >= policy.tries:
        return state, ()
    check = CheckCode(state.code.message_id, event.code)
    return _waiting(state, Waiting.CODE_CHECK), (check,)


def progressed(state: FlowState, event: Progressed, _desk: Desk) -> Move:
    """Show how far the device that works now has come."""
    if event.attempt != state.attempt or state.waiting is None:
        return state, ()
    return replace(state, progress=(event.done, event.expected), phase=event.phase), ()
