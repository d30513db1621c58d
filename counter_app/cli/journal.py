"""`counter-app journal`: verifies the hash-chained journal and exports it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counter_app.cli.output import fail, language
from counter_app.cli.places import Data, store_as_found, writing
from counter_app.errors import CounterError, FailureCode

if TYPE_CHECKING:
    from counter_app.domain.journal import Anchor, JournalFault, JournalRow
    from counter_app.storage.store import SqlUnit

journal = typer.Typer(help="The hash-chained journal.", no_args_is_help=True)

FEWEST_DIGITS = 8
DIGITS = frozenset("0123456789abcdefABCDEF")


@journal.command()
def verify(
    data: Data = None,
    anchor: Annotated[
        list[str] | None,
        typer.Option(help="A head noted elsewhere: SEQ:HASH, or the digits on a receipt."),
    ] = None,
    file: Annotated[Path | None, typer.Option(help="An export, instead of the store.")] = None,
) -> None:
    """Find edits, deletions, reordering and a cut tail; 0 whole, 1 not."""
    from counter_app.domain.journal import GENESIS, Anchor

    try:
        noted, digits = _anchors(anchor or ())
        if file is not None:
            rows = tuple(_rows_in(file))
            head = Anchor(rows[-1].seq, rows[-1].hash) if rows else Anchor(0, GENESIS)
            faults = _judged(rows, noted, digits)
        else:
            with store_as_found(data) as folder, folder.store.view() as unit:
                head = unit.journal_head()
                faults = (*unit.verify_journal(noted), *_not_there(unit, digits))
    except CounterError as error:
        fail(error)
    for fault in dict.fromkeys(faults):
        typer.echo(f"row {fault.seq}: {fault.damage.value} ({_words(fault)})")
    typer.echo(f"{head.seq} rows, head {head.hash}, {len(set(faults))} faults")
    raise typer.Exit(1 if faults else 0)


@journal.command()
def export(out: Annotated[Path, typer.Argument(help="File to write.")], data: Data = None) -> None:
    """Write every row as a line that can be verified away from the counter."""
    from counter_app.domain.journal import as_line

    count = 0
    try:
        with (
            store_as_found(data) as folder,
            folder.store.view() as unit,
            writing(out) as file,
        ):
            for row in unit.journal_rows():
                file.write(as_line(row))
                count += 1
    except CounterError as error:
        fail(error)
    typer.echo(f"{count} rows in {out.name}")


def _anchors(items: Sequence[str]) -> tuple[list[Anchor], list[str]]:
    """Tell heads with their row's number from the first digits of a hash."""
    from counter_app.domain.journal import Anchor

    noted, digits = [], []
    for item in items:
        seq, colon, mark = item.partition(":")
        if colon and seq.isdecimal() and mark and DIGITS.issuperset(mark):
            noted.append(Anchor(int(seq), mark.lower()))
        elif len(item) >= FEWEST_DIGITS and DIGITS.issuperset(item):
            digits.append(item.lower())
        else:
            allowed = "SEQ:HASH, or the digits on a receipt"
            raise CounterError(FailureCode.INPUT_INVALID, key="--anchor", allowed=allowed)
    return noted, digits


def _not_there(unit: SqlUnit, digits: Sequence[str]) -> Iterator[JournalFault]:
    from counter_app.domain.journal import JournalDamage, JournalFault

    for one in digits:
        if unit.journal_row_with(one) is None:
            yield JournalFault(unit.journal_head().seq + 1, JournalDamage.CUT_TAIL)


def _judged(
    rows: Sequence[JournalRow], noted: Sequence[Anchor], digits: Sequence[str]
) -> tuple[JournalFault, ...]:
    """Judge an export; it may begin after rows that were purged."""
    from counter_app.domain.journal import Anchor, JournalDamage, JournalFault, verify

    base = Anchor(rows[0].seq - 1, rows[0].prev) if rows and rows[0].seq > 1 else None
    faults = verify(rows, noted, base)
    missing = [one for one in digits if not any(row.hash.startswith(one) for row in rows)]
    end = rows[-1].seq + 1 if rows else 1
    return (*faults, *(JournalFault(end, JournalDamage.CUT_TAIL) for _ in missing))


def _rows_in(file: Path) -> Iterator[JournalRow]:
    from counter_app.domain.journal import from_line

    try:
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise CounterError(FailureCode.INPUT_INVALID, file=file.name, allowed="a file") from error
    for number, line in enumerate(lines, 1):
        try:
            yield from_line(line)
        except ValueError as error:
            raise CounterError(
                FailureCode.INPUT_INVALID,
                file=file.name,
                line=number,
                allowed="a line of an exported journal",
            ) from error


def _words(fault: JournalFault) -> str:
    from counter_app.domain.journal import JournalDamage
    from counter_app.words.words import Language

    zh, en = {
        JournalDamage.EDITED: ("这一行写入后被改过", "changed after it was written"),
        JournalDamage.DELETED: ("从这一行起有行被删", "rows are missing from here"),
        JournalDamage.REORDERED: ("行的次序被换过", "not in the order in which it was written"),
        JournalDamage.LINK_BROKEN: ("与上一行接不上", "does not follow the row before"),
        JournalDamage.CUT_TAIL: ("末尾被截掉", "the end was cut off"),
        JournalDamage.ANCHOR_DIFFERS: (
            "与别处记下的值不符",
            "differs from what was noted elsewhere",
        ),
    }[fault.damage]
    return zh if language() is Language.ZH else en
