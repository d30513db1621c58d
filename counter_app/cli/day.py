"""`counter-app day`: opens, adds up, hands over and closes the day of a counter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counter_app.cli.output import fail, language, show_json
from counter_app.cli.places import data_folder, secret
from counter_app.cli.sender import passphrase
from counter_app.errors import CounterError, FailureCode
from counter_app.services.post_review import PostDoubt, PostReview, PostVerdict

if TYPE_CHECKING:
    from counter_app.bootstrap.counter import Counter
    from counter_app.domain.account import Account
    from counter_app.domain.day_check import DayCheck
    from counter_app.domain.day_totals import DayTotals
    from counter_app.flow.outcomes import PaperLine

day = typer.Typer(help="The day: self-check, totals, hand-over, close.", no_args_is_help=True)

Data = Annotated[Path | None, typer.Option(help="Data folder of the counter.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]
By = Annotated[str, typer.Option(help="Staff number of who acts; the password is asked for.")]


@day.command("open")
def open_day(by: By, data: Data = None, json: Json = False) -> None:
    """Check the counter and open the day; 1 when its clock is wrong."""
    from counter_app.bootstrap.day import day_keeping

    with _counter(data) as counter:
        keeping = day_keeping(counter)
        account = _signed_in(counter, by).account_id
        check = keeping.check()
        _show_check(check, as_json=json)
        keeping.open(account, check)


@day.command()
def totals(
    data: Data = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day.")] = None,
    json: Json = False,
) -> None:
    """Add a day up from the journal and hold it against the store; 1 when they differ."""
    from counter_app.bootstrap.day import day_keeping

    with _counter(data) as counter:
        made = day_keeping(counter).totals(on.date() if on is not None else None)
    _show_totals(made, as_json=json)
    raise typer.Exit(0 if made.is_reconciled else 1)


@day.command()
def close(
    by: By,
    data: Data = None,
    deferred_by: Annotated[
        str, typer.Option(help="Reviewer or centre manager who lets the day close all the same.")
    ] = "",
    reason: Annotated[str, typer.Option(help="That person's reason.")] = "",
    print_paper: Annotated[bool, typer.Option("--print", help="Print the summary.")] = False,
    json: Json = False,
) -> None:
    """Close the day; a second person is needed while cases await review or totals differ."""
    from counter_app.bootstrap.day import day_keeping
    from counter_app.ports.stop import never
    from counter_app.services.day import Deferral

    with _counter(data) as counter:
        keeping = day_keeping(counter)
        account = _signed_in(counter, by)
        deferral = None
        if deferred_by:
            word = _password(deferred_by)
            proof = counter.accounts.step_up(deferred_by, word, counter.clock.now())
            deferral = Deferral(proof, reason)
        made = keeping.close(account, deferral)
        _show_totals(made, as_json=json)
        if print_paper:
            _show_paper(keeping.print_summary(by, never()))


@day.command("hand-over")
def hand_over(
    by: By,
    data: Data = None,
    to: Annotated[str, typer.Option(help="Staff number of who takes over; else only a list.")] = "",
    json: Json = False,
) -> None:
    """Print what is not finished, and give one's own open cases to the next clerk."""
    from counter_app.bootstrap.day import day_keeping
    from counter_app.ports.stop import never

    with _counter(data) as counter:
        keeping = day_keeping(counter)
        account = _signed_in(counter, by).account_id
        proof = None
        if to:
            proof = counter.accounts.step_up(to, _password(to), counter.clock.now())
        listed = len(keeping.unfinished())
        handed = keeping.hand_over(account, proof, never())
        if json:
            show_json({"listed": listed, "moved": handed.moved})
        else:
            typer.echo(f"{listed} listed, {handed.moved} handed over")
        _show_paper(handed.paper)


@day.command("post-review")
def post_review(
    data: Data = None,
    case: Annotated[str, typer.Option(help="Acceptance number of the case looked at.")] = "",
    by: Annotated[str, typer.Option(help="Staff number of who looked at it.")] = "",
    verdict: Annotated[PostVerdict, typer.Option(help="What the look came to.")] = PostVerdict.GOOD,
    doubt: Annotated[
        PostDoubt | None, typer.Option(help="Why it is doubtful; needed for that verdict.")
    ] = None,
    json: Json = False,
) -> None:
    """List the cases drawn for a look afterwards, or note what the look at one came to."""
    with _counter(data) as counter:
        looks = PostReview(counter.data.store, counter.clock)
        if case:
            proof = counter.accounts.step_up(by, _password(by), counter.clock.now())
            looks.judge(_case_with(looks, case), proof, verdict, doubt)
        rows = [
            {
                "acceptance_no": one.acceptance_no,
                "accepted_at": one.accepted_at,
                "clerk": one.clerk_id,
                "merchant_no": one.summary.merchant_no,
            }
            for one in looks.waiting()
        ]
    if json:
        show_json({"waiting": rows})
        return
    for row in rows:
        typer.echo("  ".join(str(value) for value in row.values()))
    typer.echo(f"{len(rows)} to look at")


def _case_with(looks: PostReview, acceptance_no: str) -> str:
    doubtful = (one.case for one in looks.doubtful())
    for case in (*looks.waiting(), *doubtful):
        if case.acceptance_no == acceptance_no:
            return case.case_id
    raise CounterError(FailureCode.CASE_UNKNOWN)


@day.command()
def unlock(
    by: Annotated[str, typer.Option(help="Staff number of a centre manager.")],
    reason: Annotated[str, typer.Option(help="Why new cases may come in all the same.")],
    data: Data = None,
) -> None:
    """Let new cases in for today although the queue to head office is too old."""
    from counter_app.bootstrap.day import day_keeping

    with _counter(data) as counter:
        proof = counter.accounts.step_up(by, _password(by), counter.clock.now())
        was_locked = day_keeping(counter).unlock_queue(proof, reason)
    typer.echo("new cases may come in today" if was_locked else "nothing was locked")


def _show_check(check: DayCheck, *, as_json: bool) -> None:
    from counter_app.services.day_words import check_words, item_name

    spoken = language()
    if as_json:
        lines = {
            line.item.value: {
                "level": line.level.value,
                "finding": line.failure.value if line.failure else line.finding,
                "value": line.value,
            }
            for line in check.lines
        }
        show_json({"may_open": check.may_open, "lines": lines})
        return
    for line in check.lines:
        words = check_words(line, spoken)
        told = f"{line.level.value:8}{item_name(line.item, spoken)}: {words.title}"
        typer.echo(f"{told}. {words.advice}" if words.advice else told)


def _show_totals(made: DayTotals, *, as_json: bool) -> None:
    from counter_app.services.day_words import difference_words, total_name

    spoken = language()
    if as_json:
        show_json(
            {
                "day": made.day,
                "totals": {total.value: count for total, count in made.counts},
                "numbers": made.numbers,
                "differences": [
                    {
                        "kind": one.kind.value,
                        "subject": one.subject,
                        "journal": one.journal,
                        "store": one.store,
                    }
                    for one in made.differences
                ],
                "head": made.head,
            }
        )
        return
    for total, count in made.counts:
        typer.echo(f"{count:6}  {total_name(total, spoken)}")
    for one in made.differences:
        words = difference_words(one.kind, spoken)
        typer.echo(f"{one.kind.value}: {one.subject} ({words.title}). {words.advice}")
    typer.echo(f"{len(made.differences)} differences, journal head {made.head}")


def _show_paper(paper: PaperLine) -> None:
    if paper.failure is not None:
        fail(CounterError(paper.failure))
    typer.echo(f"{paper.kind.value} is at the printer", err=True)


def _signed_in(counter: Counter, by: str) -> Account:
    account = counter.accounts.sign_in(by, _password(by), counter.clock.now())
    if counter.accounts.must_change(by):
        raise CounterError(FailureCode.PASSWORD_MUST_CHANGE)
    return account


def _password(who: str) -> str:
    return secret(f"password of {who}")


@contextmanager
def _counter(data: Path | None) -> Iterator[Counter]:
    """Open the counter; a known failure ends the command with its line."""
    from counter_app.bootstrap.counter import open_counter
    from counter_app.bootstrap.places import Places
    from counter_app.settings import read_settings

    try:
        folder = data_folder(data)
        counter = open_counter(read_settings(folder), Places(folder), passphrase())
        try:
            yield counter
        finally:
            counter.close()
    except CounterError as error:
        fail(error)
