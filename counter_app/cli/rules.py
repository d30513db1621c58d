"""`counter-app rules`: checks, signs and shows rule packs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from counter_app.cli.output import show_json, told
from counter_app.errors import CounterError, FailureCode

app = typer.Typer(help="Rule packs: check, sign, show.", no_args_is_help=True)


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


@app.command()
def show(
    data: Annotated[Path | None, typer.Option(help="Data folder of the counter.")] = None,
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show the rules in force, their age and where they come from."""
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.bootstrap.places import Places, default_data_folder
    from counter_app.bootstrap.rules import rules_in_force
    from counter_app.domain.counter_facts import day_of
    from counter_app.settings import read_settings

    def action() -> None:
        places = Places(data or default_data_folder())
        rulebook = rules_in_force(read_settings(places.data), places)
        today = day_of(SystemClock().now())
        rows = [
            {
                "provider": pack.provider,
                "title": pack.title,
                "version": pack.version,
                "valid_until": pack.valid_until.isoformat(),
                "in_force": pack.is_valid_on(today),
                "serves": sorted(kind.value for kind in pack.served),
                "hotline": pack.hotline.number if pack.hotline.verified_on else "未核实",
            }
            for pack in rulebook.packs
        ]
        if json:
            show_json({"age_days": rulebook.age_days(today), "packs": rows})
            return
        for row in rows:
            typer.echo(
                f"{row['provider']} {row['version']} until {row['valid_until']}, "
                f"hotline {row['hotline']}"
            )
        typer.echo(f"age: {rulebook.age_days(today)} days")

    told(action)


def _key_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CounterError(FailureCode.RULES_SIGNATURE, file=path.name) from error
