"""The route for a character that no font draws: its picture is kept and counts (以图片为准)."""

from __future__ import annotations

from counter_app.domain.identity_document import CaptureMethod
from counter_app.domain.rare_characters import unsettled
from counter_app.domain.step import Step
from counter_app.flow.answers import ByPictureAnswer
from counter_app.flow.devices import CARD_STEPS, owner_at
from counter_app.flow.state import Desk, FlowState


def open_points(state: FlowState, desk: Desk) -> tuple[str, ...]:
    """Return the code points that still want a picture, of this step and those before it."""
    if not state.is_open:
        return ()
    findings = desk.assess(state.draft).findings
    return unsettled(
        state.draft, tuple(one for one in findings if Step(one.step).rank <= state.step.rank)
    )


def settles(state: FlowState, points: tuple[str, ...]) -> ByPictureAnswer:
    """Return the answer that settles code points by what is kept already.

    A document that the camera read has its picture; from a chip there is a portrait and no name.
    """
    read = (item for item in state.draft.documents if item.captured_by is CaptureMethod.CAMERA)
    return ByPictureAnswer(points, next((item.image for item in read if item.image), None))


def wants_picture_of_name(state: FlowState, desk: Desk) -> bool:
    """Say whether the next picture is evidence of a name that the chip told already."""
    if state.step not in CARD_STEPS or state.is_further:
        return False
    document = state.draft.document_of(owner_at(state))
    is_from_chip = document is not None and document.captured_by is CaptureMethod.CHIP
    return is_from_chip and bool(open_points(state, desk))
