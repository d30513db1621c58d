"""`counter-app backup`, `restore`, `check`: copies of the store, and whether it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counter_app.cli.output import fail, show_json
from counter_app.cli.places import Data, new_secret, nobody_at, secret, store_as_found
from counter_app.cli.sender import passphrase
from counter_app.errors import CounterError

if TYPE_CHECKING:
    from counter_app.storage.restore import Health


def backup(
    folder: Annotated[Path, typer.Argument(help="New folder for the copy.")], data: Data = None
) -> None:
    """Copy store and pictures while the counter works on, wrapped by a passphrase."""
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.storage.backup import make_backup

    try:
        with store_as_found(data) as opened:
            word = new_secret("passphrase of the backup")
            made = make_backup(opened, folder, word, SystemClock().now())
    except CounterError as error:
        fail(error)
    typer.echo(f"{len(made.files)} files, journal head {made.head.seq}:{made.head.hash}")


def restore(
    folder: Annotated[Path, typer.Argument(help="Folder of a backup.")], data: Data = None
) -> None:
    """Take a backup back; what the data folder held is moved aside, the queue stays safe.

    Where no keyring works the key is wrapped by COUNTER_APP_PASSPHRASE, else by the backup's
    passphrase.
    """
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.bootstrap.places import default_data_folder
    from counter_app.bootstrap.profile import place_of
    from counter_app.settings import read_settings
    from counter_app.storage.restore import Wrapping
    from counter_app.storage.restore import restore as take_back

    target = data or default_data_folder()
    try:
        place = place_of(read_settings(target))
        with nobody_at(target):
            word = secret("passphrase of the backup")
            wrapping = Wrapping(passphrase=passphrase())
            now = SystemClock().now()
            restored = take_back(folder, word, target, place, now, wrapping)
            with restored.store.view() as unit:
                waiting = unit.waiting_count()
            restored.close()
    except CounterError as error:
        fail(error)
    typer.echo(f"restored, {waiting} messages wait to be sent")


def check(
    data: Data = None,
    backup: Annotated[
        Path | None, typer.Option(help="Folder of a backup, instead of the store.")
    ] = None,
) -> None:
    """Check every page of the store, the journal and every picture; 0 whole, 1 not."""
    try:
        health = _health(data) if backup is None else _health_of_backup(backup)
    except CounterError as error:
        fail(error)
    show_json(
        {
            "whole": health.is_whole(),
            "pages": health.pages,
            "journal": [f"{fault.seq} {fault.damage.value}" for fault in health.journal],
            "images": health.images,
            "cases": health.cases,
        }
    )
    raise typer.Exit(0 if health.is_whole() else 1)


def _health(data: Path | None) -> Health:
    from counter_app.storage.restore import check_data

    with store_as_found(data) as folder:
        return check_data(folder)


def _health_of_backup(folder: Path) -> Health:
    from counter_app.storage.restore import check_backup

    return check_backup(folder, secret("passphrase of the backup"))
