"""A simulated reader, the line it is served on, and the reader under test at the other end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from counter_app.devices.id_reader.factory import open_id_card_reader
from counter_app.devices.id_reader.module_connection import over_transports
from counter_app.devices.id_reader.reader import PollingIdCardReader
from counter_app.devices.id_reader.sam_v import Command, TimeLimits
from counter_app.devices.id_reader.simulator.module import SimulatedIdCardReader
from counter_app.devices.id_reader.simulator.pty_line import SimulatedIdCardReaderPty
from counter_app.devices.id_reader.simulator.service import SimulatedIdCardReaderService
from counter_app.devices.id_reader.simulator.specimen import ResidentCardSpecimen
from counter_app.devices.id_reader.simulator.tcp_line import SimulatedIdCardReaderTcp
from counter_app.devices.id_reader.simulator.usb_bus import PipeLayout, SimulatedIdCardReaderUsb
from counter_app.devices.id_reader.usb_transport import transports_on_bus
from counter_app.domain.resident_card import ResidentCard
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.id_reader import IdCardReader, ReadPhase, ReadProgress
from counter_app.ports.stop import never

PATIENT = TimeLimits(poll_s=0.03, same_card_s=0.05)
"""The protocol's own limits, so that a slow machine fails no test; only the polling is faster."""

HASTY = TimeLimits(short_s=0.3, read_s=0.3, silence_s=0.1, poll_s=0.03, same_card_s=0.05)
"""For tests in which an answer never comes."""

MODULE_LINES = ("pty", "tcp", "usb-split", "usb-whole")
ALL_LINES = (*MODULE_LINES, "service")
DEADLINE_S = 5.0


class Plug(Protocol):
    def plug(self) -> None: ...

    def unplug(self) -> None: ...


@dataclass
class Rig:
    simulated: SimulatedIdCardReader
    plug: Plug
    reader: IdCardReader
    progress: list[ReadProgress] = field(default_factory=list)

    def insert(self, card: ResidentCard, refusal: int | None = None) -> None:
        self.simulated.insert(ResidentCardSpecimen.of(card, refusal))

    def read(self) -> ResidentCard:
        return self.reader.wait_for_card(never(), self.progress.append)

    def failure(self) -> FailureCode:
        try:
            self.read()
        except CounterError as error:
            return error.code
        raise AssertionError("a card was read")

    def phases(self) -> list[ReadPhase]:
        return [progress.phase for progress in self.progress]

    def finds(self) -> int:
        return self.simulated.requests.count(Command.FIND.value)

    def wait_for_finds(self, more: int) -> None:
        """Wait until the reader has looked for a card some more times."""
        before = self.finds()
        until(lambda: self.finds() >= before + more)

    @contextmanager
    def waiting(self) -> Iterator[Waiting]:
        """Run a wait on a thread of its own and stop it in the end."""
        stop = threading.Event()
        with ThreadPoolExecutor(1) as lane:
            wait = lane.submit(self.reader.wait_for_card, stop, self.progress.append)
            try:
                until(lambda: bool(self.progress) or wait.done())
                yield Waiting(stop, wait)
            finally:
                stop.set()


@dataclass
class Waiting:
    stop: threading.Event
    wait: Future[ResidentCard]

    def card(self) -> ResidentCard:
        return self.wait.result(DEADLINE_S)

    def failure(self) -> FailureCode:
        error = self.wait.exception(DEADLINE_S)
        assert isinstance(error, CounterError)
        return error.code


def until(holds: Callable[[], bool]) -> None:
    """Poll until something holds."""
    deadline = time.monotonic() + DEADLINE_S
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.005)


@contextmanager
def rig_on(
    line: str,
    simulated: SimulatedIdCardReader,
    folder: Path,
    limits: TimeLimits = PATIENT,
) -> Iterator[Rig]:
    """Serve a simulated reader on a line and open the reader at its other end."""
    plug, reader = _built(line, simulated, folder, limits)
    try:
        yield Rig(simulated, plug, reader)
    finally:
        reader.close()
        plug.unplug()


def _built(
    line: str, simulated: SimulatedIdCardReader, folder: Path, limits: TimeLimits
) -> tuple[Plug, IdCardReader]:
    match line:
        case "pty":
            pty = SimulatedIdCardReaderPty(simulated, folder / "reader")
            return pty, open_id_card_reader(f"pty:{pty.path}", limits)
        case "tcp":
            tcp = SimulatedIdCardReaderTcp(simulated)
            return tcp, open_id_card_reader(f"tcp:{tcp.path}", limits)
        case "service":
            service = SimulatedIdCardReaderService(simulated)
            return service, open_id_card_reader(f"service:{service.path}", limits)
    layout = PipeLayout.SPLIT if line == "usb-split" else PipeLayout.WHOLE
    bus = SimulatedIdCardReaderUsb(simulated, layout)
    return bus, PollingIdCardReader(over_transports(partial(transports_on_bus, bus), limits))
