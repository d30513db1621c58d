"""A real pcscd with virtual readers, in a namespace of its own."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from counter_app.devices.card import pcsc
from counter_app.devices.card.simulator.card import SimulatedCard
from counter_app.devices.card.simulator.vpcd import insert
from counter_app.errors import CounterError

PORTS = (35963, 35964)
READERS = ("Virtual PCD 00 00", "Virtual PCD 00 01")
SOCKET = Path("/run/pcscd/pcscd.comm")


def raise_loopback() -> None:
    """Bring lo up in a fresh network namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sh", b"lo", 0x1 | 0x40)
        fcntl.ioctl(control, 0x8914, request)


def until(is_true: Callable[[], bool], limit_s: float = 8.0, what: str = "") -> None:
    """Poll until something holds."""
    end = time.monotonic() + limit_s
    while not is_true():
        assert time.monotonic() < end, f"not within {limit_s} s: {what}"
        time.sleep(0.01)


class Pcscd:
    """The daemon, which can be stopped, killed and started again."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._begin()
        until(self.answers, what="pcscd listens")

    def start_without_readers(self, folder: Path) -> None:
        """Start with an empty folder of reader descriptions, as if all were unplugged."""
        self._begin("--config", str(folder))
        until(lambda: self.answers(0), what="pcscd listens")

    def _begin(self, *options: str) -> None:
        self.close()
        self._process = subprocess.Popen(
            ["pcscd", "--foreground", *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def answers(self, readers: int = len(READERS)) -> bool:
        try:
            context = pcsc.Context()
        except CounterError:
            return False
        try:
            return len(context.readers()) == readers
        finally:
            context.release()

    def end(self, how: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, how)
        self._process.wait(timeout=8)
        for leftover in SOCKET.parent.glob("*"):
            leftover.unlink()

    def close(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.end(signal.SIGKILL)


class Slot:
    """A card in a virtual reader, until it is taken out."""

    def __init__(self, card: SimulatedCard, port: int = PORTS[0]) -> None:
        self._stop = threading.Event()
        self._inserted = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(card, port), name="slot")
        self._thread.start()

    def _run(self, card: SimulatedCard, port: int) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(CounterError):
                insert(card, ("127.0.0.1", port), self._stop, "test", self._inserted.set)
                return
            self._stop.wait(0.05)

    def take_out(self) -> None:
        self._stop.set()
        self._thread.join(timeout=5)


@contextlib.contextmanager
def card_in(card: SimulatedCard, port: int = PORTS[0]) -> Iterator[Slot]:
    slot = Slot(card, port)
    try:
        yield slot
    finally:
        slot.take_out()


def is_present(reader: str = READERS[0]) -> bool:
    """Say whether pcscd sees a card."""
    try:
        context = pcsc.Context()
    except CounterError:
        return False
    try:
        seen = context.wait([(reader, 0)], 0) or ()
        return any(now.has_card and not now.state & pcsc.STATE_MUTE for now in seen)
    except CounterError:
        return False
    finally:
        context.release()
