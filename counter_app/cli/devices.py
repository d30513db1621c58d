"""`counter-app card`, `read-image` and `simulate`: devices and readers by hand."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from counter_app.cli.output import fail, language, show_json
from counter_app.errors import CounterError

card = typer.Typer(help="Read chips over PC/SC.", no_args_is_help=True)
simulate = typer.Typer(help="Simulated devices for training.", no_args_is_help=True)

Environment = Annotated[str, typer.Option(help="Name of the environment; production refuses.")]
Reader = Annotated[str, typer.Option(help="Only this reader; any when empty.")]
Json = Annotated[bool, typer.Option("--json", help="For programs; the form is the same.")]


Wait = Annotated[
    float, typer.Option(min=0.0, help="Seconds to wait for the card; 0 waits until interrupted.")
]


def _stop(wait_s: float = 0.0) -> threading.Event:
    stop = threading.Event()
    if wait_s:
        timer = threading.Timer(wait_s, stop.set)
        timer.daemon = True
        timer.start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


@card.command("read")
def read(
    mrz: Annotated[str, typer.Option(help="File with the printed lines, or - for input.")] = "-",
    reader: Reader = "",
    environment: Environment = "demo",
    wait: Wait = 0.0,
    json: Json = False,  # noqa: ARG001 - always JSON
) -> None:
    """Read a passport's or travel permit's chip and judge every proof."""
    from counter_app.cli.card_progress import CardProgress
    from counter_app.devices.card.commands import read_card

    try:
        found = read_card(
            environment=environment,
            mrz=mrz,
            stop=_stop(wait),
            reader=reader,
            language=language(),
            on_progress=CardProgress().tell,
        )
    except CounterError as error:
        fail(error)
    show_json(found)


@card.command("bank")
def bank(reader: Reader = "", wait: Wait = 0.0, json: Json = False) -> None:  # noqa: ARG001
    """Read a bank card; only masked data leaves the reader."""
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.cli.card_progress import CardProgress
    from counter_app.devices.card.commands import read_bank_card

    try:
        found = read_bank_card(
            clock=SystemClock(),
            stop=_stop(wait),
            reader=reader,
            on_passed_over=CardProgress().tell_others,
        )
    except CounterError as error:
        fail(error)
    show_json(found)


@card.command("readers")
def readers(json: Json = False) -> None:  # noqa: ARG001 - always JSON
    """List readers, what lies in them and their last errors; status 1 without the service."""
    from counter_app.devices.card.commands import list_readers

    found = list_readers()
    show_json(found)
    if found["service"] != "ok":
        raise typer.Exit(1)


def read_image(
    files: Annotated[list[Path], typer.Argument(help="Pictures or PDF files.")],
    kind: Annotated[
        str,
        typer.Option("--as", help="auto, mrz, resident-id, licence, bank-card, barcode or letter."),
    ] = "auto",
    json: Json = False,  # noqa: ARG001 - always JSON
    authorities: Annotated[
        Path | None,
        typer.Option(help="Folder of certificates believed for the signatures of PDF letters."),
    ] = None,
) -> None:
    """Read documents from pictures: fields, boxes, confidence and what is unsure."""
    from counter_app.capture.commands import KIND_NAMES
    from counter_app.capture.commands import read_image as read_files

    if kind not in KIND_NAMES:
        raise typer.BadParameter(f"one of {', '.join(KIND_NAMES)}", param_hint="--as")
    try:
        found = read_files(files, kind, _stop(), authorities)
    except CounterError as error:
        fail(error)
    show_json(found)
    if any("failure" in item for item in found):
        raise typer.Exit(1)


@simulate.command("id-reader")
def id_reader(
    link: Annotated[Path | None, typer.Option(help="Where the serial port appears.")] = None,
    tcp_port: Annotated[int | None, typer.Option(help="A loopback port instead.")] = None,
    pty: Annotated[bool, typer.Option("--pty", help="A pseudo-terminal; the default.")] = True,  # noqa: ARG001
    insert: Annotated[str, typer.Option(help="Whose card lies there at once, see `help`.")] = "",
    environment: Environment = "demo",
) -> None:
    """Serve a resident-ID reader; type commands, `help` lists them.

    Without anybody at the keyboard it is served until it is interrupted.
    """
    from counter_app.devices.id_reader.simulate import Line, run, typed

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    commands = typed(insert, sys.stdin, threading.Event().wait)
    try:
        run(environment, commands, typer.echo, Line(link=link, tcp_port=tcp_port))
    except CounterError as error:
        fail(error)


@simulate.command("passport")
def passport(
    access: Annotated[str, typer.Option(help="How the chip is opened: pace or bac.")] = "pace",
    environment: Environment = "demo",
) -> None:
    """Keep a demonstration passport in a virtual PC/SC reader until interrupted."""
    from counter_app.bootstrap.clock import SystemClock
    from counter_app.devices.card.commands import SimulatedAccess, simulate_passport

    if access not in set(SimulatedAccess):
        raise typer.BadParameter("pace or bac", param_hint="--access")
    try:
        simulate_passport(
            environment=environment,
            access=SimulatedAccess(access),
            now=SystemClock().now(),
            stop=_stop(),
            on_inserted=show_json,
        )
    except CounterError as error:
        fail(error)


@simulate.command("bank-card")
def bank_card(environment: Environment = "demo") -> None:
    """Keep a demonstration bank card in a virtual PC/SC reader until interrupted."""
    from counter_app.devices.card.commands import simulate_bank_card

    try:
        simulate_bank_card(environment=environment, stop=_stop(), on_inserted=show_json)
    except CounterError as error:
        fail(error)
