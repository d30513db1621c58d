"""A name that no font draws is settled by a picture before the visit goes on."""

from __future__ import annotations

import pytest

from counter_app.domain.by_picture import ByPicture
from counter_app.domain.identity_document import CaptureMethod
from counter_app.domain.reading import DocumentKind
from counter_app.errors import FailureCode
from counter_app.flow import events as e
from counter_app.flow.answers import ByPictureAnswer, DocumentAnswer
from counter_app.flow.by_picture import open_points, settles
from counter_app.flow.effects import KeepPicture
from counter_app.flow.outcomes import PictureRead
from counter_app.flow.state import Waiting
from counter_app.flow.steps import Need, Step
from tests.unit.domain import cases as c
from tests.unit.flow.visits import Visit, at, needs

RARE = "样\U0002ebf0"
POINT = "U+2EBF0"
IMAGE = "ab" * 32


def shown(method: CaptureMethod, image: str | None = None) -> Visit:
    visit = at(Step.PRESENTER_ID)
    document = c.document(name=RARE, captured_by=method, image=image)
    visit.send(e.Answered(DocumentAnswer(document)))
    return visit


def test_the_step_is_not_left_before_the_route_is_chosen() -> None:
    visit = shown(CaptureMethod.CHIP)
    assert Need.BY_PICTURE in needs(visit)
    visit.send(e.NextPressed())
    assert visit.state.step is Step.PRESENTER_ID
    visit.send(e.Answered(ByPictureAnswer((POINT,))))
    assert Need.BY_PICTURE not in needs(visit)


def test_another_name_with_another_character_asks_again() -> None:
    visit = shown(CaptureMethod.TYPED)
    visit.send(e.Answered(ByPictureAnswer((POINT,))))
    visit.send(e.Answered(DocumentAnswer(c.document(name="样\ue000"))))
    assert Need.BY_PICTURE in needs(visit)


def test_an_ordinary_name_asks_nothing() -> None:
    visit = at(Step.PRESENTER_ID)
    visit.send(e.Answered(DocumentAnswer(c.document())))
    assert Need.BY_PICTURE not in needs(visit)
    assert open_points(visit.state, visit.stage.desk) == ()


def test_a_picture_taken_after_the_chip_is_that_of_the_name() -> None:
    visit = shown(CaptureMethod.CHIP)
    before = visit.state.draft.documents
    visit.is_holding = True
    visit.send(e.PictureTaken(DocumentKind.RESIDENT_ID_FRONT, b"raw", b"cut"))
    assert visit.state.waiting is Waiting.PICTURE
    assert any(isinstance(effect, KeepPicture) for _, effect in visit.held)
    outcome = PictureRead(DocumentKind.RESIDENT_ID_FRONT, IMAGE, None, FailureCode.TIMED_OUT)
    visit.send(e.Reported(visit.state.attempt, outcome))
    assert visit.state.draft.by_picture == ByPicture((POINT,), IMAGE)
    assert visit.state.draft.documents == before
    assert (visit.state.proposal, visit.state.failure) == (None, None)


@pytest.mark.parametrize("method", [CaptureMethod.TYPED, CaptureMethod.CAMERA])
def test_without_a_chip_the_picture_is_read_as_always(method: CaptureMethod) -> None:
    visit = shown(method)
    visit.is_holding = True
    visit.send(e.PictureTaken(DocumentKind.RESIDENT_ID_FRONT, b"raw", b"cut"))
    visit.send(
        e.Reported(visit.state.attempt, PictureRead(DocumentKind.RESIDENT_ID_FRONT, IMAGE, None))
    )
    assert visit.state.proposal is not None
    assert visit.state.draft.by_picture is None


def test_a_document_that_the_camera_read_brings_its_picture() -> None:
    camera = shown(CaptureMethod.CAMERA, IMAGE)
    assert settles(camera.state, (POINT,)) == ByPictureAnswer((POINT,), IMAGE)
    chip = shown(CaptureMethod.CHIP, IMAGE)
    assert settles(chip.state, (POINT,)) == ByPictureAnswer((POINT,), None)


def test_a_case_that_is_closed_asks_nothing() -> None:
    visit = shown(CaptureMethod.CHIP)
    visit.send(e.EndPressed())
    assert open_points(visit.state, visit.stage.desk) == ()


def test_the_terminals_merchant_is_not_settled_by_the_terminals_label() -> None:
    visit = at(Step.TERMINAL)
    visit.is_holding = True
    visit.send(e.PictureTaken(DocumentKind.BARCODE, b"raw", b"cut"))
    visit.send(e.Reported(visit.state.attempt, PictureRead(DocumentKind.BARCODE, IMAGE, None)))
    assert visit.state.proposal is not None
    assert visit.state.draft.by_picture is None


def test_one_more_document_is_read_as_always() -> None:
    visit = shown(CaptureMethod.CHIP)
    visit.send(e.Answered(ByPictureAnswer((POINT,))))
    visit.is_holding = True
    visit.send(e.PictureTaken(DocumentKind.RESIDENT_ID_FRONT, b"raw", b"cut"))
    visit.send(
        e.Reported(visit.state.attempt, PictureRead(DocumentKind.RESIDENT_ID_FRONT, IMAGE, None))
    )
    assert visit.state.proposal is not None
