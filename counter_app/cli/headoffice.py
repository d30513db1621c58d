"""`counter-app headoffice`: the reference receiving station."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counter_app.cli.output import fail
from counter_app.cli.places import new_secret
from counter_app.errors import CounterError
from counter_app.settings import Environment

if TYPE_CHECKING:
    from counter_app.headoffice.database import Database
    from counter_app.ports.receipt_judge import ReceiptJudge

app = typer.Typer(
    help="Head office: serve, enrol counters, add reviewers, take in sticks.", no_args_is_help=True
)

Folder = Annotated[Path, typer.Option(help="Folder of keys and, by default, the database.")]
Url = Annotated[str, typer.Option(help="SQLAlchemy address; empty: SQLite in the folder.")]
RELAY_PAUSE_S = 1.0
Existing = typer.Argument(exists=True, dir_okay=False, readable=True)


class PublishedKind(StrEnum):
    """What head office offers to all counters."""

    DIRECTORY = "directory"
    RULE_PACK = "rule-pack"


@app.command()
def serve(  # noqa: PLR0913, PLR0917  (the options of the command)
    folder: Folder,
    database_url: Url = "",
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="TCP port; 0 takes a free one.")] = 8443,
    environment: Annotated[
        Environment, typer.Option(help="Simulated parts start everywhere but in production.")
    ] = Environment.PRODUCTION,
    name: Annotated[
        list[str] | None,
        typer.Option(help="Host name in the server's certificate, when it is made; repeatable."),
    ] = None,
    trust: Annotated[
        Path | None,
        typer.Option(help="Folder of trusted certificates: the review page then judges receipts."),
    ] = None,
) -> None:
    """Receive cases over HTTPS with client certificates, and show the review page."""
    from counter_app.headoffice.serve import ServeOptions
    from counter_app.headoffice.serve import serve as serve_office

    options = ServeOptions(
        folder=folder,
        database_url=database_url,
        host=host,
        port=port,
        environment=environment.value,
        hosts=("localhost", "127.0.0.1", *(name or ())),
    )
    try:
        serve_office(options, started=typer.echo, receipts=_judge(trust))
    except CounterError as error:
        fail(error)


def _judge(trust: Path | None) -> ReceiptJudge | None:
    if trust is None:
        return None
    from counter_app.bootstrap.receipt_judge import TrustedJudge

    judge = TrustedJudge(trust)
    judge.require()
    return judge


@app.command("enrol-code")
def enrol_code(
    counter: Annotated[str, typer.Argument(help="Identity of the counter, e.g. 110199-07.")],
    folder: Folder,
    database_url: Url = "",
) -> None:
    """Make a one-time code with which a counter gets its certificate."""
    from counter_app.headoffice.manage import make_code

    with _opened(folder, database_url) as database:
        typer.echo(make_code(database, counter, datetime.now(UTC)))


@app.command()
def counters(folder: Folder, database_url: Url = "") -> None:
    """List the counters: their certificate, how much came, how much waits for a decision."""
    from counter_app.headoffice.manage import list_counters

    with _opened(folder, database_url) as database:
        for row in list_counters(database):
            until = f"until {row.until:%Y-%m-%d}" if row.until else "no certificate"
            state = "revoked" if row.is_revoked else until
            typer.echo(f"{row.counter}: {state}, {row.received} received, {row.waiting} waiting")


@app.command()
def revoke(
    counter: Annotated[str, typer.Argument(help="Identity of the counter.")],
    folder: Folder,
    database_url: Url = "",
) -> None:
    """Refuse a counter's certificate from now on."""
    from counter_app.headoffice.manage import revoke_counter

    with _opened(folder, database_url) as database:
        is_known = revoke_counter(database, counter, datetime.now(UTC))
    if not is_known:
        typer.echo(f"{counter} is not enrolled here; `counters` lists those that are", err=True)
        raise typer.Exit(1)
    typer.echo(f"{counter} is refused from now on; a new code enrols it again")


@app.command("add-reviewer")
def add_reviewer(
    name: Annotated[str, typer.Argument(help="Sign-in name.")],
    folder: Folder,
    database_url: Url = "",
) -> None:
    """Add a reviewer for the review page; asks for the password."""
    from counter_app.headoffice.manage import add_reviewer as add

    try:
        password = new_secret("password")
    except CounterError as error:
        fail(error)
    with _opened(folder, database_url) as database:
        add(database, name, password, datetime.now(UTC))
    typer.echo(f"{name} may sign in")


@app.command("import")
def import_file(
    file: Annotated[Path, Existing],
    folder: Folder,
    database_url: Url = "",
) -> None:
    """Take in what a counter brought on a stick; twice changes nothing."""
    from counter_app.headoffice.database import sqlite_url
    from counter_app.headoffice.identity import IdentityMode
    from counter_app.headoffice.import_file import import_outbox
    from counter_app.headoffice.station import open_station
    from counter_app.wire.envelope import SealBrokenError

    url = database_url or sqlite_url(folder / "headoffice.db")
    try:
        report = import_outbox(open_station(url, folder, IdentityMode.CERTIFICATE), file)
    except CounterError as error:
        fail(error)
    except SealBrokenError as error:
        typer.echo(f"not taken in: {_what_is_wrong(str(error))}", err=True)
        raise typer.Exit(1) from None
    for message_id, problem in report.refused:
        typer.echo(f"{message_id}: {problem}")
    typer.echo(f"{report.counter}: {report.stored} stored, {report.repeated} known already")
    raise typer.Exit(1 if report.refused else 0)


def _what_is_wrong(seal: str) -> str:
    if seal == "unknown counter":
        return "the counter that wrote it is not enrolled here, or was revoked"
    return "the file is damaged or was altered; ask the counter to write it again"


@app.command()
def publish(
    kind: Annotated[PublishedKind, typer.Argument(help="What is published.")],
    path: Annotated[
        Path,
        typer.Argument(exists=True, help="The signed directory file, or the folder of rule packs."),
    ],
    folder: Folder,
    database_url: Url = "",
    delta: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="Signed delta from what is published now, directory."
        ),
    ] = None,
) -> None:
    """Offer signed files to all counters; their senders fetch them within the hour."""
    from counter_app.headoffice.manage import publish as offer
    from counter_app.wire.published import BundleError, directory_file, rule_bundle

    try:
        is_rules = kind is PublishedKind.RULE_PACK
        content = rule_bundle(path) if is_rules else directory_file(path)
        changes = None if delta is None else directory_file(delta)
    except (BundleError, OSError) as error:
        typer.echo(f"not published: {error}", err=True)
        raise typer.Exit(1) from None
    with _opened(folder, database_url) as database:
        version = offer(database, kind.value, content, datetime.now(UTC), changes)
    typer.echo(f"{kind.value} {version} is offered to all counters")


@app.command()
def relay(
    amqp_url: Annotated[str, typer.Option(help="Address of RabbitMQ, amqp://user:pass@host/.")],
    folder: Folder,
    database_url: Url = "",
    once: Annotated[bool, typer.Option("--once", help="Hand on what waits, and end.")] = False,
) -> None:
    """Hand decided events on to RabbitMQ (needs the extra `fanout`); repeats, never loses."""
    import asyncio

    from counter_app.headoffice.relay import relay_all, relay_for_ever

    with _opened(folder, database_url) as database:
        if once:
            typer.echo(f"{asyncio.run(relay_all(database, amqp_url))} handed on")
            return
        try:
            asyncio.run(relay_for_ever(database, amqp_url, RELAY_PAUSE_S))
        except KeyboardInterrupt:
            return


@app.command("after-restore")
def after_restore(folder: Folder, database_url: Url = "") -> None:
    """Tell counters to send again what they keep, after a backup was taken back."""
    from counter_app.headoffice.manage import after_restore as begin_again

    with _opened(folder, database_url) as database:
        epoch = begin_again(database, datetime.now(UTC))
    typer.echo(f"epoch {epoch}; start `headoffice serve` anew, then counters send again")


@contextmanager
def _opened(folder: Path, url: str) -> Iterator[Database]:
    from counter_app.headoffice.database import Database, sqlite_url

    folder.mkdir(parents=True, exist_ok=True)
    database = Database(url or sqlite_url(folder / "headoffice.db"))
    try:
        database.upgrade(datetime.now(UTC))
        yield database
    except CounterError as error:
        fail(error)
    finally:
        database.close()
