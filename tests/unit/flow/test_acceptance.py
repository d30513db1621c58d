"""Approval, acceptance, papers and what comes after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import (
    Consent,
    Knowledge,
    NumberHolder,
    OldNumberOutcome,
    PresenterRole,
    ReviewDecision,
)
from counter_app.domain.identity_document import Owner, PoliceCheck
from counter_app.domain.paper_parts import PaperKind
from counter_app.errors import FailureCode
from counter_app.flow import answers as a
from counter_app.flow import effects as fx
from counter_app.flow import events as e
from counter_app.flow import outcomes as o
from counter_app.flow.machine import advance, may_go_on
from counter_app.flow.steps import Need, Step
from tests.unit.domain import cases as c
from tests.unit.flow.visits import Visit, acceptances, at, needs

IN_PERSON, AGENT, SWAP = "s01_principal_in_person", "s02_agent_signed_letter", "s23_swap"
APPROVE = e.ReviewPressed("s01", "", ReviewDecision.APPROVE, "已核对")


def test_a_change_after_approval_voids_it_and_is_confirmed_again() -> None:
    visit = at(Step.ACCEPT, AGENT)
    assert may_go_on(visit.state, visit.stage.desk)
    visit.send(e.Answered(a.KnowledgeAnswer(Knowledge.FAILED)))
    assert (visit.state.step, visit.state.case_state) == (Step.CONFIRM, CaseState.DRAFT)
    assert not visit.stage.desk.assess(visit.state.draft).is_approved
    visit.go_to(Step.DONE)
    assert visit.accepted() == 1


def test_the_same_answer_again_changes_nothing() -> None:
    visit = at(Step.ACCEPT, AGENT)
    before = visit.state
    new = before.draft.new_number
    assert new is not None
    visit.send(e.Answered(a.NumberAnswer(new.number)))
    assert visit.state.draft == before.draft
    assert visit.state.step is Step.ACCEPT


def test_answers_about_nothing_change_nothing() -> None:
    draft = c.in_person(new_number=None, documents=())
    assert a.RepeatAnswer("1").on(draft) == draft
    assert a.FaceAnswer(Owner.AGENT, matches=True).on(draft) == draft


def test_an_incomplete_visit_is_never_accepted() -> None:
    visit = at(Step.CONFIRM)
    visit.send(e.Answered(a.ConsentAnswer(frozenset(Consent))))
    visit.send(e.Answered(a.NumberAnswer("13900000009")))
    visit.send(e.NextPressed())
    assert visit.state.step is Step.ACCEPT
    assert Need.CODE in needs(visit)
    visit.send(e.NextPressed())
    assert acceptances(visit) == 0


def test_a_step_that_is_no_longer_met_is_left() -> None:
    visit = at(Step.EVIDENCE, "id_police_mismatch")
    visit.send(e.Answered(a.PoliceAnswer(Owner.PRINCIPAL, PoliceCheck.CONSISTENT)))
    assert visit.state.step is Step.NEW_NUMBER
    visit = at(Step.LETTER, AGENT)
    visit.send(e.Answered(a.PresenterAnswer(PresenterRole.PRINCIPAL)))
    assert visit.state.step is Step.PRESENTER_ID


def test_while_a_case_is_being_accepted_nothing_else_counts() -> None:
    visit = at(Step.ACCEPT)
    visit.is_holding = True
    visit.send(e.NextPressed())
    accepting = visit.state
    for event in (
        e.NextPressed(),
        e.BackPressed(),
        e.EndPressed(),
        e.AdviseOnlinePressed(),
        e.ParkPressed(""),
        e.Resumed("c02"),
        e.Answered(a.CoachedAnswer(is_coached=True)),
        e.Reported(accepting.attempt, o.NumberLookedUp(c.NEW_NUMBER, ("1", "2"))),
    ):
        visit.send(event)
        assert visit.state == accepting
    visit.release(0)
    assert visit.state.case_state is CaseState.ACCEPTED_UNPRINTED


def test_a_review_that_is_left_and_come_back_to_waits_again() -> None:
    visit = at(Step.ACCEPT, AGENT)
    visit.send(e.BackPressed())
    assert (visit.state.step, visit.state.case_state) == (Step.REVIEW, CaseState.AWAITING_REVIEW)
    visit.send(e.ParkPressed("等复核"))
    visit.send(e.Resumed("c01"))
    assert (visit.state.step, visit.state.case_state) == (Step.REVIEW, CaseState.AWAITING_REVIEW)
    visit.send(e.AdviseOnlinePressed())
    assert visit.state.case_state is CaseState.AWAITING_REVIEW
    visit.send(APPROVE)
    assert visit.state.step is Step.ACCEPT


def test_an_approval_that_is_not_enough_keeps_waiting() -> None:
    visit = at(Step.CONFIRM, AGENT)
    visit.send(e.Answered(a.CoachedAnswer(is_coached=True)))
    visit.send(e.Answered(a.KnowledgeAnswer(Knowledge.FAILED)))
    visit.send(e.Answered(a.PoliceAnswer(Owner.AGENT, PoliceCheck.PHOTO_DIFFERS)))
    visit.send(e.Answered(a.HolderAnswer(NumberHolder.PRINCIPAL)))
    old = OldNumberOutcome.DECLINED
    visit.send(e.Answered(a.OldNumberAnswer(old)))
    visit.go_to(Step.REVIEW)
    visit.send(e.Answered(a.OldNumberAnswer(old)))
    visit.go_to(Step.REVIEW)
    visit.send(APPROVE)
    assert visit.state.step is Step.REVIEW
    manager = replace(APPROVE, account_id="m01")
    visit.send(manager)
    assert visit.state.step is Step.ACCEPT


@pytest.mark.parametrize("step", [Step.PRESENTER, Step.EVIDENCE, Step.CONFIRM, Step.REVIEW])
def test_a_coached_customer_gets_a_calm_minute_wherever_it_is_noticed(step: Step) -> None:
    visit = at(step, AGENT)
    visit.send(e.Answered(a.CoachedAnswer(is_coached=True)))
    for _ in range(20):
        if Need.CALM_MINUTE in needs(visit):
            break
        visit.go_on_without_waiting()
    held = visit.state.step
    assert held in {Step.EVIDENCE, Step.CONFIRM}
    visit.go_on_without_waiting()
    visit.send(e.MinutePassed())
    assert visit.state.step is held
    visit.stage = visit.stage.later(timedelta(seconds=59))
    visit.send(e.MinutePassed())
    visit.go_on_without_waiting()
    assert visit.state.step is held
    visit.stage = visit.stage.later(timedelta(seconds=1))
    visit.send(e.MinutePassed())
    visit.go_on_without_waiting()
    assert visit.state.step.rank > held.rank


def test_the_calm_minute_leaves_an_approval_as_it_is() -> None:
    visit = at(Step.CONFIRM, AGENT)
    visit.send(e.Answered(a.CoachedAnswer(is_coached=True)))
    visit.stage = visit.stage.later(timedelta(seconds=60))
    visit.send(e.MinutePassed())
    visit.go_to(Step.ACCEPT)
    before = visit.state
    visit.send(e.MinutePassed())
    assert visit.state == before


def test_a_closed_visit_has_no_minute() -> None:
    visit = at(Step.PRINT)
    before = visit.state
    visit.send(e.MinutePassed())
    assert visit.state == before


def test_a_held_case_is_not_accepted_by_the_store_either() -> None:
    visit = at(Step.ACCEPT, AGENT)
    held = replace(visit.state.draft, is_coached=True)
    outcome = visit.perform(fx.AcceptCase(held))
    assert outcome == o.Failed(FailureCode.CASE_NOT_ACCEPTABLE)


def test_pending_look_ups_are_asked_again_when_a_case_is_taken_up() -> None:
    visit = at(Step.NEW_NUMBER)
    visit.is_holding = True
    visit.send(e.Answered(a.NumberAnswer(c.NEW_NUMBER)))
    visit.held.clear()
    visit.send(e.ParkPressed("午休"))
    visit.send(e.Resumed("c01"))
    assert fx.LookUpNumber in {type(effect) for _, effect in visit.held}


def test_before_a_merchant_is_known_nothing_is_looked_up() -> None:
    visit = Visit.of(IN_PERSON)
    visit.send(e.Answered(a.NumberAnswer(c.NEW_NUMBER)))
    assert {type(effect) for effect in visit.effects} == {fx.SaveDraft}


def test_after_acceptance_answers_and_ends_are_too_late() -> None:
    visit = at(Step.PRINT)
    before = visit.state
    for event in (
        e.Answered(a.CoachedAnswer(is_coached=True)),
        e.BackPressed(),
        e.StepPicked(Step.TERMINAL),
        e.ParkPressed(""),
        e.Resumed("c02"),
        e.EndPressed(),
        e.AdviseOnlinePressed(),
        e.NextPressed(),
        e.VoidPressed("  "),
        e.WithdrawPressed(""),
        e.NumberSlipWritten(),
        e.OfficeMoved(CaseState.DRAFT),
    ):
        visit.send(event)
        assert visit.state == before


def test_a_case_that_ended_stays_ended() -> None:
    visit = at(Step.CONFIRM)
    visit.send(e.EndPressed())
    before = visit.state
    assert before.is_over
    for event in (e.NextPressed(), e.EndPressed(), e.VoidPressed("x")):
        visit.send(event)
        assert visit.state == before


def test_the_sender_may_be_quicker_than_the_paper() -> None:
    visit = at(Step.PRINT)
    visit.send(e.OfficeMoved(CaseState.SENT))
    visit.send(e.PaperConfirmed())
    assert (visit.state.step, visit.state.case_state) == (Step.DONE, CaseState.SENT)


def test_a_jam_is_printed_again_and_the_slip_is_no_paper() -> None:
    visit = at(Step.PRINT, "s22_printer_jam")
    assert visit.state.failure is FailureCode.PRINTER_JAM
    visit.send(e.PaperConfirmed())
    assert visit.state.step is Step.PRINT
    visit.send(e.NumberSlipWritten())
    visit.send(e.NumberSlipWritten())
    assert [line.kind for line in visit.state.papers] == [
        PaperKind.RECEIPT,
        PaperKind.NUMBER_SLIP,
    ]
    visit.is_holding = True
    visit.send(e.PrintAgainPressed())
    assert visit.held[-1][1] == fx.PrintPapers(visit.state.draft.case_id, (PaperKind.RECEIPT,))
    printed = o.PapersPrinted((o.PaperLine(PaperKind.RECEIPT),))
    visit.send(e.Reported(visit.state.attempt, printed))
    visit.send(e.PaperConfirmed())
    assert visit.held[-1][1] == fx.ConfirmPapers(visit.state.draft.case_id, (PaperKind.RECEIPT,))


def test_of_a_voided_case_only_the_notice_is_printed_again() -> None:
    visit = at(Step.DONE)
    visit.send(e.PrintAgainPressed())
    assert visit.effects[-1] == fx.PrintPapers(visit.state.draft.case_id, (PaperKind.RECEIPT,))
    visit.send(e.VoidPressed("客户撤回"))
    assert visit.state.case_state is CaseState.VOIDED
    visit.send(e.PrintAgainPressed())
    last = [effect for effect in visit.effects if isinstance(effect, fx.PrintPapers)][-1]
    assert last.kinds == (PaperKind.VOID_NOTICE,)


def test_a_state_that_may_not_follow_is_not_shown() -> None:
    visit = at(Step.DONE)
    visit.is_holding = True
    visit.send(e.VoidPressed("客户撤回"))
    visit.send(e.OfficeMoved(CaseState.SENT))
    visit.send(e.Reported(visit.state.attempt, o.StateChanged(CaseState.VOIDED)))
    assert visit.state.case_state is CaseState.SENT


def test_a_swap_is_handed_over_after_its_papers() -> None:
    visit = at(Step.HAND_OVER, SWAP)
    assert visit.queued() == ["PHONE_REBIND", "TERMINAL_SWAP"]
    visit.send(e.NextPressed())
    assert visit.state.step is Step.DONE


def test_a_returned_case_is_the_clerks_again() -> None:
    visit = at(Step.REVIEW, AGENT)
    visit.send(replace(APPROVE, decision=ReviewDecision.RETURN))
    assert (visit.state.step, visit.state.case_state) == (Step.CONFIRM, CaseState.DRAFT)
    visit.go_to(Step.REVIEW)
    visit.send(replace(APPROVE, account_id="c01"))
    assert visit.state.step is Step.REVIEW
    visit.send(replace(APPROVE, decision=ReviewDecision.REFUSE))
    assert visit.state.case_state is CaseState.REFUSED


def test_advance_is_pure() -> None:
    visit = at(Step.CONFIRM, AGENT)
    desk, state = visit.stage.desk, visit.state
    assert advance(state, e.NextPressed(), desk) == advance(state, e.NextPressed(), desk)
    assert state == visit.state
