"""Moves of devices and saving that a rehearsal never makes."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.case_state import CaseState
from counter_app.domain.identity_document import CaptureMethod
from counter_app.domain.mrz_fields import MrzKey
from counter_app.domain.reading import DocumentKind, FieldName, FieldRead, Reading
from counter_app.errors import FailureCode
from counter_app.flow import answers as a
from counter_app.flow import effects as fx
from counter_app.flow import events as e
from counter_app.flow import outcomes as o
from counter_app.flow.lookups import principal_elsewhere
from counter_app.flow.state import Waiting
from counter_app.flow.steps import Need, Step
from counter_app.rehearsal.answering import events_at
from tests.unit.domain import cases as c
from tests.unit.flow.visits import Visit, at, needs

AGENT = "s02_agent_signed_letter"
UPPER = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
LOWER = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"


def test_a_bank_card_is_compared_where_an_account_is_on_record() -> None:
    visit = at(Step.MATERIALS)
    visit.is_holding = True
    visit.send(e.ReadCardPressed())
    assert visit.state.waiting is Waiting.CARD
    compared = o.SettlementCardCompared("622202****0018", matches=False)
    visit.send(e.Reported(visit.state.attempt, compared))
    then = visit.state
    assert then.waiting is None
    assert then.draft.settlement_card == "622202****0018"
    assert then.draft.settlement_card_matches is False


def test_no_card_is_read_where_no_step_asks_for_one() -> None:
    visit = at(Step.OLD_NUMBER)
    before = visit.state
    visit.send(e.ReadCardPressed())
    assert visit.state == before


def test_a_picture_without_a_zone_is_a_proposal_and_no_wait() -> None:
    visit = at(Step.PRESENTER_ID)
    visit.is_holding = True
    visit.send(e.PictureTaken(DocumentKind.RESIDENT_ID_FRONT, b"raw", b"cut"))
    read = o.PictureRead(DocumentKind.RESIDENT_ID_FRONT, "0" * 64, None)
    visit.send(e.Reported(visit.state.attempt, read))
    assert visit.state.proposal == read
    assert visit.state.waiting is None


def test_a_code_that_nobody_sent_is_not_checked() -> None:
    visit = at(Step.NEW_NUMBER)
    state = replace(visit.state, waiting=Waiting.CODE_CHECK)
    visit.state = state
    visit.send(e.Reported(state.attempt, o.CodeChecked(is_right=True)))
    assert visit.state.draft.new_number is None


def test_a_case_that_could_not_be_put_aside_stays_open() -> None:
    for step, case_state in ((Step.MATERIALS, CaseState.DRAFT), (Step.REVIEW, None)):
        visit = at(step, AGENT)
        visit.is_holding = True
        visit.send(e.ParkPressed("午休"))
        visit.send(e.Reported(visit.state.attempt, o.NotSaved(FailureCode.DISK_FULL)))
        assert visit.state.case_state is (case_state or CaseState.AWAITING_REVIEW)
        assert visit.state.unsaved is FailureCode.DISK_FULL


def test_a_draft_that_could_not_be_saved_is_marked_until_it_is() -> None:
    visit = at(Step.MATERIALS)
    visit.send(e.Reported(visit.state.attempt, o.NotSaved(FailureCode.STORE_LOCKED)))
    assert visit.state.unsaved is FailureCode.STORE_LOCKED
    visit.send(e.Reported(visit.state.attempt, o.Done()))
    assert visit.state.unsaved is None


def test_the_paper_and_the_look_up_of_a_letter_are_waited_for() -> None:
    printing = at(Step.PRINT)
    assert needs(printing) == (Need.PAPER,)
    visit = at(Step.LETTER, AGENT)
    draft = replace(visit.state.draft, letter=c.letter(), is_letter_looked_up=False)
    visit.state = replace(visit.state, draft=draft)
    assert Need.LOOKUP in needs(visit)
    second = replace(draft, is_letter_looked_up=True, substitution_letter=c.letter(digest="L-2"))
    visit.state = replace(visit.state, draft=second)
    assert Need.LOOKUP in needs(visit)
    assert fx.LookUpLetter("L-2", "") != fx.LookUpLetter("L-1", "")


ZONE = o.PictureRead(
    DocumentKind.MRZ,
    "d" * 64,
    Reading(
        DocumentKind.MRZ,
        (
            FieldRead(FieldName.MRZ_LINE_1, UPPER, 0.9),
            FieldRead(FieldName.MRZ_LINE_2, LOWER, 0.9),
            FieldRead(FieldName.DOCUMENT_CODE, "P", 0.9),
            FieldRead(FieldName.DOCUMENT_NUMBER, "L898902C3", 0.9),
        ),
    ),
)


def test_a_zone_that_was_read_waits_for_the_chip_behind_it() -> None:
    visit = at(Step.PRESENTER_ID)
    visit.is_holding = True
    visit.send(e.PictureTaken(DocumentKind.MRZ, b"raw", b"cut"))
    visit.send(e.Reported(visit.state.attempt, ZONE))
    assert visit.state.waiting is Waiting.CARD
    wanted = [effect for _, effect in visit.held if isinstance(effect, fx.ReadChip)]
    assert [effect.key for effect in wanted] == [MrzKey("L898902C3", "740812", "120415")]
    unproved = c.document(captured_by=CaptureMethod.CAMERA)
    visit.send(e.Reported(visit.state.attempt, o.CardRead(unproved)))
    (shown,) = visit.state.draft.documents
    assert shown.captured_by is CaptureMethod.CAMERA


def _stranger_at_the_counter() -> Visit:
    """Return a visit at whose start another merchant's principal showed his card."""
    visit = at(Step.PRESENTER_ID, "terminal_of_another")
    for event in events_at(Step.PRESENTER_ID, visit.file, visit.stage.desk, lambda: visit.state):
        visit.send(event)
    assert visit.state.draft.principal_elsewhere
    return visit


def test_a_strangers_card_read_once_more_is_still_another_merchants() -> None:
    visit = _stranger_at_the_counter()
    before = visit.state.draft.principal_elsewhere
    visit.send(e.Answered(a.DocumentAnswer(visit.state.draft.documents[0])))
    assert visit.state.draft.principal_elsewhere == before


def test_the_number_on_record_with_another_name_is_not_looked_for_elsewhere() -> None:
    visit = _stranger_at_the_counter()
    merchant = visit.state.draft.merchant
    assert merchant is not None
    number = merchant.principal.id_number
    misread = replace(visit.state.draft.documents[0], number=number, name="样本申", born_on=None)
    visit.send(e.Answered(a.DocumentAnswer(misread)))
    assert visit.state.draft.principal_elsewhere == ()
    left = replace(visit.state.draft, merchant=None)
    assert principal_elsewhere(left) is None
