"""`counter-app run`: opens the window."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from counter_app.cli.output import fail
from counter_app.cli.sender import passphrase
from counter_app.errors import CounterError, FailureCode
from counter_app.words.words import Language


def run(
    data: Annotated[Path | None, typer.Option(help="Data folder of the counter.")] = None,
    demo_data: Annotated[
        bool, typer.Option("--demo-data", help="Furnish an invented branch and head office.")
    ] = False,
) -> None:
    """Open the counter's window."""
    from counter_app.bootstrap.application import run_window
    from counter_app.bootstrap.places import Places, default_data_folder

    folder = data or (Path("build/run-data") if demo_data else default_data_folder())
    try:
        status = run_window(Places(folder), passphrase(), is_demo=demo_data)
    except CounterError as error:
        if error.code is FailureCode.ANOTHER_INSTANCE:
            _call_first(folder)
        else:
            _tell_on_screen(error)
        fail(error)
    raise typer.Exit(status)


def _tell_on_screen(error: CounterError) -> None:
    """Say it in a dialog too: who starts the program from the desktop sees no terminal."""
    from counter_app.ui.start_dialogs import has_screen, tell_failure
    from counter_app.words.failures import failure_words

    if has_screen() and not sys.stderr.isatty():
        tell_failure(error.code.value, failure_words(error.code, Language.ZH))


def _call_first(folder: Path) -> None:
    from PySide6.QtCore import QCoreApplication

    from counter_app.bootstrap.second_start import call_first

    application = QCoreApplication.instance() or QCoreApplication(["counter-app"])
    call_first(folder)
    del application
