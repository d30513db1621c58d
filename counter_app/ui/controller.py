"""Holds the visit: takes events, lets the flow decide, hands effects to the lanes."""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QObject, Qt, Signal, Slot

from counter_app.domain.account import Account
from counter_app.domain.card_phase import CardPhase
from counter_app.flow.effects import (
    CheckCode,
    Effect,
    KeepPicture,
    PrintNotices,
    PrintPapers,
    ReadBankCard,
    ReadChip,
    SendCode,
    StopWaiting,
)
from counter_app.flow.events import Event, Progressed, Reported
from counter_app.flow.machine import advance, may_go_on
from counter_app.flow.outcomes import Outcome
from counter_app.flow.state import FlowState
from counter_app.flow.steps import Step, needs_at, next_step, path
from counter_app.ports.stop import never
from counter_app.ui.jobs import Lane
from counter_app.ui.page import PageKit, StepView

log = logging.getLogger(__name__)


class Stopper:
    """A stop that the window sets."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Say that nobody waits any more."""
        self._event.set()

    def is_set(self) -> bool:
        """Say whether nobody waits any more."""
        return self._event.is_set()

    def wait(self, timeout_s: float) -> bool:
        """Sleep up to `timeout_s` seconds; return at once with True when nobody waits."""
        return self._event.wait(timeout_s)


class Controller(QObject):
    """The one open visit.

    Signals:
        changed: The state was replaced; ask for `view()`.
        failed: Something failed just now; perhaps a device is gone.
    """

    changed = Signal()
    failed = Signal()
    _reported = Signal(str, int, object)

    def __init__(self, kit: PageKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._stops: dict[int, Stopper] = {}
        self.state: FlowState | None = None
        self.account: Account | None = None
        self._reported.connect(self._take_report, Qt.ConnectionType.QueuedConnection)

    def open(self, state: FlowState) -> None:
        """Take up a visit."""
        log.info("visit opened: case=%s step=%s", state.draft.case_id, state.step)
        self.state = state
        self.changed.emit()

    def take_up(self, state: FlowState, event: Event) -> None:
        """Take up a stored visit; the flow answers before anything of it is shown."""
        log.info("visit taken up: case=%s step=%s", state.draft.case_id, state.step)
        self.state = state
        self.send(event)

    def close_visit(self) -> None:
        """Let the visit go; whatever it waited for is no longer waited for."""
        self._stop_everything()
        self.state = None
        self.changed.emit()

    def shut_down(self) -> None:
        """Stop every wait and close the lanes."""
        self._stop_everything()
        self._kit.lanes.close()

    @Slot(object)
    def send(self, event: Event) -> None:
        """Let the flow answer an event."""
        if self.state is None or self.account is None:
            return
        desk = self._kit.parts.make_desk()
        before = self.state
        then, effects = advance(before, event, desk)
        if then == before and not effects:
            return
        self.state = then
        if then.step is not before.step:
            log.info("step: case=%s from=%s to=%s", then.draft.case_id, before.step, then.step)
        for effect in effects:
            self._start(effect, then)
        if then.failure is not None and then.failure is not before.failure:
            self.failed.emit()
        self.changed.emit()

    def view(self) -> StepView | None:
        """Return what pages may show now, or None without a visit."""
        if self.state is None or self.account is None:
            return None
        desk = self._kit.parts.make_desk()
        draft = self.state.draft
        assessment, rules = desk.assess(draft), desk.rules_for(draft)
        return StepView(
            state=self.state,
            assessment=assessment,
            rules=rules,
            needs=needs_at(self.state.step, draft, assessment, rules),
            facts=desk.facts,
            viewer_roles=self.account.roles,
            may_go_on=may_go_on(self.state, desk),
        )

    def _start(self, effect: Effect, state: FlowState) -> None:
        if isinstance(effect, StopWaiting):
            self._stop(effect.attempt)
            return
        case_id, attempt = state.draft.case_id, state.attempt
        stop = self._stops.setdefault(attempt, Stopper()) if is_a_wait(effect) else never()
        performer, reported, lane = (
            self._kit.parts.performer,
            self._reported,
            self._lane_of(effect),
        )

        def on_progress(done: int, expected: int, phase: CardPhase | None = None, /) -> None:
            progress = Progressed(attempt, done, expected, phase)
            lane.tell(lambda: self._take_progress(case_id, progress))

        def report(outcome: Outcome) -> None:
            reported.emit(case_id, attempt, outcome)

        lane.run(lambda: performer.perform(effect, stop, on_progress), report)

    def _lane_of(self, effect: Effect) -> Lane:
        lanes = self._kit.lanes
        special: dict[type, Lane] = {
            ReadChip: lanes.card,
            ReadBankCard: lanes.card,
            KeepPicture: lanes.reading,
            SendCode: lanes.office,
            CheckCode: lanes.office,
            PrintPapers: lanes.printer,
            PrintNotices: lanes.printer,
        }
        return special.get(type(effect), lanes.storage)

    def _stop(self, attempt: int) -> None:
        stop = self._stops.pop(attempt, None)
        if stop is not None:
            stop.set()

    def _stop_everything(self) -> None:
        for attempt in tuple(self._stops):
            self._stop(attempt)

    @Slot(str, int, object)
    def _take_report(self, case_id: str, attempt: int, outcome: Outcome) -> None:
        if self.state is not None and self.state.draft.case_id == case_id:
            self.send(Reported(attempt, outcome))

    def _take_progress(self, case_id: str, progress: Progressed) -> None:
        if self.state is not None and self.state.draft.case_id == case_id:
            self.send(progress)


def is_a_wait(effect: Effect) -> bool:
    """Say whether nobody loses anything when this effect is stopped half-way."""
    return isinstance(effect, ReadChip | ReadBankCard | KeepPicture | SendCode)


def steps_of(view: StepView) -> tuple[Step, ...]:
    """Return the steps of the visit in order."""
    return path(view.state.draft, view.assessment)


def step_after(view: StepView) -> Step:
    """Return the step to which the next key leads."""
    return next_step(view.state.step, view.state.draft, view.assessment)
