"""A thermal printer on TCP: decodes GS v 0 rasters and answers status requests."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

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


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        device: ThermalDevice = self.server.device  # type: ignore[attr-defined] # set below
        while byte := self.rfile.read(1):
            if byte == b"\x10" and self.rfile.read(1) == b"\x04":
                self.wfile.write(device.status(self.rfile.read(1)[0]))
            elif byte == b"\x1d":
                self._group(device)

    def _group(self, device: ThermalDevice) -> None:
        command = self.rfile.read(1)
        if command == b"v":
            _, _, low, high, rows_low, rows_high = self.rfile.read(6)
            width, height = low + 256 * high, rows_low + 256 * rows_high
            raster = self.rfile.read(width * height)
            inverted = bytes(255 - byte for byte in raster)
            device.bands.append(Image.frombytes("1", (width * 8, height), inverted))
        elif command == b"V":
            self.rfile.read(1)
            device.cuts += 1


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
