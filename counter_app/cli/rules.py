"""`counter-app rules`: checks, signs, takes over and shows rule packs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counter_app.cli.output import language, show_json, told
from counter_app.cli.places import Data, opened_store
from counter_app.errors import CounterError, FailureCode
from counter_app.words.failures import failure_words

if TYPE_CHECKING:
    from counter_app.domain.provider_rules import RulePack
    from counter_app.rulebook.rulebook import Rulebook
    from counter_app.rulebook.succession import Refused

app = typer.Typer(help="Rule packs: check, sign, take over, show.", no_args_is_help=True)


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="Folder with *.toml.")],
) -> None:
    """Check every file of a folder; errors name file, line, key and what is allowed."""
    from counter_app.rulebook.rulebook import read_unsigned

    def action() -> None:
        rulebook = read_unsigned(folder)
        for pack in rulebook.packs:
            typer.echo(f"{pack.provider} {pack.version}: {pack.valid_from} to {pack.valid_until}")
        typer.echo(f"segments {rulebook.segments.version}: {len(rulebook.segments.segments)}")

    told(action)


@app.command()
def sign(
    folder: Annotated[Path, typer.Argument(help="Folder with *.toml.")],
    key: Annotated[Path, typer.Option(help="Head office's Ed25519 key (PEM).")],
) -> None:
    """Sign every file of a folder, after checking them all."""
    from counter_app.rulebook import signing
    from counter_app.rulebook.rulebook import read_unsigned

    def action() -> None:
        read_unsigned(folder)
        private = signing.read_private_key(_key_bytes(key))
        for path in sorted(folder.glob("*.toml")):
            signature = signing.sign(path.read_bytes(), private)
            signing.signature_path(path).write_text(signature + "\n", encoding="ascii")
            typer.echo(f"signed {path.name}")

    told(action)


@app.command("take-over")
def take_over(
    folder: Annotated[Path, typer.Argument(help="Folder with *.toml and *.toml.sig.")],
    data: Data = None,
) -> None:
    """Put rules of head office in force, whole or not at all; the window uses them when restarted.

    A bad signature, key, date or an older version is refused, and the last good rules stay.
    """
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.bootstrap.places import Places, default_data_folder
    from counter_app.bootstrap.rules import take_over_rules
    from counter_app.domain.journal import JournalAction, JournalEntry
    from counter_app.settings import read_settings
    from counter_app.storage.data_folder import has_store

    def action() -> None:
        places, now = Places(data or default_data_folder()), SystemClock().now()
        settings = read_settings(places.data)
        if not has_store(places.data):
            _tell_packs(take_over_rules(settings, places, folder, now))
            return
        with opened_store(places.data) as opened:
            rulebook = take_over_rules(settings, places, folder, now)
            facts = tuple((pack.provider, pack.version) for pack in rulebook.packs)
            with opened.store.begin() as unit:
                unit.journal(JournalEntry(now, "system", JournalAction.RULES_LOADED, "", facts))
        _tell_packs(rulebook)

    told(action)


@app.command()
def show(
    data: Data = None,
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show the rules in force, their age, and why newer ones are not in use."""
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.bootstrap.places import Places, default_data_folder
    from counter_app.bootstrap.rules import refused_rules, rules_in_force
    from counter_app.domain.counter_facts import day_of
    from counter_app.settings import read_settings

    def action() -> None:
        places = Places(data or default_data_folder())
        rulebook = rules_in_force(read_settings(places.data), places)
        refused = refused_rules(rulebook, places)
        today = day_of(SystemClock().now())
        rows = [_row(pack, today) for pack in rulebook.packs]
        if json:
            told_refusal = refused.as_json() if refused is not None else None
            age = rulebook.age_days(today)
            show_json({"age_days": age, "packs": rows, "refused": told_refusal})
            return
        for row in rows:
            typer.echo(
                f"{row['provider']} {row['version']} until {row['valid_until']}, "
                f"hotline {row['hotline']}"
            )
        typer.echo(f"age: {rulebook.age_days(today)} days")
        if refused is not None:
            typer.echo(f"newer rules refused: {_why(refused)}")

    told(action)


def _row(pack: RulePack, today: date) -> dict[str, object]:
    return {
        "provider": pack.provider,
        "title": pack.title,
        "version": pack.version,
        "valid_until": pack.valid_until.isoformat(),
        "in_force": pack.is_valid_on(today),
        "serves": sorted(kind.value for kind in pack.served),
        "hotline": pack.hotline.number if pack.hotline.verified_on else "未核实",
    }


def _tell_packs(rulebook: Rulebook) -> None:
    for pack in rulebook.packs:
        typer.echo(f"{pack.provider} {pack.version}: {pack.valid_from} to {pack.valid_until}")
    typer.echo("in force from the next start of the window")


def _why(refused: Refused) -> str:
    at = "" if refused.at is None else f"{refused.at:%Y-%m-%d %H:%M} UTC, "
    words = failure_words(refused.code, language())
    facts = "; ".join(f"{key}: {value}" for key, value in refused.facts.items())
    return f"{at}{refused.code.value}: {words.title} ({facts})"


def _key_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CounterError(FailureCode.RULES_SIGNATURE, file=path.name) from error
