"""Cards, pictures, codes and look-ups: which outcome counts, and for what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.checks import Severity
from counter_app.domain.draft import (
    AgentHistory,
    CodeOutcome,
    Lookup,
    ReviewDecision,
)
from counter_app.domain.identity_document import CaptureMethod, Owner
from counter_app.domain.reading import DocumentKind
from counter_app.errors import FailureCode
from counter_app.flow import answers as a
from counter_app.flow import effects as fx
from counter_app.flow import events as e
from counter_app.flow import outcomes as o
from counter_app.flow.state import Waiting
from counter_app.flow.steps import Need, Step
from counter_app.rehearsal.doubles import RIGHT_CODE, WRONG_CODE
from tests.unit.domain import cases as c
from tests.unit.flow.visits import Visit, at, needs

IN_PERSON, AGENT, SWAP = "s01_principal_in_person", "s02_agent_signed_letter", "s23_swap"
APPROVE = e.ReviewPressed("s01", "", ReviewDecision.APPROVE, "已核对")


def test_facts_about_something_else_are_passed_over() -> None:
    visit = at(Step.CONFIRM, AGENT)
    before = visit.state
    for fact in (
        o.TerminalLookedUp("X", Lookup.UNKNOWN_TERMINAL),
        o.NumberLookedUp("13900000009", ("1",)),
        o.LetterLookedUp("L-9", c.TODAY, c.TODAY),
        o.AgentLookedUp((c.ELDER_ID,), AgentHistory(9)),
        o.PrincipalLookedUp(c.ELDER_ID, ("102110054990009",)),
        o.SwapLookedUp("X", is_known=True),
    ):
        visit.send(e.Reported(before.attempt, fact))
    assert visit.state == before


def test_a_code_to_another_number_proves_nothing() -> None:
    visit = at(Step.NEW_NUMBER)
    for answer in (a.NumberAnswer(c.NEW_NUMBER), a.RepeatAnswer(c.NEW_NUMBER)):
        visit.send(e.Answered(answer))
    visit.send(e.SendCodePressed())
    assert visit.state.code is not None
    for answer in (a.NumberAnswer("13900000009"), a.RepeatAnswer("13900000009")):
        visit.send(e.Answered(answer))
    visit.send(e.CodeTyped(RIGHT_CODE))
    assert visit.state.code is None
    assert visit.state.draft.new_number is not None
    assert visit.state.draft.new_number.code is None


def test_a_check_under_way_ends_when_the_number_changes() -> None:
    visit = at(Step.NEW_NUMBER)
    for answer in (a.NumberAnswer(c.NEW_NUMBER), a.RepeatAnswer(c.NEW_NUMBER)):
        visit.send(e.Answered(answer))
    visit.send(e.SendCodePressed())
    visit.is_holding = True
    visit.send(e.CodeTyped(RIGHT_CODE))
    assert visit.state.waiting is Waiting.CODE_CHECK
    visit.send(e.Answered(a.NumberAnswer("13900000009")))
    assert visit.state.waiting is None
    visit.is_holding = False
    while visit.held:
        visit.release(0)
    assert visit.state.draft.new_number is not None
    assert visit.state.draft.new_number.code is None


def _ready_for_code() -> Visit:
    visit = at(Step.NEW_NUMBER)
    visit.send(e.CodeTyped(RIGHT_CODE))
    visit.send(e.SendCodePressed())
    assert visit.state.code is None
    for answer in (a.NumberAnswer(c.NEW_NUMBER), a.RepeatAnswer(c.NEW_NUMBER)):
        visit.send(e.Answered(answer))
    visit.send(e.SendCodePressed())
    return visit


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "一二三四五六", "12345a"])
def test_only_a_code_of_the_right_form_is_checked(typed: str) -> None:
    visit = _ready_for_code()
    visit.send(e.CodeTyped(typed))
    assert visit.state.code is not None
    assert visit.state.code.tries == 0


def test_five_wrong_codes_fail_and_a_new_one_mends() -> None:
    visit = _ready_for_code()
    for _ in range(6):
        visit.send(e.CodeTyped(WRONG_CODE))
    new = visit.state.draft.new_number
    assert new is not None
    assert new.code is CodeOutcome.FAILED
    visit.send(e.SendCodePressed())  # not sooner than the pack allows
    visit.send(e.CodeTyped(RIGHT_CODE))
    assert visit.state.draft.new_number == new
    late = replace(visit.stage.desk.facts, now=c.NOW + timedelta(seconds=60))
    visit.stage = replace(visit.stage, desk=replace(visit.stage.desk, facts=late))
    visit.send(e.SendCodePressed())
    visit.send(e.CodeTyped(RIGHT_CODE))
    assert visit.state.draft.new_number == replace(new, code=CodeOutcome.PASSED)


def test_a_code_is_good_for_five_minutes() -> None:
    visit = _ready_for_code()
    assert visit.state.code is not None
    late = replace(visit.stage.desk.facts, now=visit.state.code.sent_at + timedelta(seconds=301))
    visit.stage = replace(visit.stage, desk=replace(visit.stage.desk, facts=late))
    visit.send(e.CodeTyped(RIGHT_CODE))
    assert visit.state.draft.new_number is not None
    assert visit.state.draft.new_number.code is None


def test_what_a_device_reads_is_shown_as_progress() -> None:
    visit = at(Step.PRESENTER_ID)
    visit.send(e.Progressed(visit.state.attempt, 1, 2))
    assert visit.state.progress is None
    visit.is_holding = True
    visit.send(e.ReadCardPressed())
    visit.send(e.ReadCardPressed())
    assert [type(effect) for _, effect in visit.held] == [fx.ReadChip]
    visit.send(e.Progressed(visit.state.attempt, 128, 2048))
    assert visit.state.progress == (128, 2048)
    visit.send(e.Progressed(visit.state.attempt - 1, 256, 2048))
    assert visit.state.progress == (128, 2048)


def test_waiting_for_a_card_can_be_given_up() -> None:
    visit = at(Step.PRESENTER_ID)
    visit.send(e.WaitCancelled())
    visit.is_holding = True
    visit.send(e.ReadCardPressed())
    waited = visit.state.attempt
    visit.send(e.WaitCancelled())
    assert visit.state.waiting is None
    assert visit.effects[-1] == fx.StopWaiting(waited)
    visit.release(0)
    assert not visit.state.draft.documents


def test_an_answer_meanwhile_does_not_end_the_wait_for_a_card() -> None:
    visit = at(Step.PRESENTER_ID)
    visit.is_holding = True
    visit.send(e.ReadCardPressed())
    visit.send(e.Answered(a.TicketAnswer("A001")))
    visit.release(1)
    assert visit.state.waiting is Waiting.CARD
    visit.release(0)
    assert visit.state.draft.documents


def test_a_picture_ends_the_wait_for_a_card() -> None:
    visit = at(Step.PRESENTER_ID)
    visit.is_holding = True
    visit.send(e.ReadCardPressed())
    picture = e.PictureTaken(DocumentKind.RESIDENT_ID_FRONT, b"1", b"2")
    visit.send(picture)
    visit.send(picture)
    kinds = [type(effect) for _, effect in visit.held]
    assert kinds == [fx.ReadChip, fx.StopWaiting, fx.KeepPicture]
    read = o.PictureRead(picture.kind, "0" * 64, None, FailureCode.IMAGE_UNREADABLE)
    visit.send(e.Reported(visit.state.attempt, read))
    assert (visit.state.proposal, visit.state.failure) == (read, FailureCode.IMAGE_UNREADABLE)


def test_a_picture_is_not_wanted_everywhere() -> None:
    visit = at(Step.CONFIRM)
    before = visit.state
    visit.send(e.PictureTaken(DocumentKind.RESIDENT_ID_FRONT, b"1", b"2"))
    visit.send(e.ReadCardPressed())
    visit.send(e.MerchantPicked(c.SHOP_NO, c.SHOP_SN))
    visit.send(e.TerminalEntered("X000"))
    visit.send(APPROVE)
    assert visit.state == before


def test_a_stop_is_no_failure() -> None:
    visit = at(Step.PRESENTER_ID)
    visit.is_holding = True
    visit.send(e.ReadCardPressed())
    visit.send(e.Reported(visit.state.attempt, o.Failed(FailureCode.STOPPED)))
    assert (visit.state.waiting, visit.state.failure) == (None, None)


@pytest.mark.parametrize("code", [FailureCode.CARD_NOT_GENUINE, FailureCode.CARD_CHECK_FAILED])
def test_a_failed_proof_of_the_chip_is_kept_as_a_hint_until_a_chip_is_read(
    code: FailureCode,
) -> None:
    visit = at(Step.PRESENTER_ID)
    visit.is_holding = True
    for _ in range(2):
        visit.send(e.ReadCardPressed())
        visit.send(e.Reported(visit.state.attempt, o.Failed(code)))
    assert visit.state.failure is code
    assert visit.state.draft.chip_doubts == (Owner.PRINCIPAL,)
    doubted = visit.state.draft
    assert c.codes(doubted)["ID.chip_doubted"] is Severity.REVIEW
    photographed = c.document(captured_by=CaptureMethod.CAMERA)
    visit.send(e.Answered(a.DocumentAnswer(photographed)))
    assert visit.state.draft.chip_doubts == (Owner.PRINCIPAL,)
    visit.is_holding = False
    visit.send(e.ReadCardPressed())
    assert visit.state.draft.documents[0].captured_by is CaptureMethod.CHIP
    assert visit.state.draft.chip_doubts == ()


@pytest.mark.parametrize("code", [FailureCode.CARD_REFUSED_READER, FailureCode.CARD_REMOVED])
def test_other_failures_of_a_card_leave_no_hint(code: FailureCode) -> None:
    visit = at(Step.PRESENTER_ID)
    visit.is_holding = True
    visit.send(e.ReadCardPressed())
    visit.send(e.Reported(visit.state.attempt, o.Failed(code)))
    assert visit.state.draft.chip_doubts == ()


def test_a_second_agents_card_stands_beside_the_first() -> None:
    visit = at(Step.PRESENTER_ID, "s09_two_agents_both_present")
    visit.send(e.FurtherPressed())
    assert not visit.state.is_further  # nothing is there to stand beside
    visit.send(e.ReadCardPressed())
    visit.send(e.FurtherPressed())
    assert not visit.state.is_further  # the first face was not compared yet
    (first,) = visit.state.draft.documents
    visit.send(e.Answered(a.FaceAnswer(Owner.AGENT, matches=True, number=first.number)))
    visit.send(e.FurtherPressed())
    assert visit.state.is_further
    visit.send(e.FurtherPressed())
    assert not visit.state.is_further
    visit.send(e.FurtherPressed())
    visit.send(e.ReadCardPressed())
    assert [item.number for item in visit.state.draft.documents] == [first.number] * 2
    assert not visit.state.is_further
    assert visit.state.draft.agent_history is not None


def test_one_more_document_may_be_typed_and_replaced_by_itself() -> None:
    visit = at(Step.PRESENTER_ID, "s09_two_agents_both_present")
    visit.send(e.ReadCardPressed())
    (first,) = visit.state.draft.documents
    visit.send(e.Answered(a.FaceAnswer(Owner.AGENT, matches=True)))
    visit.send(e.FurtherPressed())
    second = c.document(Owner.AGENT, number=c.ELDER_ID, name="样本丙", face_matches=None)
    visit.send(e.Answered(a.FurtherDocumentAnswer(second)))
    assert not visit.state.is_further
    assert Need.FACE in needs(visit)
    again = replace(second, name="样本丁")
    visit.send(e.Answered(a.DocumentAnswer(again)))
    names = [item.name for item in visit.state.draft.documents]
    assert names == [first.name, "样本丁"]
    visit.send(e.Answered(a.FaceAnswer(Owner.AGENT, matches=False, number=c.ELDER_ID)))
    assert [item.face_matches for item in visit.state.draft.documents] == [True, False]
    assert Need.FACE not in needs(visit)


def test_one_more_document_is_forgotten_when_the_step_is_left() -> None:
    visit = at(Step.PRINCIPAL_ID, AGENT)
    visit.send(e.ReadCardPressed())
    visit.send(e.FurtherPressed())
    assert visit.state.is_further
    visit.send(e.BackPressed())
    assert not visit.state.is_further
    other = at(Step.OLD_NUMBER)
    other.send(e.FurtherPressed())
    assert not other.state.is_further
