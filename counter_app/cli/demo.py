"""`counter-app demo`: a whole case through the real window, in one go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from counter_app.cli.output import fail, show_json
from counter_app.errors import CounterError


def demo(
    out: Annotated[Path, typer.Option(help="Folder for receipt, pictures and summary.")] = Path(
        "demo-out"
    ),
) -> None:
    """Play a sole proprietor's phone change with an agent and a signed letter; 0 when all held."""
    from counter_app.bootstrap.demo import run_demo
    from counter_app.bootstrap.demo_clerk import DemoStuckError

    try:
        result = run_demo(out)
    except CounterError as error:
        fail(error)
    except DemoStuckError as error:
        typer.echo(f"the demonstration waited in vain for {error}; see the last picture", err=True)
        raise typer.Exit(1) from None
    show_json(result.summary)
    raise typer.Exit(0 if result.is_good else 1)
