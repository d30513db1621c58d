"""An 80 mm thermal printer that speaks ESC/POS; text goes as a picture, whatever its ROM knows.

Source: Epson ESC/POS: GS v 0 (raster bit image), DLE EOT (real-time status).
"""

from __future__ import annotations

import io
from collections.abc import Callable

from escpos.exceptions import Error as EscposError
from PIL import Image

from counter_app.devices.printer.escpos_line import EscposLine
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.paper import PrinterHealth

WIDTH_PX = 576
_BAND_PX = 256
_NO_PAPER = 0
_LITTLE_PAPER = 1


class ThermalPrinter:
    """One thermal printer.

    Args:
        name: As the health strip shows it.
        connect: Opens the device, for example `lambda: TcpEscpos(host)`.
    """

    def __init__(self, name: str, connect: Callable[[], EscposLine]) -> None:
        self._name = name
        self._connect = connect

    def print_strip(self, png: bytes) -> None:
        """Print a strip and cut it.

        Args:
            png: 1-bit PNG, `WIDTH_PX` wide, as `PaperMaker.strip` makes it.

        Raises:
            CounterError: PRINTER_OFFLINE, PRINTER_OUT_OF_PAPER, PRINTER_REFUSED.
        """
        with Image.open(io.BytesIO(png)) as opened:
            picture = opened.convert("1")
        if picture.width != WIDTH_PX:
            raise ValueError("a strip is 576 px wide")
        try:
            self._print(picture)
        except (OSError, EscposError) as error:
            raise CounterError(FailureCode.PRINTER_OFFLINE) from error

    def health(self) -> PrinterHealth:
        """Ask for paper and readiness; never raises."""
        try:
            device = self._connect()
            try:
                return self._health_of(device)
            finally:
                device.close()
        except CounterError as error:
            return PrinterHealth(self._name, error.code)
        except (OSError, EscposError):
            return PrinterHealth(self._name, FailureCode.PRINTER_OFFLINE)

    def _print(self, picture: Image.Image) -> None:
        device = self._connect()
        try:
            reason = self._health_of(device).reason
            if reason:
                raise CounterError(reason)
            device.image(picture, impl="bitImageRaster", fragment_height=_BAND_PX)
            device.cut()
            device.finish()
        finally:
            device.close()

    def _health_of(self, device: EscposLine) -> PrinterHealth:
        paper = device.paper_status() if device.is_two_way else None
        if not device.is_two_way:  # known at once, or after a question without an answer
            return PrinterHealth(self._name, device.trouble())
        if paper == _NO_PAPER:
            return PrinterHealth(self._name, FailureCode.PRINTER_OUT_OF_PAPER)
        if not device.is_online():
            return PrinterHealth(self._name, FailureCode.PRINTER_OFFLINE)
        return PrinterHealth(self._name, None, ("media",) if paper == _LITTLE_PAPER else ())
