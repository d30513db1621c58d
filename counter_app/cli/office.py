"""`counter-app enrol`, `renew`, `outbox`: the counter's side of head office, by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from counter_app.cli.output import fail
from counter_app.cli.sender import passphrase
from counter_app.errors import CounterError

outbox = typer.Typer(help="The queue as a file, for a USB stick.", no_args_is_help=True)

Data = Annotated[Path | None, typer.Option(help="Data folder of the counter.")]


def enrol(
    code: Annotated[str, typer.Argument(help="The one-time code from head office.")],
    authority: Annotated[Path, typer.Option(help="Head office's authority (PEM).")],
    data: Data = None,
) -> None:
    """Exchange a one-time code for this counter's certificate."""
    from counter_app.backoffice.enrolment import enrol as exchange
    from counter_app.bootstrap.counter import profile_of
    from counter_app.bootstrap.office import enrolment_files, office_address, signing_key
    from counter_app.bootstrap.places import Places, default_data_folder
    from counter_app.ports.stop import never
    from counter_app.settings import read_settings
    from counter_app.wire.keys import public_half

    places = Places(data or default_data_folder())
    try:
        settings = read_settings(places.data)
        address = office_address(settings, places, profile_of(settings))
        address = replace(address, authority=authority, certificate=None, key=None)
        public = public_half(signing_key(places))
        made = exchange(address, code, public, enrolment_files(places), never())
    except CounterError as error:
        fail(error)
    typer.echo(f"{made.counter} until {made.not_after:%Y-%m-%d}")


def renew(data: Data = None) -> None:
    """Fetch the next certificate with the present one."""
    from counter_app.backoffice.enrolment import renew as exchange
    from counter_app.bootstrap.counter import profile_of
    from counter_app.bootstrap.office import enrolment_files, office_address
    from counter_app.bootstrap.places import Places, default_data_folder
    from counter_app.ports.stop import never
    from counter_app.settings import read_settings

    places = Places(data or default_data_folder())
    try:
        settings = read_settings(places.data)
        address = office_address(settings, places, profile_of(settings))
        made = exchange(address, enrolment_files(places), never())
    except CounterError as error:
        fail(error)
    typer.echo(f"{made.counter} until {made.not_after:%Y-%m-%d}")


@outbox.command()
def export(
    file: Annotated[Path, typer.Argument(help="The .outbox file to write.")], data: Data = None
) -> None:
    """Write what waits to a signed file; it stays queued and may go twice without harm."""
    from counter_app.backoffice.outbox_export import export_outbox
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.bootstrap.counter import place_of, profile_of
    from counter_app.bootstrap.office import sealing_keys
    from counter_app.bootstrap.places import Places, default_data_folder
    from counter_app.settings import read_settings
    from counter_app.storage.data_folder import open_data_folder

    places = Places(data or default_data_folder())
    try:
        settings = read_settings(places.data)
        folder = open_data_folder(places.data, place_of(settings), passphrase=passphrase())
        with folder.store.view() as unit:
            messages = [queued.message for queued in unit.waiting()]
        keys = sealing_keys(places, profile_of(settings))
        count = export_outbox(file, messages, folder.vault.get, keys, SystemClock().now())
        folder.close()
    except CounterError as error:
        fail(error)
    typer.echo(f"{count} messages in {file.name}")
