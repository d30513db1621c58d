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
from counter_app.errors import CounterError, FailureCode

if TYPE_CHECKING:
    from counter_app.domain.account import Account
    from counter_app.ports.stored import Retention
    from counter_app.storage.data_folder import DataFolder
    from counter_app.storage.subject import Held

subject = typer.Typer(help="A person's own data (PIPL, articles 45 and 46).", no_args_is_help=True)

By = Annotated[
    str, typer.Option(help="Staff number of a reviewer, manager or auditor; asks the password.")
]
WHO = "document number, mobile number or full name"


@dataclass(frozen=True, slots=True)
class _Desk:
    folder: DataFolder
    by: str
    now: datetime
    retention: Retention


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
    from counter_app.bootstrap.counter import fonts_folder
    from counter_app.receipt.copy_mark import marked_copy
    from counter_app.receipt.fonts import FontBook
    from counter_app.storage.subject import export_held, note_export

    font = FontBook(fonts_folder()).path(bold=True)
    with _desk(data, by) as desk:
        held = _asked(desk)
        store = desk.folder.store
        note_export(store, held, desk.by, desk.now)
        files = export_held(
            store, desk.folder.vault, held, out, lambda picture: marked_copy(picture, font)
        )
    typer.echo(f"{len(held)} cases, {files} files in {out.name}")


@subject.command()
def correct(
    case: Annotated[str, typer.Argument(help="Case id, as `subject show` says it.")],
    by: By,
    data: Data = None,
) -> None:
    """Take down what a person says is wrong in a case; the accepted case stays as it is."""
    from counter_app.storage.subject import note_correction

    with _desk(data, by) as desk:
        text = secret("what the person says is wrong")
        note_correction(desk.folder.store, case, text, desk.by, desk.now)
    typer.echo("taken down")


@contextmanager
def _desk(data: Path | None, by: str) -> Iterator[_Desk]:
    """Open the store for somebody who may see whole cases; a failure ends the command."""
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.bootstrap.counter import place_of
    from counter_app.bootstrap.housekeeping import retention_of
    from counter_app.bootstrap.places import Places
    from counter_app.bootstrap.rules import head_office_key
    from counter_app.settings import read_settings
    from counter_app.storage.accounts import SqlAccounts

    try:
        settings = read_settings(data_folder(data))
        with opened_store(data) as folder:
            trusted = head_office_key(settings, Places(folder.path))
            staff = SqlAccounts(folder.database, place_of(settings), trusted)
            now = SystemClock().now()
            account = staff.step_up(by, secret(f"password of {by}"), now).account
            _require_role(account)
            yield _Desk(folder, account.account_id, now, retention_of(settings))
    except CounterError as error:
        fail(error)


def _require_role(account: Account) -> None:
    from counter_app.domain.account import Role

    if not (account.may_review() or Role.AUDITOR in account.roles):
        raise CounterError(FailureCode.ROLE_MISSING)


def _asked(desk: _Desk) -> tuple[Held, ...]:
    """Ask for the person, find the cases, and note in the journal that somebody looked."""
    from counter_app.domain.journal import JournalAction, JournalEntry
    from counter_app.storage.subject import held_about

    folder = desk.folder
    held = held_about(folder.store, folder.vault, secret(WHO).strip(), desk.retention)
    facts = (("field", "subject"), ("cases", str(len(held))))
    with desk.folder.store.begin() as unit:
        unit.journal(JournalEntry(desk.now, desk.by, JournalAction.REVEALED, "", facts))
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
