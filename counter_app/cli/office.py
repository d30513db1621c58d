"""`counter-app enrol`, `renew`, `outbox`: the counter's side of head office, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counter_app.cli.output import fail, language
from counter_app.cli.sender import passphrase
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import QueuedMessage
from counter_app.words.failures import failure_words
from counter_app.words.refusals import refusal_words

if TYPE_CHECKING:
    from counter_app.backoffice.sender_status import SenderStatus
    from counter_app.bootstrap.places import Places
    from counter_app.storage.data_folder import DataFolder

outbox = typer.Typer(help="The queue as a file, for a USB stick.", no_args_is_help=True)

Data = Annotated[Path | None, typer.Option(help="Data folder of the counter.")]


def enrol(
    code: Annotated[str, typer.Argument(help="The one-time code from head office.")],
    authority: Annotated[
        Path, typer.Option(help="Head office's authority (PEM).", exists=True, dir_okay=False)
    ],
    data: Data = None,
) -> None:
    """Exchange a one-time code for this counter's certificate."""
    from counter_app.backoffice.enrolment import enrol as exchange
    from counter_app.bootstrap.office import enrolment_files, office_address, signing_key
    from counter_app.bootstrap.places import Places, default_data_folder
    from counter_app.bootstrap.profile import profile_of
    from counter_app.ports.stop import never
    from counter_app.settings import read_settings
    from counter_app.wire.keys import public_half

    places = Places(data or default_data_folder())
    try:
        settings = read_settings(places.data)
        address = office_address(settings, places, profile_of(settings))
        address = replace(address, authority=authority, certificate=None)
        public = public_half(signing_key(places))
        made = exchange(address, code, public, enrolment_files(places), never())
    except CounterError as error:
        fail(error)
    typer.echo(f"enrolled as {made.counter}; the certificate holds until {made.not_after:%Y-%m-%d}")


def renew(data: Data = None) -> None:
    """Fetch the next certificate with the present one."""
    from counter_app.backoffice.enrolment import renew as exchange
    from counter_app.bootstrap.office import enrolment_files, office_address
    from counter_app.bootstrap.places import Places, default_data_folder
    from counter_app.bootstrap.profile import profile_of
    from counter_app.ports.stop import never
    from counter_app.settings import read_settings

    places = Places(data or default_data_folder())
    try:
        settings = read_settings(places.data)
        address = office_address(settings, places, profile_of(settings))
        made = exchange(address, enrolment_files(places), never())
    except CounterError as error:
        fail(error)
    typer.echo(f"renewed for {made.counter}; the certificate holds until {made.not_after:%Y-%m-%d}")


@outbox.command("show")
def show_queue(data: Data = None) -> None:
    """Show what waits and why, and when head office was heard last; 1 while something waits.

    Ask this before a computer is reset, handed back or the program is removed.
    """
    from counter_app.backoffice.sender_process import SenderPlace
    from counter_app.backoffice.sender_status import read_status
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.bootstrap.places import Places, default_data_folder

    places = Places(data or default_data_folder())
    try:
        folder = _opened(places)
        with folder.store.view() as unit:
            waiting = unit.waiting()
            numbers = [unit.load(one.message.case_id).acceptance_no or "" for one in waiting]
        folder.close()
    except CounterError as error:
        fail(error)
    now = SystemClock().now()
    for number, queued in zip(numbers, waiting, strict=True):
        typer.echo(queue_line(number, queued, now))
    for line in sender_lines(read_status(SenderPlace(places.data).status), len(waiting), now):
        typer.echo(line)
    raise typer.Exit(1 if waiting else 0)


def sender_lines(status: SenderStatus | None, waiting: int, now: datetime) -> Iterator[str]:
    """Say how the sender stands, and the one thing to do about it."""
    heard = status.contact.last_contact if status is not None else None
    yield f"{waiting} waiting; head office last heard: {heard or 'never'}"
    if status is None or status.is_stale(now):
        yield "no sender runs: open the window, or start `counter-app sender`"
        return
    if status.contact.trouble is not None:
        words = failure_words(status.contact.trouble, language())
        yield f"{words.title} ({status.contact.trouble.value}). {words.advice}"


def _opened(places: Places) -> DataFolder:
    """Open a counter's own folder; a wrong one must not look like an empty queue.

    Raises:
        CounterError: STORE_MISSING, and as `open_data_folder`.
    """
    from counter_app.bootstrap.profile import place_of
    from counter_app.settings import read_settings
    from counter_app.storage.data_folder import has_store, open_data_folder

    if not has_store(places.data):
        raise CounterError(FailureCode.STORE_MISSING, folder=places.data.name)
    settings = read_settings(places.data)
    return open_data_folder(places.data, place_of(settings), passphrase=passphrase())


def queue_line(number: str, queued: QueuedMessage, now: datetime) -> str:
    """Say of one message what it is, how long it waits, and why."""
    age = now - queued.message.created_at
    hours, minutes = divmod(int(age.total_seconds()) // 60, 60)
    line = f"{number} {queued.message.type.value} {queued.state.value} {hours} h {minutes} min"
    if not queued.reason:
        return line
    words = refusal_words(queued.reason, language())
    return f"{line}: {words.title} ({queued.reason}). {words.advice}"


@outbox.command()
def export(
    file: Annotated[Path, typer.Argument(help="The .outbox file to write.")], data: Data = None
) -> None:
    """Write what waits to a signed file; it stays queued and may go twice without harm."""
    from counter_app.backoffice.outbox_export import export_outbox
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.bootstrap.office import sealing_keys
    from counter_app.bootstrap.places import Places, default_data_folder
    from counter_app.bootstrap.profile import profile_of
    from counter_app.settings import read_settings

    places = Places(data or default_data_folder())
    try:
        folder = _opened(places)
        with folder.store.view() as unit:
            messages = [queued.message for queued in unit.waiting()]
        keys = sealing_keys(places, profile_of(read_settings(places.data)))
        count = export_outbox(file, messages, folder.vault.get, keys, SystemClock().now())
        folder.close()
    except CounterError as error:
        fail(error)
    typer.echo(f"{count} messages in {file.name}")
