"""A thermal printer on TCP: decodes GS v 0 rasters and answers status requests."""

from __future__ import annotations

import os
import select
import socketserver
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from PIL import Image

ONLINE, NO_COVER = b"\x12", b"\x16"


class ThermalDevice:
    """What was printed, and how the printer feels.

    Attributes:
        paper: 2 enough, 1 little, 0 none.
    """

    def __init__(self) -> None:
        self.paper = 2
        self.is_online = True
        self.bands: list[Image.Image] = []
        self.cuts = 0

    def picture(self) -> Image.Image:
        """Paste the bands into one picture, dark on white."""
        whole = Image.new("1", (self.bands[0].width, sum(band.height for band in self.bands)), 1)
        top = 0
        for band in self.bands:
            whole.paste(band, (0, top))
            top += band.height
        return whole

    def status(self, kind: int) -> bytes:
        """Answer DLE EOT n."""
        if kind == 4:
            return {2: b"\x12", 1: b"\x1e", 0: b"\x72"}[self.paper]
        return b"\x12" if self.is_online else b"\x1a"


def serve(device: ThermalDevice, rfile: BinaryIO, wfile: BinaryIO | None) -> None:
    """Take what a printer takes until the line ends; without `wfile` nothing is answered."""
    while byte := rfile.read(1):
        if byte == b"\x10" and rfile.read(1) == b"\x04":
            answer = device.status(rfile.read(1)[0])
            if wfile is not None:
                wfile.write(answer)
        elif byte == b"\x1d":
            _group(device, rfile)


def _group(device: ThermalDevice, rfile: BinaryIO) -> None:
    command = rfile.read(1)
    if command == b"v":
        _, _, low, high, rows_low, rows_high = rfile.read(6)
        width, height = low + 256 * high, rows_low + 256 * rows_high
        raster = rfile.read(width * height)
        inverted = bytes(255 - byte for byte in raster)
        device.bands.append(Image.frombytes("1", (width * 8, height), inverted))
    elif command == b"V":
        rfile.read(1)
        device.cuts += 1


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        device: ThermalDevice = self.server.device  # type: ignore[attr-defined] # set below
        serve(device, self.rfile, self.wfile)


class _Server(socketserver.TCPServer):
    allow_reuse_address = True
    device: ThermalDevice


@contextmanager
def thermal_device() -> Iterator[tuple[ThermalDevice, int]]:
    """Run a thermal printer; yields it and its port."""
    device = ThermalDevice()
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.device = device
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="thermal")
        thread.start()
        try:
            yield device, server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


class _PolledFile:
    """Reads a descriptor until the test is over; ends as a closed line does."""

    def __init__(self, file: int, is_over: Callable[[], bool]) -> None:
        self._file = file
        self._is_over = is_over

    def read(self, count: int) -> bytes:
        """Read exactly so many bytes, fewer only at the end."""
        found = b""
        while len(found) < count and not self._is_over():
            ready, _, _ = select.select([self._file], [], [], 0.02)
            if ready:
                found += os.read(self._file, count - len(found))
        return found

    def write(self, data: bytes) -> int:
        """Answer."""
        return os.write(self._file, data)


@contextmanager
def _served(device: ThermalDevice, file: int, *, answers: bool) -> Iterator[None]:
    over = threading.Event()
    line = cast("BinaryIO", _PolledFile(file, over.is_set))
    wfile = line if answers else None
    thread = threading.Thread(target=serve, args=(device, line, wfile), name="thermal")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def thermal_pty(*, answers: bool = True) -> Iterator[tuple[ThermalDevice, Path]]:
    """Run a thermal printer behind a pseudo-terminal; yields it and its device file."""
    device = ThermalDevice()
    own, other = os.openpty()
    tty.setraw(other)
    with _served(device, own, answers=answers):
        yield device, Path(os.ttyname(other))
    os.close(own)
    os.close(other)


@contextmanager
def thermal_pipe(path: Path) -> Iterator[ThermalDevice]:
    """Run a thermal printer behind a pipe, which answers nothing."""
    device = ThermalDevice()
    os.mkfifo(path)
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    spare = os.open(path, os.O_WRONLY | os.O_NONBLOCK)  # a pipe without a writer is at its end
    with _served(device, file, answers=False):
        yield device
    os.close(spare)
    os.close(file)
