"""Plays a file: sends the flow the events that a clerk would, and reads its state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from counter_app.domain.case_state import CaseState
from counter_app.domain.coaching import CALM_MINUTE, is_held
from counter_app.domain.refusal import can_be_mended_here
from counter_app.flow.by_picture import open_points, settles
from counter_app.flow.effects import Effect
from counter_app.flow.events import (
    AdviseOnlinePressed,
    Answered,
    EndPressed,
    Event,
    MinutePassed,
    NextPressed,
    NumberSlipWritten,
    OfficeMoved,
    PaperConfirmed,
    ParkPressed,
    Reported,
    ReviewPressed,
    VoidPressed,
    WithdrawPressed,
)
from counter_app.flow.machine import advance, may_go_on
from counter_app.flow.outcomes import PaperLine
from counter_app.flow.state import FlowState
from counter_app.flow.steps import HELD_STEPS, Step
from counter_app.ports.stop import never
from counter_app.rehearsal.answering import events_at
from counter_app.rehearsal.file import RehearsalFile
from counter_app.rehearsal.office import office_reports
from counter_app.rehearsal.stage import Stage
from counter_app.rehearsal.visit_tables import MoreTable, ReviewTable

REASON = "演练"
MOST_MOVES = 60


@dataclass(slots=True)
class Player:
    """Plays one visit.

    Attributes:
        printed: Papers in the order of printing.
        seen: Papers of the state when they were noted last.
    """

    file: RehearsalFile
    stage: Stage
    state: FlowState
    reviews: list[ReviewTable] = field(default_factory=list)
    printed: list[PaperLine] = field(default_factory=list)
    seen: tuple[PaperLine, ...] = ()

    def play(self) -> None:
        """Answer every step and go on until the visit is over or stops."""
        self.reviews = list(self.file.visit.reviews)
        for _ in range(MOST_MOVES):
            if not self._step():
                break
        self._close()
        for more in self.file.visit.more:
            if self.state.acceptance_no is not None:
                self._again(more)

    def _again(self, more: MoreTable) -> None:
        """Play the visit's next terminal: what was captured is there already."""
        life = self.stage.performer.life
        self.state = life.again(self.state.draft.case_id, self.file.counter.clerk)
        changes = {**more.model_dump(), "more": ()}
        visit = self.file.visit.model_copy(update=changes)
        self.file = self.file.model_copy(update={"visit": visit})
        self.seen = ()
        self.reviews = list(visit.reviews)
        for _ in range(MOST_MOVES):
            if not self._step():
                break
        self._close()

    def send(self, event: Event) -> None:
        """Send an event and perform what follows, at once and in order."""
        self.state, effects = advance(self.state, event, self.stage.desk)
        for effect in effects:
            self._perform(effect)

    def _perform(self, effect: Effect) -> None:
        attempt = self.state.attempt
        outcome = self.stage.performer.perform(effect, never(), lambda *_: None)
        self.send(Reported(attempt, outcome))
        self._note_papers()

    def _note_papers(self) -> None:
        known = {line.kind: line for line in self.seen}
        self.printed.extend(line for line in self.state.papers if known.get(line.kind) != line)
        self.seen = self.state.papers

    def _step(self) -> bool:
        """Play the current step; say whether there is a next one."""
        step = self.state.step
        if step is Step.REVIEW:
            return self._review()
        if step in {Step.PRINT, Step.HAND_OVER, Step.DONE}:
            return self._after_acceptance()
        for event in events_at(step, self.file, self.stage.desk, lambda: self.state):
            self.send(event)
        points = open_points(self.state, self.stage.desk)
        if points:
            self.send(Answered(settles(self.state, points)))
        if step in HELD_STEPS and is_held(self.state.draft):
            self.stage = self.stage.later(CALM_MINUTE)
            self.send(MinutePassed())
        if not may_go_on(self.state, self.stage.desk):
            return False
        if self._is_end_before(step):
            return False
        self.send(NextPressed())
        return self.state.step is not step

    def _is_end_before(self, step: Step) -> bool:
        """Say whether the visit ends here instead of being accepted."""
        return step is Step.CONFIRM and self.file.visit.end.action in {"park", "advise_online"}

    def _review(self) -> bool:
        if not self.reviews:
            return False
        act = self.reviews.pop(0)
        self.send(ReviewPressed(act.by, "", act.decision, act.reason))
        if self.state.case_state is CaseState.REFUSED:
            return False
        is_returned = self.state.step is Step.CONFIRM
        return bool(self.reviews) or not is_returned

    def _after_acceptance(self) -> bool:
        step = self.state.step
        if step is Step.PRINT:
            if any(line.failure is not None for line in self.state.papers):
                self.send(NumberSlipWritten())
                return False
            self.send(PaperConfirmed())
        else:
            self.send(NextPressed())
        return self.state.step is not step

    def _close(self) -> None:
        """End the visit as the file says, or as its findings demand."""
        action = self.file.visit.end.action
        if self.state.acceptance_no is not None:
            self._after(action)
            return
        if self.state.case_state is not CaseState.DRAFT:
            return
        if action == "park":
            self.send(ParkPressed(REASON))
        elif action == "advise_online":
            self.send(AdviseOnlinePressed())
        elif self._must_end():
            self.send(EndPressed())

    def _after(self, action: str) -> None:
        """Take the accepted case back, or let head office and a correction have their turn."""
        if action == "void_after_accept":
            self.send(VoidPressed(REASON))
        elif action == "withdraw":
            self.send(WithdrawPressed(REASON))
        for report in self.file.visit.office:
            moved = office_reports(self.stage, self.state, report, self.file.now)
            self.send(OfficeMoved(moved))
        if action == "correct":
            self._correct()

    def _correct(self) -> None:
        """Play the visit once more as a correction of the first case."""
        wrong = self.state
        life = self.stage.performer.life
        self.state = life.correct(wrong.draft.case_id, self.file.counter.clerk)
        self.seen = ()
        self.reviews = list(self.file.visit.reviews)
        for _ in range(MOST_MOVES):
            if not self._step():
                break
        self.state = life.load(wrong.draft.case_id)

    def _must_end(self) -> bool:
        stopping = self.stage.desk.assess(self.state.draft).stopping()
        here = tuple(
            finding for finding in stopping if Step(finding.step).rank <= self.state.step.rank
        )
        return bool(here) and not can_be_mended_here(here)


def paper_names(lines: list[PaperLine]) -> Iterator[str]:
    """Yield the papers as the contract names them; `!unprinted` where none came out."""
    for line in lines:
        yield line.kind.value if line.failure is None else f"{line.kind.value}!unprinted"
