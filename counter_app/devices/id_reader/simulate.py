"""The simulated reader as a program: `counter-app simulate id-reader`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from counter_app.devices.id_reader.sam_v import Command
from counter_app.devices.id_reader.simulator.disturbance import Disturbance
from counter_app.devices.id_reader.simulator.module import LIFELIKE, Latency, SimulatedIdCardReader
from counter_app.devices.id_reader.simulator.people import PEOPLE
from counter_app.devices.id_reader.simulator.pty_line import SimulatedIdCardReaderPty
from counter_app.devices.id_reader.simulator.specimen import ResidentCardSpecimen
from counter_app.devices.id_reader.simulator.tcp_line import SimulatedIdCardReaderTcp
from counter_app.errors import CounterError, FailureCode

HELP = (
    f"insert {'|'.join(PEOPLE)}",
    "remove",
    "status XX (answer the next read with this status, two hexadecimal digits)",
    f"disturb {'|'.join(Disturbance)}",
    "unplug, plug, help, quit",
)

PORTS = 65_536
Served = SimulatedIdCardReaderPty | SimulatedIdCardReaderTcp


@dataclass(frozen=True, slots=True)
class Line:
    """Where the simulated reader appears.

    Attributes:
        link: Path at which the serial port appears; the terminal's own path when not given.
        tcp_port: Serve this loopback port (0: any free one) instead of a pseudo-terminal.
        latency: How long the module works on a request.
    """

    link: Path | None = None
    tcp_port: int | None = None
    latency: Latency = LIFELIKE


def run(
    environment: str, commands: Iterable[str], say: Callable[[str], None], line: Line | None = None
) -> None:
    """Serve a simulated reader and obey commands until they end or say `quit`.

    The first line said is the `source` to put into the settings.

    Args:
        environment: Name of the environment from the settings.
        commands: Lines a person types; see `HELP`.
        say: Shows one line.
        line: Where the reader appears; on a pseudo-terminal when not given.

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION; INPUT_INVALID, the reader cannot appear there.
    """
    line = line or Line()
    reader = SimulatedIdCardReader(environment=environment, latency=line.latency)
    with _served(reader, line) as served:
        technology = "tcp" if isinstance(served, SimulatedIdCardReaderTcp) else "pty"
        say(f"{technology}:{served.path}")
        for command in commands:
            if command.strip() == "quit":
                return
            say(obey(command, reader, served))


def typed(first: str, source: TextIO, wait: Callable[[], object]) -> Iterator[str]:
    """Yield what is typed, after a card to begin with.

    Args:
        first: Who lays down a card at once; nobody when empty.
        source: Lines; one that has none at all stands for nobody at the keyboard.
        wait: Called then, so that the reader is served until it is ended from outside.
    """
    if first:
        yield f"insert {first}"
    lines = 0
    for line in source:
        lines += 1
        yield line
    if not lines and not source.isatty():
        wait()


def obey(command: str, reader: SimulatedIdCardReader, served: Served) -> str:
    """Carry out one typed command and return what to say about it."""
    match command.split():
        case ["insert", who] if who in PEOPLE:
            reader.insert(ResidentCardSpecimen.of(PEOPLE[who]))
        case ["remove"]:
            reader.remove()
        case ["status", digits] if _is_byte(digits):
            reader.inject(int(digits, 16), on=Command.READ)
        case ["disturb", name] if name in set(Disturbance):
            reader.disturb(Disturbance(name))
        case ["unplug"]:
            served.unplug()
        case ["plug"]:
            served.unplug()
            served.plug()
        case _:
            return "; ".join(HELP)
    return "done"


def _served(reader: SimulatedIdCardReader, line: Line) -> Served:
    if line.tcp_port is not None and not 0 <= line.tcp_port < PORTS:
        raise CounterError(FailureCode.INPUT_INVALID, option="tcp-port")
    try:
        if line.tcp_port is not None:
            return SimulatedIdCardReaderTcp(reader, line.tcp_port)
        return SimulatedIdCardReaderPty(reader, line.link)
    except OSError as error:
        place = "link" if line.tcp_port is None else "tcp-port"
        raise CounterError(FailureCode.INPUT_INVALID, option=place) from error


def _is_byte(digits: str) -> bool:
    return len(digits) == 2 and set(digits) <= set("0123456789abcdefABCDEF")
