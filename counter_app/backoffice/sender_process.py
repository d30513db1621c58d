"""The loop of the sender process: one step after another until nobody needs it any more."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from counter_app.backoffice.sender_lock import sender_lock
from counter_app.backoffice.sender_status import read_status, write_status
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.back_office import Contact
from counter_app.ports.stop import Stop

log = logging.getLogger(__name__)

HOLD_QUESTION_S = 25.0
_LOOK_S = 0.25
_STORE_PAUSE_S = 5.0
_BUG_PAUSE_S = 60.0
_IDLE_LOOKS = 4


class Stepping(Protocol):
    """What the loop drives; `services.deliver.Delivery` is one."""

    contact: Contact

    def step(self, now: datetime, tick_s: float, stop: Stop, wait_s: float) -> float:
        """Do one thing; return the seconds until the next."""
        ...

    def resume(self) -> None:
        """Try at once."""
        ...


@dataclass(frozen=True, slots=True)
class SenderPlace:
    """Where the sender keeps its three small files.

    Attributes:
        folder: The counter's data folder.
    """

    folder: Path

    @property
    def lock(self) -> Path:
        """Held while a sender runs."""
        return self.folder / "sender.lock.db"

    @property
    def status(self) -> Path:
        """Written by the sender for the window."""
        return self.folder / "sender.status.json"

    @property
    def wake(self) -> Path:
        """Made by the window: try at once. The sender removes it."""
        return self.folder / "sender.wake"


def wake(place: SenderPlace) -> None:
    """Ask a running sender to try at once, after sign-in or when the network is back."""
    place.wake.touch()


def run(
    delivery: Stepping,
    place: SenderPlace,
    stop: Stop,
    waiting: Callable[[], int],
    is_wanted: Callable[[], bool],
) -> None:
    """Deliver until told to stop, or until nothing waits and the application is gone.

    Args:
        delivery: The steps.
        place: Lock, status and wake files.
        stop: Ends the loop within a quarter second.
        waiting: How many messages still wait to be sent.
        is_wanted: Whether the application still runs; asked only when nothing waits.

    Raises:
        CounterError: ANOTHER_INSTANCE when a sender runs already.
    """
    with sender_lock(place.lock):
        log.info("sender started")
        idle = 0
        while not stop.is_set() and idle < _IDLE_LOOKS:
            pause_s = _one_step(delivery, place, stop, is_wanted)
            idle = idle + 1 if not (_some_wait(waiting) or is_wanted()) else 0
            _rest(delivery, place, stop, pause_s if idle == 0 else min(pause_s, _LOOK_S))
        log.info("sender ended")


def _some_wait(waiting: Callable[[], int]) -> bool:
    """Ask the store; one that cannot be read may hold something."""
    try:
        return waiting() > 0
    except CounterError as error:
        log.warning("sender paused: %s", error.code.value)
    except Exception:
        log.exception("sender met what it does not know")
    return True


def _one_step(
    delivery: Stepping, place: SenderPlace, stop: Stop, is_wanted: Callable[[], bool]
) -> float:
    now = datetime.now(UTC)
    is_known = delivery.contact.last_contact is not None
    hold_s = HOLD_QUESTION_S if is_known and is_wanted() else 0.0
    try:
        pause_s = delivery.step(now, time.monotonic(), stop, hold_s)
    except CounterError as error:
        if error.code is FailureCode.STOPPED:
            return 0.0
        log.warning("sender paused: %s", error.code.value)
        _say(place, _in_trouble(delivery.contact, error.code))
        return _STORE_PAUSE_S
    except Exception:
        log.exception("sender met what it does not know")
        _say(place, _in_trouble(delivery.contact, FailureCode.UNEXPECTED))
        return _BUG_PAUSE_S
    _say(place, delivery.contact)
    return pause_s


def _in_trouble(contact: Contact, code: FailureCode) -> Contact:
    """Say why nothing goes out although head office may be there: the disk, the store."""
    again = datetime.now(UTC) + timedelta(seconds=_STORE_PAUSE_S)
    return replace(contact, trouble=code, next_try=again)


def _say(place: SenderPlace, contact: Contact) -> None:
    if contact.last_contact is None:
        before = read_status(place.status)
        heard = None if before is None else before.contact.last_contact
        contact = replace(contact, last_contact=heard)
    try:
        write_status(place.status, contact, datetime.now(UTC))
    except CounterError as error:
        log.warning("status not written: %s", error.code.value)


def _rest(delivery: Stepping, place: SenderPlace, stop: Stop, pause_s: float) -> None:
    until = time.monotonic() + pause_s
    while (left := until - time.monotonic()) > 0:
        if stop.wait(min(_LOOK_S, left)):
            return
        if place.wake.exists():
            place.wake.unlink(missing_ok=True)
            delivery.resume()
            return
