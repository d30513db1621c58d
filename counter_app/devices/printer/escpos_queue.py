"""A thermal printer behind a raw CUPS queue: the strip is handed over whole or not at all."""

from __future__ import annotations

from counter_app.devices.printer.cups_printer import CupsPrinter
from counter_app.devices.printer.escpos_line import EscposLine
from counter_app.errors import FailureCode

TITLE = "strip"
"""Spoolers show and log titles, so it names nobody."""


class QueueEscpos(EscposLine):
    """Gathers commands for a queue; the printer's own status stays with the spooler.

    Args:
        queue: A queue without a filter ("raw").
    """

    def __init__(self, queue: CupsPrinter) -> None:
        self._queue = queue
        self._gathered = bytearray()
        super().__init__()
        self.is_two_way = False

    def trouble(self) -> FailureCode | None:
        """Say what the spooler knows."""
        return self._queue.health().reason

    def finish(self) -> None:
        """Hand everything to the spooler."""
        self._queue.submit_raw(bytes(self._gathered), TITLE)

    def close(self) -> None:
        """Forget what was not handed over."""
        self._gathered.clear()

    def _raw(self, msg: bytes) -> None:
        self._gathered += msg

    def _read(self) -> bytes:
        return b""
