"""Sealed papers are extended while head office answers; none holds up the others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from counter_app.errors import CounterError, FailureCode
from counter_app.flow.steps import Step
from counter_app.ports.paper import Extender
from counter_app.services.extend_papers import PaperExtension
from tests.unit.flow.visits import Visit, at

LONGER = b" and validation data"


@dataclass
class MovingClock:
    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass
class CountingExtender:
    """Appends; refuses while told to."""

    is_refusing: bool = False
    asked: list[bytes] = field(default_factory=list)

    def extend(self, sealed: bytes, now: datetime) -> bytes:
        self.asked.append(sealed)
        if self.is_refusing:
            raise CounterError(FailureCode.SEAL_FAILED)
        return sealed + LONGER


def extension(visit: Visit, extender: Extender) -> tuple[PaperExtension, MovingClock]:
    clock = MovingClock(visit.stage.performer.clock.now())
    return PaperExtension(visit.stage.store, extender, clock, lambda: True), clock


def longer(visit: Visit, kind: str = "receipt") -> bytes:
    with visit.stage.store.view() as unit:
        return unit.paper(visit.state.draft.case_id, kind).long_term_pdf


def test_a_sealed_paper_is_extended_once_and_the_printed_bytes_stay() -> None:
    visit, extender = at(Step.DONE), CountingExtender()
    work, clock = extension(visit, extender)
    with visit.stage.store.view() as unit:
        printed = unit.paper(visit.state.draft.case_id, "receipt").pdf
    assert work.run_if_due() == 1
    assert longer(visit) == printed + LONGER
    clock.at += timedelta(hours=2)
    assert work.run_if_due() == 0
    assert len(extender.asked) == 1
    with visit.stage.store.view() as unit:
        assert unit.paper(visit.state.draft.case_id, "receipt").pdf == printed


def test_nothing_is_extended_offline() -> None:
    visit, extender = at(Step.DONE), CountingExtender()
    work, _clock = extension(visit, extender)
    offline = replace(work, is_online=lambda: False)
    assert offline.run_if_due() == 0
    assert extender.asked == []


def test_it_rests_between_two_rounds() -> None:
    visit, extender = at(Step.PRINT), CountingExtender()
    work, clock = extension(visit, extender)
    work.run_if_due()
    again = at(Step.PRINT)
    work.store = again.stage.store
    clock.at += timedelta(seconds=5)
    assert work.run_if_due() == 0
    clock.at += timedelta(minutes=2)
    assert work.run_if_due() == 1


def test_a_paper_that_cannot_be_extended_is_put_off_and_tried_again_later() -> None:
    visit, extender = at(Step.DONE, "s23_swap"), CountingExtender(is_refusing=True)
    work, clock = extension(visit, extender)
    assert work.run_if_due() == 0
    tries = len(extender.asked)
    assert tries == 2
    clock.at += timedelta(minutes=5)
    assert work.run_if_due() == 0
    assert len(extender.asked) == tries
    extender.is_refusing = False
    clock.at += timedelta(hours=1)
    assert work.run_if_due() == 2
    assert longer(visit, "swap_slip").endswith(LONGER)
