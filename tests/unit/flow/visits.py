"""Visits through the flow on stores in memory, with a watch on what must never happen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from counter_app.bootstrap.troupe import make_troupe
from counter_app.domain.case_state import CaseState, may_follow
from counter_app.domain.coaching import CALM_MINUTE, is_held
from counter_app.domain.draft import Draft, ReviewDecision
from counter_app.errors import FailureCode
from counter_app.flow.effects import AcceptCase, Effect
from counter_app.flow.events import (
    Answered,
    BackPressed,
    Event,
    MinutePassed,
    NextPressed,
    PaperConfirmed,
    ParkPressed,
    Reported,
    Resumed,
    ReviewPressed,
    StepPicked,
)
from counter_app.flow.machine import advance
from counter_app.flow.outcomes import Failed, Outcome
from counter_app.flow.state import FlowState
from counter_app.flow.steps import AFTER_ACCEPTANCE, HELD_STEPS, Need, Step, needs_at, path
from counter_app.ports.stop import never
from counter_app.rehearsal.answering import events_at
from counter_app.rehearsal.file import RehearsalFile, parse_rehearsal
from counter_app.rehearsal.stage import Stage, Troupe, build

FOLDER = Path(__file__).resolve().parents[2] / "rehearsals"
MOVES = (BackPressed, NextPressed, StepPicked, ParkPressed, Resumed)
"""Events that must leave everything that was answered as it is."""


@cache
def troupe() -> Troupe:
    """Return what every visit shares."""
    return make_troupe(None)


@cache
def rehearsal(name: str) -> RehearsalFile:
    """Return a rehearsal file by its name."""
    return parse_rehearsal(name, (FOLDER / f"{name}.toml").read_text("utf-8"))


@dataclass
class Visit:
    """One visit; every event is checked, every effect is performed unless it is held back.

    Attributes:
        held: Effects that are under way, with the attempts that asked for them.
        is_holding: Whether effects wait in `held` instead of being performed at once.
    """

    file: RehearsalFile
    stage: Stage
    state: FlowState
    is_holding: bool = False
    held: list[tuple[int, Effect]] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)

    @classmethod
    def of(cls, name: str) -> Visit:
        """Start the visit of a rehearsal file."""
        file = rehearsal(name)
        stage = build(file, troupe())
        return cls(file, stage, stage.performer.life.start("c01"))

    def send(self, event: Event) -> None:
        """Send an event, check what became of it, and perform what follows."""
        before = self.state
        self.state, effects = advance(before, event, self.stage.desk)
        check(before, self, event)
        self.effects.extend(effects)
        attempt = self.state.attempt
        for effect in effects:
            if self.is_holding:
                self.held.append((attempt, effect))
            else:
                self.send(Reported(attempt, self.perform(effect)))

    def perform(self, effect: Effect) -> Outcome:
        """Perform an effect; known failures may come back, unknown ones never."""
        outcome = self.stage.performer.perform(effect, never(), lambda _done, _expected: None)
        assert outcome != Failed(FailureCode.UNEXPECTED), effect
        return outcome

    def release(self, index: int) -> None:
        """Let one of the effects under way end."""
        attempt, effect = self.held.pop(index % len(self.held))
        self.send(Reported(attempt, self.perform(effect)))

    def go_on_without_waiting(self) -> None:
        """Do the current step as its file says, but let no time pass."""
        for event in events_at(self.state.step, self.file, self.stage.desk, lambda: self.state):
            self.send(event)
        self.send(NextPressed())

    def go_on(self) -> None:
        """Do the current step as its file says, and press the next key."""
        step = self.state.step
        if step is Step.REVIEW:
            self.send(ReviewPressed("s01", "", ReviewDecision.APPROVE, "已核对"))
            return
        if step is Step.PRINT:
            self.send(PaperConfirmed())
            return
        for event in events_at(step, self.file, self.stage.desk, lambda: self.state):
            self.send(event)
        if step in HELD_STEPS and is_held(self.state.draft):
            self.stage = self.stage.later(CALM_MINUTE)
            self.send(MinutePassed())
        self.send(NextPressed())

    def go_to(self, step: Step) -> None:
        """Go on until a step is reached."""
        for _ in range(20):
            if self.state.step is step:
                return
            self.go_on()
        raise AssertionError(f"{step} is not reached from {self.state.step}")

    def accepted(self) -> int:
        """Return how many numbers were given out."""
        with self.stage.store.view() as unit:
            return len(unit.numbers(self.stage.desk.facts.today))

    def queued(self) -> list[str]:
        """Return the types of the messages in the outbox."""
        with self.stage.store.view() as unit:
            return [item.message.type.value for item in unit.waiting()]


def check(before: FlowState, visit: Visit, event: Event) -> None:
    """Fail when an event did what no event may do."""
    then, desk = visit.state, visit.stage.desk
    if then.case_state is not before.case_state:
        is_unended = before.is_over and _is_failure(event)
        assert is_unended or may_follow(before.case_state, then.case_state), (before, event)
    if then.is_open and then.case_state is not CaseState.PARKED:
        assert then.step in path(then.draft, desk.assess(then.draft)), (then.step, event)
    if then.step in AFTER_ACCEPTANCE:
        assert then.acceptance_no is not None
    if before.acceptance_no is not None:
        assert (then.draft, then.acceptance_no) == (before.draft, before.acceptance_no)
    _check_draft(before.draft, visit, event)


def _check_draft(before: Draft, visit: Visit, event: Event) -> None:
    draft = visit.state.draft
    if isinstance(event, Answered):
        assert draft.merchant == before.merchant
    if draft.merchant is not None:
        _check_merchant(draft, visit)
    if answers_in(draft) != answers_in(before):
        assert not isinstance(event, (*MOVES, ReviewPressed)), event
        assert not visit.stage.desk.assess(draft).is_approved, event


def _check_merchant(draft: Draft, visit: Visit) -> None:
    assert draft.merchant is not None
    tables = {table.merchant_no: table for table in visit.file.merchants}
    known = tables[draft.merchant.merchant_no]
    assert known.settlement is not None
    assert draft.merchant.settlement is not None
    assert draft.merchant.settlement.account == known.settlement.account
    assert draft.merchant.phone == known.phone


def answers_in(draft: Draft) -> Draft:
    """Return a draft without who handled and reviewed it."""
    return replace(draft, clerk_id="", handlers=(), reviews=(), reviews_from=0)


def acceptances(visit: Visit) -> int:
    """Return how often acceptance was asked for."""
    return sum(isinstance(effect, AcceptCase) for effect in visit.effects)


def at(step: Step, name: str = "s01_principal_in_person") -> Visit:
    """Return a visit that stands at a step."""
    visit = Visit.of(name)
    visit.go_to(step)
    return visit


def needs(visit: Visit) -> tuple[Need, ...]:
    """Return what the current step still wants."""
    desk, state = visit.stage.desk, visit.state
    rules = desk.rules_for(state.draft)
    return needs_at(state.step, state.draft, desk.assess(state.draft), rules)


def _is_failure(event: Event) -> bool:
    """Say whether the store just told that it did not do what it was asked."""
    return isinstance(event, Reported) and isinstance(event.outcome, Failed)
