"""Forgetting in time: by sender and window, one at a time, and by no clock but head office's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.backoffice.sender_process import SenderPlace
from counter_app.backoffice.sender_status import write_status
from counter_app.bootstrap.housekeeping import AGAIN_S, EVERY_S, LOCK, HourlyPurge
from counter_app.bootstrap.tidying import start_tidying
from counter_app.domain.case_state import CaseState
from counter_app.ports.back_office import Contact
from counter_app.services.evidence import Evidence
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.instance import InstanceLock
from counter_app.wire.keys import SealingKeys
from tests.contract.store.builders import NOW, draft
from tests.faults.counter.world import BenchMaker
from tests.faults.store.test_damage import opened

DAY = timedelta(days=1)
YEAR = 365 * DAY


@dataclass
class Machine:
    """A computer's two clocks, and a purge that looks at them."""

    data: DataFolder
    at: datetime = NOW
    ticks_s: float = 0.0
    purge: HourlyPurge = field(init=False)

    def __post_init__(self) -> None:
        keys = SealingKeys("110199-07", b"", b"")
        evidence = Evidence(self.data.store, self.data.vault, keys, self, lambda: "")
        prints = self.data.path / "prints"
        self.purge = HourlyPurge(self.data, self, prints, evidence, tick=lambda: self.ticks_s)

    def now(self) -> datetime:
        return self.at

    def hears(self, office: datetime) -> None:
        """Head office says its time now."""
        skew_s = (self.at - office).total_seconds()
        contact = Contact(last_contact=self.at, skew_s=skew_s)
        write_status(SenderPlace(self.data.path).status, contact, self.at)

    def works(self, seconds: float = EVERY_S) -> None:
        self.ticks_s += seconds
        self.purge.run_if_due()

    @property
    def state(self) -> CaseState:
        with self.data.store.view() as unit:
            return unit.load("case-1").state


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A counter with one parked case, from NOW."""
    data = opened(tmp_path / "data")
    with data.store.begin() as unit:
        unit.save_draft(draft(state=CaseState.PARKED), NOW)
    yield Machine(data)
    data.close()


def test_a_parked_case_goes_in_its_time_by_head_offices_clock(machine: Machine) -> None:
    machine.at = NOW + 90 * DAY
    machine.hears(machine.at)
    machine.works()
    assert machine.state is CaseState.ABANDONED


def test_nothing_goes_before_head_office_has_said_the_time(machine: Machine) -> None:
    machine.at = NOW + YEAR
    machine.works()
    assert machine.state is CaseState.PARKED
    machine.hears(machine.at)
    machine.works(AGAIN_S - 1)
    assert machine.state is CaseState.PARKED
    machine.works(1)
    assert machine.state is CaseState.ABANDONED


@pytest.mark.parametrize("is_heard_again", [False, True])
def test_nothing_goes_because_the_clock_jumped_ahead(
    machine: Machine, *, is_heard_again: bool
) -> None:
    machine.hears(NOW)
    machine.at = NOW + YEAR
    if is_heard_again:
        machine.hears(NOW + timedelta(minutes=1))
    machine.works()
    assert machine.state is CaseState.PARKED


def test_a_clock_that_is_set_back_does_not_stop_forgetting(machine: Machine) -> None:
    machine.at = NOW + 89 * DAY
    machine.hears(machine.at)
    machine.works()
    machine.at = NOW - YEAR
    machine.works()
    assert machine.state is CaseState.PARKED
    machine.at = NOW + 90 * DAY
    machine.hears(machine.at)
    machine.works()
    assert machine.state is CaseState.ABANDONED


@pytest.mark.parametrize("ahead", [DAY * 0, YEAR], ids=["right", "ahead"])
def test_a_case_parked_while_the_clock_was_behind_has_its_whole_time(
    tmp_path: Path, ahead: timedelta
) -> None:
    data = opened(tmp_path / "data")
    with data.store.begin() as unit:
        unit.save_draft(draft("before"), NOW)
        unit.save_draft(draft(state=CaseState.PARKED), NOW - 5 * YEAR)
    machine = Machine(data, NOW + DAY + ahead)
    machine.hears(NOW + DAY)
    machine.works()
    assert machine.state is CaseState.PARKED
    data.close()


def test_two_programs_forget_one_at_a_time(machine: Machine) -> None:
    machine.at = NOW + 90 * DAY
    machine.hears(machine.at)
    with InstanceLock(machine.data.path / LOCK):
        machine.works()
        assert machine.state is CaseState.PARKED
    machine.works(AGAIN_S)
    assert machine.state is CaseState.ABANDONED


@dataclass(frozen=True)
class Later:
    """A clock some time from now."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def test_the_window_forgets_too(bench: BenchMaker, qapp: QApplication) -> None:
    one = bench()
    now = one.counter.clock.now()
    with one.counter.data.store.begin() as unit:
        unit.save_draft(draft(state=CaseState.PARKED), now)
    later = now + 91 * DAY
    counter = replace(one.counter, clock=Later(later))
    write_status(SenderPlace(counter.places.data).status, Contact(last_contact=later), later)
    timer = start_tidying(counter, one.window, look_ms=20)

    def is_gone() -> bool:
        with counter.data.store.view() as unit:
            return unit.load("case-1").purged_at is not None

    one.clerk.wait("forgetting", is_gone, 20.0)
    timer.stop()
