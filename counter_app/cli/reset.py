"""`counter-app reset`: takes a counter out of use, once nothing waits any more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counter_app.cli.output import fail
from counter_app.cli.places import Data, data_folder, nobody_at, opened_store
from counter_app.errors import CounterError, FailureCode

if TYPE_CHECKING:
    from counter_app.storage.erase import Leftovers


def reset(
    data: Data = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether anything would be lost.")
    ] = False,
) -> None:
    """Erase a counter's data for good; refused while cases wait or receipts are owed.

    The key goes first, so that nothing can be read again. Settings stay. File the journal's last
    row, which is printed at the end.
    """
    from counter_app.storage.erase import erase

    try:
        folder = data_folder(data)
        with nobody_at(folder):
            left = _nothing_promised(data)
            typer.echo(
                f"{left.open_cases} open cases and the answers to {left.unanswered} cases go too",
                err=True,
            )
            if check:
                raise typer.Exit
            if not yes:
                typer.confirm("erase this counter's data for good?", abort=True, err=True)
            rest = erase(folder)
    except CounterError as error:
        fail(error)
    typer.echo(f"erased; the journal ended at {left.journal_head}")
    if rest:
        typer.echo(f"left in the folder: {', '.join(rest)}")


def _nothing_promised(data: Path | None) -> Leftovers:
    """Count what is left, where nothing that a customer was promised would be lost.

    Raises:
        CounterError: QUEUE_WAITING; every code that opening a store may raise.
    """
    from counter_app.storage.erase import leftovers

    with opened_store(data) as opened:
        left = leftovers(opened.store)
    if left.may_be_erased:
        return left
    raise CounterError(FailureCode.QUEUE_WAITING, waiting=left.waiting, unprinted=left.unprinted)
