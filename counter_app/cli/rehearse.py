"""`counter-app rehearse`: plays visits from files and compares the outcome."""

from __future__ import annotations

from collections.abc import Callable
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counter_app.cli.output import say_failure
from counter_app.errors import CounterError, FailureCode

if TYPE_CHECKING:
    from counter_app.rehearsal.report import Report
    from counter_app.rehearsal.stage import Troupe


def rehearse(
    files: Annotated[list[Path], typer.Argument(help="Rehearsal files (TOML).")],
    rules: Annotated[
        Path | None, typer.Option(help="Folder of rule packs instead of those that are shipped.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line and file.")] = False,
) -> None:
    """Play visits through the counter's own flow; 0: as expected, 1: differences, 2: bad file."""
    from counter_app.bootstrap.troupe import make_troupe

    try:
        troupe = make_troupe(rules)
    except CounterError as error:
        say_failure(error)
        raise typer.Exit(2) from None
    show = _show_json if json else _show
    status = max(_played(path, troupe, show) for path in files)
    raise typer.Exit(status)


def _played(path: Path, troupe: Troupe, show: Callable[[Report], None]) -> int:
    """Play one file, show what came out and return its exit status; the others are still played."""
    from counter_app.rehearsal.file import parse_rehearsal
    from counter_app.rehearsal.report import rehearse

    try:
        report = rehearse(str(path), parse_rehearsal(path.name, _text(path)), troupe)
    except CounterError as error:
        return say_failure(error)
    show(report)
    return 1 if report.differences else 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CounterError(
            FailureCode.REHEARSAL_INVALID,
            file=path.name,
            line=1,
            key="-",
            allowed="a readable UTF-8 file",
        ) from error


def _show_json(report: Report) -> None:
    typer.echo(dumps(report.as_json(), ensure_ascii=False))


def _show(report: Report) -> None:
    for item in report.differences:
        typer.echo(f"{report.file}: {item.key}: expected {item.expected}, got {item.got}")
    if not report.differences:
        typer.echo(f"{report.file}: ok ({report.state.case_state.value})")
