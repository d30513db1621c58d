"""The command line: `counter-app` and `python -m counter_app`."""

from __future__ import annotations

from typing import Annotated

import typer

from counter_app import __version__
from counter_app.bootstrap.process import protect_process
from counter_app.cli import devices, headoffice, office, rules, store
from counter_app.cli.day import day
from counter_app.cli.demo import demo
from counter_app.cli.doctor import doctor
from counter_app.cli.journal import journal
from counter_app.cli.people import accounts, directory
from counter_app.cli.rehearse import rehearse
from counter_app.cli.reset import reset
from counter_app.cli.run import run
from counter_app.cli.sender import sender
from counter_app.cli.subject import subject
from counter_app.cli.verify import verify

app = typer.Typer(
    help="Branch counter for changing the mobile number bound to a POS terminal.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"counter_app {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="And end.")
    ] = False,
) -> None:
    """Branch counter for changing the mobile number bound to a POS terminal."""


for command in (
    run,
    demo,
    sender,
    rehearse,
    verify,
    doctor,
    office.enrol,
    office.renew,
    store.backup,
    store.restore,
    store.check,
    reset,
):
    app.command()(command)
app.command("read-image")(devices.read_image)
app.add_typer(devices.card, name="card")
app.add_typer(devices.simulate, name="simulate")
app.add_typer(journal, name="journal")
app.add_typer(accounts, name="accounts")
app.add_typer(directory, name="directory")
app.add_typer(subject, name="subject")
app.add_typer(day, name="day")
app.add_typer(office.outbox, name="outbox")
app.add_typer(headoffice.app, name="headoffice")
app.add_typer(rules.app, name="rules")


def main() -> None:
    """Run the command line."""
    protect_process()
    app()


if __name__ == "__main__":
    main()
