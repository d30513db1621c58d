"""Moves of a case of which head office wants more: pictures are added, then all go at once."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.case_state import CaseState
from counter_app.flow.effects import Effect, KeepPicture, SendDocuments
from counter_app.flow.events import DocumentsPressed, PictureTaken
from counter_app.flow.outcomes import PictureRead
from counter_app.flow.state import Desk, FlowState, Waiting

Move = tuple[FlowState, tuple[Effect, ...]]


def may_add(state: FlowState) -> bool:
    """Say whether pictures may be added to the accepted case now."""
    return state.case_state is CaseState.NEED_MORE and state.waiting is None


def keep_picture(case_id: str, event: PictureTaken) -> KeepPicture:
    """Return the keeping of a picture for a case."""
    return KeepPicture(case_id, event.kind, event.original, event.rectified, event.outline)


def picture_taken(state: FlowState, event: PictureTaken) -> Move:
    """Keep a picture for the case; nothing of its draft changes."""
    if not may_add(state):
        return state, ()
    keep = keep_picture(state.draft.case_id, event)
    then = replace(state, waiting=Waiting.PICTURE, attempt=state.attempt + 1, failure=None)
    return then, (keep,)


def picture_kept(state: FlowState, outcome: PictureRead) -> FlowState:
    """Count a picture that is kept, whether or not anything could be read from it."""
    return replace(state, waiting=None, added=(*state.added, outcome.kind))


def documents_pressed(state: FlowState, _event: DocumentsPressed, _desk: Desk) -> Move:
    """Queue what was added; without anything added there is nothing to send."""
    if not may_add(state) or not state.added:
        return state, ()
    then = replace(state, waiting=Waiting.ENDING, attempt=state.attempt + 1, failure=None)
    return then, (SendDocuments(state.draft.case_id),)
