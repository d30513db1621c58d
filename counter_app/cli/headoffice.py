"""`counter-app headoffice`: the reference receiving station."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from counter_app.headoffice.database import Database

app = typer.Typer(help="Head office: serve, enrol counters, add reviewers.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option(help="Folder of keys and, by default, the database.")]
Url = Annotated[str, typer.Option(help="SQLAlchemy address; empty: SQLite in the folder.")]


@app.command()
def serve(
    folder: Folder,
    database_url: Url = "",
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="TCP port; 0 takes a free one.")] = 8443,
    environment: Annotated[str, typer.Option(help="production, pilot or demo.")] = "production",
) -> None:
    """Receive cases over HTTPS with client certificates, and show the review page."""
    from counter_app.headoffice.serve import ServeOptions
    from counter_app.headoffice.serve import serve as serve_office

    options = ServeOptions(
        folder=folder, database_url=database_url, host=host, port=port, environment=environment
    )
    serve_office(options, started=typer.echo)


@app.command("enrol-code")
def enrol_code(
    counter: Annotated[str, typer.Argument(help="Identity of the counter, e.g. 110199-07.")],
    folder: Folder,
    database_url: Url = "",
) -> None:
    """Make a one-time code with which a counter gets its certificate."""
    from counter_app.headoffice.manage import make_code

    typer.echo(make_code(_database(folder, database_url), counter, datetime.now(UTC)))


@app.command()
def revoke(
    counter: Annotated[str, typer.Argument(help="Identity of the counter.")],
    folder: Folder,
    database_url: Url = "",
) -> None:
    """Refuse a counter's certificate from now on."""
    from counter_app.headoffice.manage import revoke_counter

    is_known = revoke_counter(_database(folder, database_url), counter, datetime.now(UTC))
    typer.echo("revoked" if is_known else "unknown counter")
    raise typer.Exit(0 if is_known else 1)


@app.command("add-reviewer")
def add_reviewer(
    name: Annotated[str, typer.Argument(help="Sign-in name.")],
    folder: Folder,
    database_url: Url = "",
) -> None:
    """Add a reviewer for the review page; asks for the password."""
    from counter_app.headoffice.manage import add_reviewer as add

    password = typer.prompt("password", hide_input=True, confirmation_prompt=True)
    add(_database(folder, database_url), name, password, datetime.now(UTC))
    typer.echo("added")


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A signed .outbox file from a counter.")],
    folder: Folder,
    database_url: Url = "",
) -> None:
    """Take in what a counter brought on a stick; twice changes nothing."""
    from counter_app.headoffice.database import sqlite_url
    from counter_app.headoffice.identity import IdentityMode
    from counter_app.headoffice.import_file import import_outbox
    from counter_app.headoffice.station import open_station
    from counter_app.wire.envelope import SealBrokenError

    station = open_station(
        database_url or sqlite_url(folder / "headoffice.db"), folder, IdentityMode.CERTIFICATE
    )
    try:
        report = import_outbox(station, file)
    except (SealBrokenError, OSError) as error:
        typer.echo(
            f"not taken in: {type(error).__name__}; ask the counter to write it again", err=True
        )
        raise typer.Exit(1) from None
    for message_id, problem in report.refused:
        typer.echo(f"{message_id}: {problem}")
    typer.echo(f"{report.counter}: {report.stored} stored, {report.repeated} known already")
    raise typer.Exit(1 if report.refused else 0)


@app.command()
def publish(
    kind: Annotated[str, typer.Argument(help="directory or rule-pack.")],
    file: Annotated[Path, typer.Argument(help="The signed file.")],
    folder: Folder,
    database_url: Url = "",
) -> None:
    """Offer a signed file to all counters."""
    from counter_app.headoffice.manage import publish as offer

    if kind not in {"directory", "rule-pack"} or not file.exists():
        raise typer.BadParameter("directory or rule-pack, and a file that exists")
    typer.echo(offer(_database(folder, database_url), kind, file, datetime.now(UTC)))


@app.command("after-restore")
def after_restore(folder: Folder, database_url: Url = "") -> None:
    """Tell counters to send again what they keep, after a backup was taken back."""
    from counter_app.headoffice.manage import after_restore as begin_again

    typer.echo(begin_again(_database(folder, database_url), datetime.now(UTC)))


def _database(folder: Path, url: str) -> Database:
    from counter_app.headoffice.database import Database, sqlite_url

    folder.mkdir(parents=True, exist_ok=True)
    database = Database(url or sqlite_url(folder / "headoffice.db"))
    database.upgrade(datetime.now(UTC))
    return database
