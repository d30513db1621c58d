"""From the settings' one line to a printer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from counter_app.devices.printer.escpos_line import EscposLine
from counter_app.devices.printer.folder_printer import FolderPrinter
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.paper import Printer, StripPrinter

OpenLine = Callable[[], EscposLine]


def open_printer(source: str, folder: Path, environment: str = "demo") -> Printer:
    """Return the printer that a source names.

    Args:
        source: `cups:<queue>`; `folder` or `folder:<path>`; `windows:<name>`; `auto`: the
            system's default queue; the folder where there is none, in demonstrations only.
        folder: Where the folder printer puts papers unless the source says otherwise.
        environment: Of real customers no paper is left in a folder.

    Raises:
        CounterError: SETTINGS_INVALID.
    """
    technology, _, name = source.partition(":")
    match technology:
        case "folder":
            return FolderPrinter(Path(name) if name else folder)
        case "cups" if name:
            from counter_app.devices.printer.cups_printer import CupsPrinter

            return CupsPrinter(name)
        case "windows" if name and sys.platform == "win32":
            from counter_app.devices.printer.win32_spooler import Win32Spooler
            from counter_app.devices.printer.windows_printer import WindowsPrinter

            return WindowsPrinter(name, Win32Spooler())
        case "auto":
            from counter_app.devices.printer.default_printer import DefaultPrinter

            spare = FolderPrinter(folder) if environment == "demo" else None
            return DefaultPrinter(default_queue, spare)
        case _:
            raise CounterError(FailureCode.SETTINGS_INVALID, setting="printer")


def open_strip_printer(source: str) -> StripPrinter | None:
    """Return the thermal printer that a source names.

    Args:
        source: `tcp:<host>` or `tcp:<host>:<port>` (9100 unless named); `device:<path>`, a
            character device such as /dev/usb/lp0; `serial:<port>` or `serial:<port>:<baud>`
            (38400 unless named); `cups:<queue>`, a raw queue; empty for none.

    Raises:
        CounterError: SETTINGS_INVALID.
    """
    if not source:
        return None
    from counter_app.devices.printer.thermal_printer import ThermalPrinter

    technology, _, place = source.partition(":")
    name, _, number = place.partition(":")
    if not name or not (number or "0").isdecimal() or technology not in _STRIP_LINES:
        raise CounterError(FailureCode.SETTINGS_INVALID, setting="strip_printer")
    return ThermalPrinter(name, _STRIP_LINES[technology](name, number))


def _tcp(host: str, port: str) -> OpenLine:
    from counter_app.devices.printer.escpos_tcp import DEFAULT_PORT, TcpEscpos

    return lambda: TcpEscpos(host, int(port or DEFAULT_PORT))


def _serial(port: str, baud: str) -> OpenLine:
    from counter_app.devices.printer.escpos_serial import DEFAULT_BAUD, SerialEscpos

    return lambda: SerialEscpos(port, int(baud or DEFAULT_BAUD))


def _device(path: str, _: str) -> OpenLine:
    if sys.platform == "win32":
        raise CounterError(FailureCode.SETTINGS_INVALID, setting="strip_printer")
    from counter_app.devices.printer.escpos_device import DeviceEscpos

    return lambda: DeviceEscpos(Path(path))


def _queue(name: str, _: str) -> OpenLine:
    from counter_app.devices.printer.cups_printer import CupsPrinter
    from counter_app.devices.printer.escpos_queue import QueueEscpos

    return lambda: QueueEscpos(CupsPrinter(name))


_STRIP_LINES = {"tcp": _tcp, "serial": _serial, "device": _device, "cups": _queue}


def default_queue() -> str:
    """Return the name of the system's default CUPS queue, or nothing."""
    if sys.platform == "win32":
        return ""
    import cups

    try:
        return str(cups.Connection().getDefault() or "")
    except (RuntimeError, cups.IPPError):
        return ""
