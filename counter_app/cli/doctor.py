"""`counter-app doctor`: how everything is, as text to copy for support."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from counter_app.cli.output import fail, show_json
from counter_app.cli.places import data_folder
from counter_app.cli.sender import passphrase
from counter_app.errors import CounterError


def doctor(
    data: Annotated[Path | None, typer.Option(help="Data folder of the counter.")] = None,
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show devices, store, clock, rules and versions; no personal data; 1 without a store."""
    from counter_app.bootstrap.diagnosis import as_text

    try:
        report, is_open = _report(data)
    except CounterError as error:
        fail(error)
    if json:
        show_json(report)
    else:
        typer.echo(as_text(report))
    raise typer.Exit(0 if is_open else 1)


def _report(data: Path | None) -> tuple[dict[str, dict[str, object]], bool]:
    """Ask the open counter, or what can be asked without its store; says whether it was open."""
    from counter_app.bootstrap.counter import open_counter
    from counter_app.bootstrap.diagnosis import diagnosis, diagnosis_without_store
    from counter_app.bootstrap.places import Places, default_data_folder
    from counter_app.settings import read_settings

    places = Places(data or default_data_folder())
    settings = read_settings(places.data)
    try:
        data_folder(data)
        counter = open_counter(settings, places, passphrase())
    except CounterError as error:
        return diagnosis_without_store(settings, places, error), False
    try:
        return diagnosis(counter), True
    finally:
        counter.close()
