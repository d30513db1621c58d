"""`counter-app subject`: what the counter holds about a person, a copy of it, and corrections.

Who asks is typed in, never an argument: arguments stay in the shell's history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counter_app.cli.output import fail, language
from counter_app.cli.places import Data, data_folder, opened_store, secret
from counter_app.errors import CounterError

if TYPE_CHECKING:
    from counter_app.bootstrap.subject import StoredSubjects
    from counter_app.ports.accounts import Authorisation
    from counter_app.ports.subject import Held

subject = typer.Typer(help="A person's own data (PIPL, articles 45 and 46).", no_args_is_help=True)

By = Annotated[
    str, typer.Option(help="Staff number of a reviewer, manager or auditor; asks the password.")
]
WHO = "document number, mobile number or full name"


@dataclass(frozen=True, slots=True)
class _Desk:
    rights: StoredSubjects
    proof: Authorisation


@dataclass(frozen=True, slots=True)
class _Moment:
    """A command is one moment: the proof holds while somebody types."""

    at: datetime

    def now(self) -> datetime:
        """Return the moment of the proof."""
        return self.at


@subject.command()
def show(by: By, data: Data = None) -> None:
    """Say which cases mention a person, what is kept of each, why and until when; no names."""
    with _desk(data, by) as desk:
        for one in _asked(desk):
            typer.echo(_line(one))
            for line in _kept_lines(one):
                typer.echo(line)


@subject.command()
def export(
    out: Annotated[Path, typer.Argument(help="New folder for the copy; it is in the clear.")],
    by: By,
    data: Data = None,
) -> None:
    """Copy what is held about a person: facts, papers, and pictures marked for this purpose."""
    with _desk(data, by) as desk:
        held = _asked(desk)
        files = desk.rights.export(desk.proof, held, out)
    typer.echo(f"{len(held)} cases, {files} files in {out.name}")


@subject.command()
def correct(
    case: Annotated[str, typer.Argument(help="Case id, as `subject show` says it.")],
    by: By,
    data: Data = None,
) -> None:
    """Take down what a person says is wrong in a case; the accepted case stays as it is."""
    with _desk(data, by) as desk:
        desk.rights.correct(desk.proof, case, secret("what the person says is wrong"))
    typer.echo("taken down")


@contextmanager
def _desk(data: Path | None, by: str) -> Iterator[_Desk]:
    """Open the store for somebody who may see whole cases; a failure ends the command."""
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.bootstrap.housekeeping import retention_of
    from counter_app.bootstrap.places import Places
    from counter_app.bootstrap.profile import place_of
    from counter_app.bootstrap.rules import head_office_key
    from counter_app.bootstrap.subject import subjects_of
    from counter_app.settings import read_settings
    from counter_app.storage.accounts import SqlAccounts

    try:
        settings = read_settings(data_folder(data))
        with opened_store(data) as folder:
            trusted = head_office_key(settings, Places(folder.path))
            staff = SqlAccounts(folder.database, place_of(settings), trusted)
            now = SystemClock().now()
            proof = staff.step_up(by, secret(f"password of {by}"), now)
            keep = retention_of(settings)
            rights = subjects_of(folder.store, folder.vault, _Moment(now), keep)
            rights.require(proof)
            yield _Desk(rights, proof)
    except CounterError as error:
        fail(error)


def _asked(desk: _Desk) -> tuple[Held, ...]:
    """Ask for the person and find the cases."""
    held = desk.rights.find(desk.proof, secret(WHO).strip())
    if not held:
        typer.echo("nothing is held about this person")
        raise typer.Exit(0)
    return held


def _line(one: Held) -> str:
    case = one.case
    number = f" {case.acceptance_no}" if case.acceptance_no else ""
    counts = (
        f"{len(one.images)} pictures, {len(one.papers)} papers, {len(one.messages)} messages, "
        f"{len(one.decisions)} answers, {len(one.corrections)} corrections"
    )
    return f"{case.case_id}{number} {case.day.isoformat()} {case.state.value}: {counts}"


def _kept_lines(one: Held) -> Iterator[str]:
    """Say each thing once, with how many there are of it."""
    from counter_app.services.retention_words import class_words, end_words, sort_name

    words = language()
    said = Counter(
        (
            " ".join(filter(None, (sort_name(kept, words), kept.kind))),
            class_words(kept, words).title,
            end_words(kept, words),
        )
        for kept in one.kept
    )
    for (what, held_as, ends), count in said.items():
        times = f" ×{count}" if count > 1 else ""
        yield f"  {what}{times}: {held_as}, {ends}"
