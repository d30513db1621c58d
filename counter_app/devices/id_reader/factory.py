"""From the settings' one line to a reader."""

from __future__ import annotations

from functools import partial

from counter_app.devices.id_reader.connection import Connect
from counter_app.devices.id_reader.module_connection import FindTransports, over_transports
from counter_app.devices.id_reader.reader import PollingIdCardReader
from counter_app.devices.id_reader.sam_v import TimeLimits
from counter_app.devices.id_reader.serial_transport import transports_anywhere, transports_at
from counter_app.devices.id_reader.service_connection import DEFAULT_SERVICE, over_service
from counter_app.devices.id_reader.tcp_transport import TcpTransport
from counter_app.devices.id_reader.usb_transport import transports_on_bus
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.id_reader import IdCardReader


def open_id_card_reader(source: str, limits: TimeLimits | None = None) -> IdCardReader:
    """Return the reader that a source names; the line itself is opened by the first call.

    Args:
        source: `serial:<port>`, `serial:auto` (every USB-serial bridge), `pty:<path>`, `usb`,
            `tcp:<loopback address>:<port>`, `service` or `service:<http address>`.
        limits: Time limits, those of the protocol when not given.

    Raises:
        CounterError: SETTINGS_INVALID.
    """
    technology, _, address = source.partition(":")
    limits = limits or TimeLimits()
    if technology == "service":
        return PollingIdCardReader(over_service(address or DEFAULT_SERVICE, limits))
    return PollingIdCardReader(_over_lines(technology, address, limits))


def _over_lines(technology: str, address: str, limits: TimeLimits) -> Connect:
    find: FindTransports
    match technology, address:
        case "serial", "auto":
            find = transports_anywhere
        case (("serial" | "pty"), path) if path:
            find = partial(transports_at, path)
        case "usb", "":
            find = transports_on_bus
        case "tcp", _:
            transport = _tcp_transport(address)
            find = lambda: (transport,)  # noqa: E731 -- one line, offered each time
        case _:
            raise CounterError(FailureCode.SETTINGS_INVALID, setting="id_reader")
    return over_transports(find, limits)


def _tcp_transport(address: str) -> TcpTransport:
    host, _, port = address.rpartition(":")
    number = int(port) if port.isascii() and port.isdigit() else 0
    return TcpTransport(host.strip("[]"), number)
