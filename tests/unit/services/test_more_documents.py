"""Head office wants more: pictures join the accepted case and go as one more message."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from counter_app.domain.case_state import CaseState
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.reading import DocumentKind
from counter_app.domain.standing import NO_STANDING, Standing
from counter_app.domain.submission import Decision, MessageState, MessageType, Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.flow import effects as fx
from counter_app.flow import events as e
from counter_app.flow import outcomes as o
from counter_app.flow.machine import advance
from counter_app.flow.state import Waiting
from counter_app.flow.steps import Step
from counter_app.ports.stop import never
from counter_app.services.more_documents import MoreDocuments, standing_of
from counter_app.services.notice_content import NoticeFacts
from counter_app.storage.memory_vault import MemoryVault
from tests.unit.flow.visits import Visit, at

LETTER = e.PictureTaken(DocumentKind.LETTER, b"letter as taken", b"letter")
SWAP = "s23_swap"
DAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def answered(verdict: Verdict, name: str = "s01_principal_in_person") -> Visit:
    """A visit whose case was sent and answered."""
    visit = at(Step.DONE, name)
    vault = MemoryVault()
    performer = visit.stage.performer
    acceptance = replace(performer.acceptance, vault=vault)
    visit.stage = replace(
        visit.stage,
        performer=replace(
            performer,
            vault=vault,
            acceptance=acceptance,
            life=replace(performer.life, vault=vault),
            more=MoreDocuments(acceptance),
        ),
    )
    answer(visit, verdict)
    reload(visit)
    return visit


def answer(visit: Visit, verdict: Verdict, which: int = 0, cursor: int = 1) -> None:
    """Head office answers one of the case's messages."""
    now = visit.stage.desk.facts.now
    case_id = visit.state.draft.case_id
    with visit.stage.store.begin() as unit:
        message_id = unit.messages(case_id)[which].message.message_id
        for queued in unit.messages(case_id):
            if queued.state is MessageState.READY:
                unit.claim(queued.message.message_id, now)
                unit.mark(queued.message.message_id, MessageState.ACKED, "", now)
        texts = ("UNCLEAR", "反光", "请重拍")
        channels = (("unionpay", "done"), ("alipay", "pending"), ("other", "odd"))
        said = Decision(
            cursor, message_id, case_id, verdict, *texts, channels, now, ("letter",), DAY
        )
        unit.store_decisions([said], cursor, now)


def reload(visit: Visit) -> None:
    visit.state = visit.stage.performer.life.load(visit.state.draft.case_id)


def messages(visit: Visit) -> list[MessageType]:
    with visit.stage.store.view() as unit:
        return [one.message.type for one in unit.messages(visit.state.draft.case_id)]


def test_the_case_shows_what_is_wanted_and_by_when() -> None:
    visit = answered(Verdict.NEED_MORE)
    said = visit.state.standing.answer
    assert said is not None
    assert (visit.state.case_state, said.wanted, said.deadline) == (
        CaseState.NEED_MORE,
        ("letter",),
        DAY,
    )


def test_pictures_are_kept_counted_and_queued_as_one_message_of_the_same_case() -> None:
    visit = answered(Verdict.NEED_MORE)
    visit.send(LETTER)
    assert visit.state.added == (DocumentKind.LETTER,)
    visit.send(e.DocumentsPressed())
    assert (visit.state.case_state, visit.state.added) == (CaseState.QUEUED, ())
    with visit.stage.store.view() as unit:
        first, more = (one.message for one in unit.messages(visit.state.draft.case_id))
    assert (more.type, more.prev, more.request_no) == (
        MessageType.MORE_DOCUMENTS,
        first.message_id,
        first.request_no,
    )
    assert len(more.blobs) == 2
    assert not set(more.blobs) & set(first.blobs)
    case = json.loads(more.payload)["data"]["case"]
    assert case["corrects"] == first.message_id
    assert [image["ref"] for image in case["images"]] == ["letter.original", "letter"]


def test_what_was_added_is_still_there_after_a_restart() -> None:
    visit = answered(Verdict.NEED_MORE)
    visit.send(LETTER)
    reload(visit)
    assert visit.state.added == (DocumentKind.LETTER,)


def test_nothing_is_sent_before_something_was_added() -> None:
    visit = answered(Verdict.NEED_MORE)
    visit.send(e.DocumentsPressed())
    assert messages(visit) == [MessageType.PHONE_REBIND]
    with pytest.raises(CounterError) as caught:
        visit.stage.performer.more.send(visit.state.draft.case_id, visit.stage.desk)
    assert caught.value.code is FailureCode.NOTHING_ADDED


def test_a_case_of_which_nothing_more_is_wanted_takes_no_picture() -> None:
    visit = answered(Verdict.IN_PROCESS)
    before = visit.state
    visit.send(LETTER)
    visit.send(e.DocumentsPressed())
    assert visit.state == before
    with pytest.raises(CounterError) as caught:
        visit.stage.performer.more.send(visit.state.draft.case_id, visit.stage.desk)
    assert caught.value.code is FailureCode.CASE_IMMUTABLE


def test_a_second_press_while_it_is_queued_changes_nothing() -> None:
    visit = answered(Verdict.NEED_MORE)
    visit.send(LETTER)
    visit.is_holding = True
    visit.send(e.DocumentsPressed())
    assert visit.state.waiting is Waiting.ENDING
    visit.send(e.DocumentsPressed())
    visit.send(LETTER)
    assert [effect for _, effect in visit.held] == [fx.SendDocuments(visit.state.draft.case_id)]


def test_a_late_answer_to_what_went_before_does_not_open_the_case_again() -> None:
    visit = answered(Verdict.NEED_MORE)
    visit.send(LETTER)
    visit.send(e.DocumentsPressed())
    answer(visit, Verdict.NEED_MORE, which=0, cursor=2)
    reload(visit)
    assert visit.state.case_state is CaseState.ACKED
    answer(visit, Verdict.APPLIED, which=1, cursor=3)
    reload(visit)
    assert visit.state.case_state is CaseState.APPLIED


def test_an_answer_about_the_swap_is_not_the_answer_about_the_number() -> None:
    visit = answered(Verdict.IN_PROCESS, SWAP)
    answer(visit, Verdict.REJECTED, which=1, cursor=2)
    reload(visit)
    assert visit.state.case_state is CaseState.IN_PROCESS
    said = visit.state.standing.answer
    assert said is not None
    assert said.verdict is Verdict.IN_PROCESS


def test_a_case_that_head_office_answered_is_withdrawn_and_never_voided() -> None:
    visit = answered(Verdict.NEED_MORE)
    visit.send(LETTER)
    visit.send(e.DocumentsPressed())
    before = visit.state
    visit.send(e.VoidPressed("客户撤回"))
    assert visit.state == before
    visit.send(e.WithdrawPressed("客户撤回"))
    assert messages(visit)[-1] is MessageType.WITHDRAW
    with visit.stage.store.view() as unit:
        last = unit.messages(visit.state.draft.case_id)
    case = json.loads(last[-1].message.payload)["data"]["case"]
    assert case["corrects"] == last[1].message.message_id


def test_the_confirmation_is_printed_once_the_number_is_in_force() -> None:
    visit = answered(Verdict.IN_PROCESS)
    visit.send(e.ConfirmationPressed())
    assert all(line.kind is PaperKind.RECEIPT for line in visit.state.papers)
    answer(visit, Verdict.APPLIED, cursor=2)
    reload(visit)
    visit.send(e.ConfirmationPressed())
    assert [line.kind for line in visit.state.papers] == [
        PaperKind.RECEIPT,
        PaperKind.CONFIRMATION,
    ]
    with visit.stage.store.view() as unit:
        paper = unit.paper(visit.state.draft.case_id, PaperKind.CONFIRMATION.value)
    assert "银联" in paper.record.decode()
    assert "已更新" in paper.record.decode()
    assert "重启终端" in paper.record.decode()


def test_a_confirmation_without_an_answer_says_only_what_is_known() -> None:
    visit = answered(Verdict.APPLIED)
    papers = visit.stage.performer.papers
    with visit.stage.store.view() as unit:
        case = unit.load(visit.state.draft.case_id)
        assert standing_of(unit, "another case") == NO_STANDING
    bare = replace(visit.state.draft, new_number=None)
    lines = papers.print_notices(
        bare,
        (PaperKind.CONFIRMATION,),
        visit.stage.desk,
        NoticeFacts(case.acceptance_no or "", NOW),
        never(),
    )
    assert lines == (o.PaperLine(PaperKind.CONFIRMATION),)


def test_what_head_office_would_not_take_is_told() -> None:
    visit = at(Step.DONE)
    case_id, now = visit.state.draft.case_id, visit.stage.desk.facts.now
    with visit.stage.store.begin() as unit:
        (queued,) = unit.messages(case_id)
        unit.mark(queued.message.message_id, MessageState.FROZEN, "too-large", now)
    reload(visit)
    assert visit.state.standing == Standing(None, "too-large")
    told = e.OfficeMoved(visit.state.case_state, NO_STANDING)
    then, _ = advance(visit.state, told, visit.stage.desk)
    assert then.standing == NO_STANDING
