"""`counter-app verify`: judges a receipt or its code, without a network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from counter_app.cli.output import fail, language, show_json
from counter_app.errors import CounterError, FailureCode


def verify(
    receipt: Annotated[Path, typer.Argument(help="PDF, picture of a page, or text of a code.")],
    data: Annotated[Path | None, typer.Option(help="Data folder of the counter.")] = None,
    trust: Annotated[
        Path | None, typer.Option(help="Folder of trusted certificates instead of the counter's.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say whether a paper is genuine and unchanged, or exactly what is wrong; 0 valid, 1 not."""
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.bootstrap.places import Places, default_data_folder, fonts_folder
    from counter_app.bootstrap.sealing import trust_folder
    from counter_app.receipt.commands import unreadable, verifier, verify_file
    from counter_app.settings import read_settings

    places = Places(data or default_data_folder())
    try:
        folder = trust or trust_folder(read_settings(places.data), places)
        judge = verifier(fonts_folder(), folder, SystemClock())
        verdict = verify_file(receipt, judge, language())
    except CounterError as error:
        if json and error.code is FailureCode.RECEIPT_UNREADABLE:
            show_json(unreadable(error, language()))
            raise typer.Exit(1) from error
        fail(error)
    if json:
        show_json(verdict)
    else:
        words = verdict["words"]
        assert isinstance(words, list)
        for line in (*words, *_claims(verdict)):
            typer.echo(line)
    raise typer.Exit(0 if verdict["valid"] else 1)


def _claims(verdict: Mapping[str, object]) -> Iterator[str]:
    """Say which number and sealer the paper names; of a bad paper these are only claims."""
    from counter_app.receipt.words import load_words

    words = load_words(language())
    for key in ("number", "branch"):
        if verdict[key]:
            yield words.of("verdict", key, value=str(verdict[key]))
