"""`counter-app rehearse`: plays visits from files and compares the outcome."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from counter_app.cli.output import fail
from counter_app.errors import CounterError, FailureCode


def rehearse(
    files: Annotated[list[Path], typer.Argument(help="Rehearsal files (TOML).")],
    rules: Annotated[
        Path | None, typer.Option(help="Folder of rule packs instead of those that are shipped.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line and file.")] = False,
) -> None:
    """Play visits through the counter's own flow; 0: as expected, 1: differences, 2: bad file."""
    from counter_app.bootstrap.troupe import make_troupe
    from counter_app.rehearsal.file import parse_rehearsal
    from counter_app.rehearsal.report import Report, rehearse

    try:
        troupe = make_troupe(rules)
        parsed = [(path, parse_rehearsal(path.name, _text(path))) for path in files]
        reports: list[Report] = [rehearse(str(path), file, troupe) for path, file in parsed]
    except CounterError as error:
        fail(error)
    for report in reports:
        _show(report, as_json=json)
    if any(report.differences for report in reports):
        raise typer.Exit(1)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CounterError(
            FailureCode.REHEARSAL_INVALID,
            file=path.name,
            line=1,
            key="-",
            allowed="a readable UTF-8 file",
        ) from error


def _show(report: object, *, as_json: bool) -> None:
    from counter_app.rehearsal.report import Report

    assert isinstance(report, Report)
    if as_json:
        typer.echo(dumps(report.as_json(), ensure_ascii=False))
        return
    for item in report.differences:
        typer.echo(f"{report.file}: {item.key}: expected {item.expected}, got {item.got}")
    if not report.differences:
        typer.echo(f"{report.file}: ok ({report.state.case_state.value})")
