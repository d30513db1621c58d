"""`counter-app sender`: delivers the queue, with or without the window."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counter_app.cli.output import fail
from counter_app.errors import CounterError, FailureCode

if TYPE_CHECKING:
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
    from counter_app.backoffice.sender_process import SenderPlace, run
    from counter_app.bootstrap.profile import place_of
    from counter_app.bootstrap.sending import sending_of
    from counter_app.logs import start_logging
    from counter_app.settings import read_settings
    from counter_app.storage.data_folder import has_store, open_data_folder

    settings = read_settings(places.data)
    if not has_store(places.data):
        raise CounterError(FailureCode.STORE_MISSING, folder=places.data.name)
    start_logging(places.logs / "sender")
    place = place_of(settings)
    with closing(open_data_folder(places.data, place, passphrase=passphrase())) as data:
        sending = sending_of(settings, places, data, stop)
        run(sending.delivery, SenderPlace(places.data), stop, sending.waiting, is_wanted)


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
