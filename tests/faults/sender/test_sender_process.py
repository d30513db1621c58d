"""The loop of the sender process: when it ends, when it wakes, what it tells the window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from counter_app.backoffice.sender_process import SenderPlace, run, wake
from counter_app.backoffice.sender_status import SenderStatus, read_status, write_status
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.back_office import Contact
from counter_app.ports.stop import Stop

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class Steps:
    """Steps that do what a test tells them."""

    act: Callable[[int], float]
    contact: Contact = field(default_factory=Contact)
    taken: int = 0
    resumed: int = 0

    def step(self, now: datetime, tick_s: float, stop: Stop, wait_s: float) -> float:
        self.taken += 1
        return self.act(self.taken)

    def resume(self) -> None:
        self.resumed += 1


def test_it_ends_when_nothing_waits_and_the_application_is_gone(tmp_path: Path) -> None:
    steps = Steps(lambda _: 0.0)
    run(steps, SenderPlace(tmp_path), threading.Event(), lambda: 0, lambda: False)
    assert steps.taken >= 1


def test_it_goes_on_while_something_waits(tmp_path: Path) -> None:
    steps = Steps(lambda _: 0.0)
    run(
        steps, SenderPlace(tmp_path), threading.Event(), lambda: int(steps.taken < 9), lambda: False
    )
    assert steps.taken >= 9


def test_it_ends_when_told_to_although_something_waits(tmp_path: Path) -> None:
    stop = threading.Event()

    def act(taken: int) -> float:
        if taken == 3:
            stop.set()
        return 0.0

    steps = Steps(act)
    run(steps, SenderPlace(tmp_path), stop, lambda: 5, lambda: True)
    assert steps.taken == 3


def test_the_window_can_wake_it_from_a_long_wait(tmp_path: Path) -> None:
    place, stop = SenderPlace(tmp_path), threading.Event()

    def act(taken: int) -> float:
        if taken == 1:
            wake(place)
            return 300.0
        stop.set()
        return 0.0

    steps = Steps(act)
    run(steps, place, stop, lambda: 1, lambda: True)
    assert (steps.taken, steps.resumed) == (2, 1)
    assert not place.wake.exists()


@pytest.mark.expects_warnings
def test_a_full_disk_does_not_end_it(tmp_path: Path) -> None:
    place, stop = SenderPlace(tmp_path), threading.Event()

    def act(taken: int) -> float:
        if taken == 1:
            wake(place)
            raise CounterError(FailureCode.DISK_FULL)
        stop.set()
        return 0.0

    steps = Steps(act)
    run(steps, place, stop, lambda: 1, lambda: True)
    assert steps.taken == 2


@pytest.mark.expects_warnings
def test_a_full_disk_is_said_to_the_window(tmp_path: Path) -> None:
    place, stop = SenderPlace(tmp_path), threading.Event()

    def act(_: int) -> float:
        stop.set()
        raise CounterError(FailureCode.DISK_FULL)

    run(Steps(act, Contact(NOW)), place, stop, lambda: 1, lambda: True)
    status = read_status(place.status)
    assert status is not None
    assert (status.contact.trouble, status.contact.last_contact) == (FailureCode.DISK_FULL, NOW)


@pytest.mark.expects_warnings
def test_a_mistake_of_the_program_does_not_end_it_and_is_said(tmp_path: Path) -> None:
    place, stop = SenderPlace(tmp_path), threading.Event()

    def act(taken: int) -> float:
        if taken == 1:
            wake(place)
            raise ValueError("a bug")
        stop.set()
        assert read_status(place.status).contact.trouble is FailureCode.UNEXPECTED  # type: ignore[union-attr] # it was written
        return 0.0

    steps = Steps(act)
    run(steps, place, stop, lambda: 1, lambda: True)
    assert steps.taken == 2


@pytest.mark.expects_warnings
def test_a_store_that_cannot_be_read_is_not_taken_for_an_empty_queue(tmp_path: Path) -> None:
    place, stop = SenderPlace(tmp_path), threading.Event()
    asked: list[int] = []

    def waiting() -> int:
        asked.append(1)
        if len(asked) < 7:
            raise CounterError(FailureCode.STORE_LOCKED)
        return 0

    steps = Steps(lambda _: 0.0)
    run(steps, place, stop, waiting, lambda: False)
    assert steps.taken > 7


def test_the_status_of_a_sender_that_is_gone_is_not_believed() -> None:
    fresh = SenderStatus(NOW, 1, Contact(NOW))
    assert not fresh.is_stale(NOW + timedelta(minutes=9))
    assert fresh.is_stale(NOW + timedelta(minutes=11))
    waits = SenderStatus(NOW, 1, Contact(NOW, next_try=NOW + timedelta(minutes=5)))
    assert not waits.is_stale(NOW + timedelta(minutes=14))


def test_the_window_reads_how_the_sender_stands(tmp_path: Path) -> None:
    place, stop = SenderPlace(tmp_path), threading.Event()
    contact = Contact(NOW, FailureCode.OFFICE_LOGIN, NOW, -12.34)

    def act(_: int) -> float:
        stop.set()
        return 0.0

    run(Steps(act, contact), place, stop, lambda: 1, lambda: True)
    status = read_status(place.status)
    assert status is not None
    assert status.contact == Contact(NOW, FailureCode.OFFICE_LOGIN, NOW, -12.3)


def test_a_sender_that_begins_anew_forgets_no_contact(tmp_path: Path) -> None:
    place, stop = SenderPlace(tmp_path), threading.Event()
    write_status(place.status, Contact(NOW), NOW)

    def act(_: int) -> float:
        stop.set()
        return 0.0

    run(Steps(act, Contact(None, FailureCode.OFFICE_LOGIN)), place, stop, lambda: 1, lambda: True)
    status = read_status(place.status)
    assert status is not None
    assert status.contact == Contact(NOW, FailureCode.OFFICE_LOGIN)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"at": 1}'])
def test_a_damaged_status_is_no_status(tmp_path: Path, content: str) -> None:
    path = tmp_path / "status.json"
    assert read_status(path) is None
    path.write_text(content)
    assert read_status(path) is None
    write_status(path, Contact(), NOW)
    assert read_status(path) is not None


def test_a_second_sender_is_refused(tmp_path: Path) -> None:
    place, stop = SenderPlace(tmp_path), threading.Event()
    seen: list[FailureCode] = []

    def act(_: int) -> float:
        stop.set()
        with pytest.raises(CounterError) as caught:
            run(Steps(lambda _: 0.0), place, threading.Event(), lambda: 0, lambda: False)
        seen.append(caught.value.code)
        return 0.0

    run(Steps(act), place, stop, lambda: 1, lambda: True)
    assert seen == [FailureCode.ANOTHER_INSTANCE]
