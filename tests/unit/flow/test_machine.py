"""Moves of a visit, one by one."""

from __future__ import annotations

import pytest

from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import (
    ChangeReason,
    Lookup,
    PresenterRole,
    ReviewDecision,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.flow import answers as a
from counter_app.flow import effects as fx
from counter_app.flow import events as e
from counter_app.flow import outcomes as o
from counter_app.flow.machine import may_go_on
from counter_app.flow.state import Desk
from counter_app.flow.steps import Need, Step, next_step, previous_step
from tests.unit.domain import cases as c
from tests.unit.flow.visits import Visit, at, needs

IN_PERSON, AGENT, SWAP = "s01_principal_in_person", "s02_agent_signed_letter", "s23_swap"
APPROVE = e.ReviewPressed("s01", "", ReviewDecision.APPROVE, "已核对")


def test_the_next_key_works_when_nothing_is_missing() -> None:
    wanted = {
        Step.TERMINAL: {Need.TERMINAL},
        Step.PRESENTER: {Need.PRESENTER, Need.REASON},
        Step.PRESENTER_ID: {Need.DOCUMENT},
        Step.PRINCIPAL_ID: {Need.DOCUMENT},
        Step.LETTER: {Need.LETTER},
        Step.MATERIALS: {Need.LICENCE, Need.SETTLEMENT},
        Step.OLD_NUMBER: {Need.OLD_NUMBER},
        Step.NEW_NUMBER: {Need.NUMBER},
        Step.CONFIRM: {Need.CONSENTS},
        Step.REVIEW: {Need.SECOND_PERSON},
    }
    for step, missing in wanted.items():
        visit = at(step, AGENT)
        assert set(needs(visit)) == missing
        visit.send(e.NextPressed())
        assert visit.state.step is step


def test_a_number_needs_its_second_entry_holder_and_code() -> None:
    visit = at(Step.NEW_NUMBER)
    visit.is_holding = True
    visit.send(e.Answered(a.NumberAnswer(c.NEW_NUMBER)))
    assert set(needs(visit)) == {Need.REPEAT, Need.HOLDER, Need.LOOKUP, Need.CODE}


def test_a_swap_needs_a_serial_number_that_was_looked_up() -> None:
    visit = at(Step.SWAP, SWAP)
    assert needs(visit) == (Need.SWAP_SN,)
    visit.is_holding = True
    visit.send(e.Answered(a.SwapSerialAnswer(f" {c.OTHER_SN} ")))
    assert needs(visit) == (Need.LOOKUP,)
    assert visit.held[-1][1] == fx.LookUpSwap(c.OTHER_SN)


def test_another_reason_needs_words_and_a_document_a_face() -> None:
    visit = at(Step.PRESENTER)
    visit.send(e.Answered(a.PresenterAnswer(PresenterRole.PRINCIPAL)))
    visit.send(e.Answered(a.ReasonAnswer(ChangeReason.OTHER)))
    assert needs(visit) == (Need.REASON_TEXT,)
    visit.send(e.Answered(a.ReasonAnswer(ChangeReason.OTHER, "说明")))
    assert needs(visit) == ()
    visit.send(e.NextPressed())
    visit.send(e.ReadCardPressed())
    assert needs(visit) == (Need.FACE,)


def test_the_first_and_last_step_are_their_own_neighbours() -> None:
    draft = c.in_person()
    assessment = c.assess(draft)
    assert previous_step(Step.TERMINAL, draft, assessment) is Step.TERMINAL
    assert next_step(Step.DONE, draft, assessment) is Step.DONE


def test_back_keeps_what_was_read() -> None:
    visit = at(Step.CONFIRM, AGENT)
    draft = visit.state.draft
    for _ in range(12):
        visit.send(e.BackPressed())
    assert visit.state.step is Step.TERMINAL
    assert visit.state.draft == draft


def test_only_steps_that_were_done_can_be_picked() -> None:
    visit = at(Step.NEW_NUMBER)
    visit.send(e.StepPicked(Step.CONFIRM))
    visit.send(e.StepPicked(Step.LETTER))
    assert visit.state.step is Step.NEW_NUMBER
    visit.send(e.StepPicked(Step.PRESENTER))
    assert visit.state.step is Step.PRESENTER


def test_another_terminal_starts_without_what_was_said_of_the_first_merchant() -> None:
    visit = at(Step.CONFIRM, AGENT)
    visit.send(e.StepPicked(Step.TERMINAL))
    visit.is_holding = True
    visit.send(e.TerminalEntered("X000"))
    draft = visit.state.draft
    assert (draft.lookup, draft.merchant, draft.terminal) == (Lookup.NOT_ASKED, None, None)
    assert (draft.is_settlement_confirmed, draft.old_number, draft.callback) == (None, None, None)
    assert draft.new_number is not None
    assert draft.new_number.bound_to is None
    assert draft.documents
    assert not may_go_on(visit.state, visit.stage.desk)


def test_the_same_terminal_scanned_again_loses_nothing() -> None:
    visit = at(Step.CONFIRM)
    visit.send(e.StepPicked(Step.TERMINAL))
    draft = visit.state.draft
    visit.send(e.TerminalEntered(f" {c.SHOP_SN} "))
    assert visit.state.draft == draft


def test_a_merchant_whose_provider_has_no_rules_stays_outside() -> None:
    visit = Visit.of(IN_PERSON)
    visit.is_holding = True
    visit.send(e.TerminalEntered(c.SHOP_SN))
    stranger = c.shop(provider="nobody")
    found = o.TerminalLookedUp(c.SHOP_SN, Lookup.FOUND, stranger, stranger.terminals[0])
    visit.send(e.Reported(visit.state.attempt, found))
    assert visit.state.failure is FailureCode.RULES_MISSING
    assert visit.state.draft.merchant is None


def test_a_draft_that_outlives_its_pack_is_a_failure_with_words() -> None:
    desk = Desk((c.PACK,), c.segments(), c.facts())
    orphan = c.in_person(merchant=c.shop(provider="nobody"))
    assert not desk.has_rules_of(orphan)
    assert desk.has_rules_of(c.in_person())
    assert desk.has_rules_of(c.in_person(merchant=None))
    with pytest.raises(CounterError) as refused:
        desk.rules_for(orphan)
    assert refused.value.code is FailureCode.RULES_MISSING
    assert refused.value.facts == {"provider": "nobody"}


@pytest.mark.parametrize(
    ("event", "ended"),
    [
        (e.EndPressed(), CaseState.REFUSED),
        (e.AdviseOnlinePressed(), CaseState.ADVISED_ONLINE),
    ],
)
def test_a_case_the_store_could_not_end_has_not_ended(event: e.Event, ended: CaseState) -> None:
    visit = at(Step.MATERIALS)
    visit.is_holding = True
    visit.send(event)
    assert visit.state.case_state is ended
    visit.send(e.Reported(visit.state.attempt, o.Failed(FailureCode.DISK_FULL)))
    assert visit.state.case_state is CaseState.DRAFT
    assert visit.state.failure is FailureCode.DISK_FULL
    assert visit.state.waiting is None
    visit.held.clear()
    visit.is_holding = False
    visit.send(event)
    assert visit.state.case_state is ended


def test_a_refusal_the_store_could_not_keep_goes_back_to_the_second_person() -> None:
    visit = at(Step.REVIEW, "s02_agent_signed_letter")
    visit.is_holding = True
    visit.send(e.ReviewPressed("s01", "", ReviewDecision.REFUSE, "范围不明"))
    while visit.state.case_state is not CaseState.REFUSED:
        visit.release(0)
    visit.send(e.Reported(visit.state.attempt, o.Failed(FailureCode.STORE_LOCKED)))
    assert visit.state.case_state is CaseState.AWAITING_REVIEW
    assert visit.state.step is Step.REVIEW
