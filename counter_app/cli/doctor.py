"""`counter-app doctor`: how everything is, as text to copy for support."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from counter_app.cli.output import fail, show_json
from counter_app.cli.sender import passphrase
from counter_app.errors import CounterError


def doctor(
    data: Annotated[Path | None, typer.Option(help="Data folder of the counter.")] = None,
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show devices, store, clock, rules and versions; holds no personal data."""
    from counter_app.bootstrap.counter import open_counter
    from counter_app.bootstrap.diagnosis import as_text, diagnosis
    from counter_app.bootstrap.places import Places, default_data_folder
    from counter_app.settings import read_settings

    places = Places(data or default_data_folder())
    try:
        counter = open_counter(read_settings(places.data), places, passphrase())
    except CounterError as error:
        fail(error)
    try:
        report = diagnosis(counter)
    finally:
        counter.close()
    if json:
        show_json(report)
    else:
        typer.echo(as_text(report))
