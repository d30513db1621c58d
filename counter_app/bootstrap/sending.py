"""What the sender's loop drives: the delivery, and the chores that it does beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from counter_app.backoffice.http_office import HttpBackOffice
from counter_app.backoffice.sender_process import SenderPlace, wake
from counter_app.backoffice.transport import OfficeAddress
from counter_app.bootstrap.clock import SystemClock
from counter_app.bootstrap.housekeeping import HourlyPurge, retention_of
from counter_app.bootstrap.office import delivery, enrolment_files, evidence_of, office_address
from counter_app.bootstrap.places import Places
from counter_app.bootstrap.profile import profile_of
from counter_app.bootstrap.renewal import CertificateKeeping
from counter_app.bootstrap.sealing import paper_extension
from counter_app.bootstrap.updates import PublishedUpdates
from counter_app.domain.submission import MessageState
from counter_app.ports.stop import Stop
from counter_app.services.deliver import Delivery
from counter_app.settings import Settings
from counter_app.storage.data_folder import DataFolder


class Chore(Protocol):
    """Something to be done now and then while a sender runs."""

    def run_if_due(self) -> object:
        """Do it when it is due; a failure that can wait is not raised."""
        ...


@dataclass(frozen=True, slots=True)
class Sending:
    """One counter's delivery with its chores."""

    data: DataFolder
    delivery: Delivery
    chores: tuple[Chore, ...]

    def waiting(self) -> int:
        """Do what is due beside the delivery; return how many messages still wait."""
        for chore in self.chores:
            chore.run_if_due()
        with self.data.store.view() as unit:
            return sum(queued.state is not MessageState.FROZEN for queued in unit.waiting())


def sending_of(settings: Settings, places: Places, data: DataFolder, stop: Stop) -> Sending:
    """Return what delivers a counter's queue.

    Raises:
        CounterError: SETTINGS_INVALID when no address of head office is set.
    """
    office = HttpBackOffice(_address(settings, places))
    work = delivery(data, office)
    return Sending(
        data,
        work,
        (
            _certificate(settings, places, office, stop),
            PublishedUpdates(office, data, settings, places, SystemClock(), work.is_online, stop),
            _purge(settings, places, data),
            paper_extension(data, settings, places, work.is_online),
        ),
    )


def _address(settings: Settings, places: Places) -> OfficeAddress:
    return office_address(settings, places, profile_of(settings))


def _certificate(
    settings: Settings, places: Places, office: HttpBackOffice, stop: Stop
) -> CertificateKeeping:
    def go_on_as(address: OfficeAddress) -> None:
        office.go_on_as(address)
        wake(SenderPlace(places.data))

    return CertificateKeeping(
        lambda: _address(settings, places),
        enrolment_files(places),
        go_on_as,
        SystemClock(),
        stop,
    )


def _purge(settings: Settings, places: Places, data: DataFolder) -> HourlyPurge:
    clock = SystemClock()
    evidence = evidence_of(data, places, profile_of(settings), clock)
    return HourlyPurge(data, clock, places.prints, evidence, retention_of(settings))
