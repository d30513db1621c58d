"""`counter-app sender`: delivers the queue, with or without the window."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counter_app.cli.output import fail
from counter_app.errors import CounterError, FailureCode

if TYPE_CHECKING:
    from counter_app.backoffice.transport import OfficeAddress
    from counter_app.bootstrap.places import Places


def sender(
    data: Annotated[Path | None, typer.Option(help="Data folder of the counter.")] = None,
    app_pid: Annotated[
        int, typer.Option(help="Run as long as this process runs, or while something waits.")
    ] = 0,
    forever: Annotated[bool, typer.Option(help="Run until told to stop.")] = False,
) -> None:
    """Deliver queued cases to head office and bring the answers back; one sender at a time."""
    from counter_app.bootstrap.places import Places, default_data_folder

    places = Places(data or default_data_folder())
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        _deliver(places, stop, lambda: forever or _is_alive(app_pid))
    except CounterError as error:
        if error.code is FailureCode.ANOTHER_INSTANCE:
            raise typer.Exit(0) from None
        fail(error)


def _deliver(places: Places, stop: threading.Event, is_wanted: Callable[[], bool]) -> None:
    from counter_app.backoffice.http_office import HttpBackOffice
    from counter_app.backoffice.sender_process import SenderPlace, run
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.bootstrap.housekeeping import HourlyPurge, retention_of
    from counter_app.bootstrap.office import delivery, enrolment_files, evidence_of, office_address
    from counter_app.bootstrap.profile import place_of, profile_of
    from counter_app.bootstrap.renewal import CertificateKeeping
    from counter_app.bootstrap.sealing import paper_extension
    from counter_app.bootstrap.updates import PublishedUpdates
    from counter_app.domain.submission import MessageState
    from counter_app.logs import start_logging
    from counter_app.settings import read_settings
    from counter_app.storage.data_folder import has_store, open_data_folder

    settings = read_settings(places.data)
    if not has_store(places.data):
        raise CounterError(FailureCode.STORE_MISSING, folder=places.data.name)
    start_logging(places.logs / "sender")
    folder = open_data_folder(places.data, place_of(settings), passphrase=passphrase())
    evidence = evidence_of(folder, places, profile_of(settings), SystemClock())
    purge = HourlyPurge(folder, SystemClock(), places.prints, evidence, retention_of(settings))

    def waiting() -> int:
        renewal.run_if_due()
        updates.run_if_due()
        purge.run_if_due()
        extension.run_if_due()
        with folder.store.view() as unit:
            return sum(queued.state is not MessageState.FROZEN for queued in unit.waiting())

    try:

        def address() -> OfficeAddress:
            return office_address(settings, places, profile_of(settings))

        def go_on_as(address: OfficeAddress) -> None:
            office.go_on_as(address)
            work.resume()

        office = HttpBackOffice(address())
        renewal = CertificateKeeping(
            address, enrolment_files(places), go_on_as, SystemClock(), stop
        )
        work = delivery(folder, office)
        updates = PublishedUpdates(
            office, folder, settings, places, SystemClock(), work.is_online, stop
        )
        extension = paper_extension(folder, settings, places, work.is_online)
        run(work, SenderPlace(places.data), stop, waiting, is_wanted)
    finally:
        folder.close()


def passphrase() -> str | None:
    """Return the data key's passphrase from the environment, where there is no keyring."""
    return os.environ.get("COUNTER_APP_PASSPHRASE")


def _is_alive(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
