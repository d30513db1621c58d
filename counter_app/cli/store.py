"""`counter-app journal`, `backup`, `restore`, `check`: what the store keeps, and its copies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counter_app.cli.output import fail, show_json
from counter_app.cli.sender import passphrase
from counter_app.errors import CounterError, FailureCode

if TYPE_CHECKING:
    from counter_app.storage.data_folder import DataFolder

journal = typer.Typer(help="The hash-chained journal.", no_args_is_help=True)

Data = Annotated[Path | None, typer.Option(help="Data folder of the counter.")]


@journal.command()
def verify(
    data: Data = None,
    anchor: Annotated[
        list[str] | None, typer.Option(help="A head noted elsewhere, as SEQ:HASH.")
    ] = None,
) -> None:
    """Find edits, deletions, reordering and, against anchors, a cut tail; 0 whole, 1 not."""
    from counter_app.domain.journal import Anchor

    try:
        anchors = [Anchor(int(seq), mark) for seq, mark in (_split(item) for item in anchor or ())]
        with _opened(data).store.view() as unit:
            faults = unit.verify_journal(anchors)
            head = unit.journal_head()
    except CounterError as error:
        fail(error)
    for fault in faults:
        typer.echo(f"row {fault.seq}: {fault.damage.value}")
    typer.echo(f"{head.seq} rows, head {head.hash}, {len(faults)} faults")
    raise typer.Exit(1 if faults else 0)


@journal.command()
def export(out: Annotated[Path, typer.Argument(help="File to write.")], data: Data = None) -> None:
    """Write every row as a line that can be verified away from the counter."""
    from counter_app.domain.journal import as_line

    try:
        with _opened(data).store.view() as unit, out.open("wb") as file:
            for row in unit.journal_rows():
                file.write(as_line(row))
    except CounterError as error:
        fail(error)
    typer.echo(f"written {out.name}")


def backup(
    folder: Annotated[Path, typer.Argument(help="New folder for the copy.")], data: Data = None
) -> None:
    """Copy store and pictures while the counter works on, wrapped by a passphrase."""
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.storage.backup import make_backup

    secret = typer.prompt("passphrase", hide_input=True, confirmation_prompt=True)
    try:
        made = make_backup(_opened(data), folder, secret, SystemClock().now())
    except CounterError as error:
        fail(error)
    typer.echo(f"{len(made.files)} files, journal head {made.head.seq}:{made.head.hash}")


def restore(
    folder: Annotated[Path, typer.Argument(help="Folder of a backup.")], data: Data = None
) -> None:
    """Take a backup back; what the data folder held is moved aside, the queue stays safe."""
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.bootstrap.counter import place_of
    from counter_app.bootstrap.places import default_data_folder
    from counter_app.settings import read_settings
    from counter_app.storage.restore import restore as take_back

    target = data or default_data_folder()
    secret = typer.prompt("passphrase", hide_input=True)
    try:
        place = place_of(read_settings(target))
        take_back(folder, secret, target, place, SystemClock().now()).close()
    except CounterError as error:
        fail(error)
    typer.echo("restored")


def check(data: Data = None) -> None:
    """Check every page of the store, the journal and every picture; 0 whole, 1 not."""
    from counter_app.storage.restore import check_data

    try:
        folder = _opened(data)
        health = check_data(folder)
        folder.close()
    except CounterError as error:
        fail(error)
    show_json(
        {
            "whole": health.is_whole(),
            "pages": health.pages,
            "journal": [f"{fault.seq} {fault.damage.value}" for fault in health.journal],
            "images": health.images,
        }
    )
    raise typer.Exit(0 if health.is_whole() else 1)


def _opened(data: Path | None) -> DataFolder:
    from counter_app.bootstrap.counter import place_of
    from counter_app.bootstrap.places import default_data_folder
    from counter_app.settings import read_settings
    from counter_app.storage.data_folder import open_data_folder

    folder = data or default_data_folder()
    return open_data_folder(folder, place_of(read_settings(folder)), passphrase=passphrase())


def _split(item: str) -> tuple[str, str]:
    seq, _, mark = item.partition(":")
    if not seq.isdigit() or not mark:
        raise CounterError(FailureCode.SETTINGS_INVALID, key="anchor", allowed="SEQ:HASH")
    return seq, mark
