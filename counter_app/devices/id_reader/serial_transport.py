"""Readers on a serial line: a COM port, a USB-serial bridge or a pseudo-terminal."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator

import serial
from serial.tools import list_ports

from counter_app.devices.id_reader.transport import RECEIVE_WAIT_S
from counter_app.errors import CounterError, FailureCode

SPEEDS = (115_200, 57_600, 38_400, 19_200, 9_600)
"""Line speeds of the module in the order in which makers ship them."""

BRIDGE_VENDORS = frozenset({0x1A86, 0x10C4, 0x0403, 0x067B})
"""USB-serial bridges found in readers: CH340, CP210x, FTDI, PL2303."""

_SEND_LIMIT_S = 1.0
_TAKEN = {errno.EAGAIN, errno.EBUSY}


class SerialTransport:
    """One serial port at one speed, 8 data bits, no parity, 1 stop bit, no flow control."""

    def __init__(self, path: str, speed: int) -> None:
        self._path = path
        self._speed = speed
        self._port: serial.Serial | None = None

    @property
    def name(self) -> str:
        """`serial`, path, speed."""
        return f"serial {self._path} {self._speed}"

    def open(self) -> None:
        """Open and lock the port."""
        try:
            self._port = serial.Serial(
                self._path,
                self._speed,
                timeout=RECEIVE_WAIT_S,
                write_timeout=_SEND_LIMIT_S,
                exclusive=True,
            )
        except (serial.SerialException, ValueError) as error:
            raise CounterError(_open_failure(error), transport=self.name) from error

    def send(self, frame: bytes) -> None:
        """Write the frame."""
        try:
            self._opened().write(frame)
        except serial.SerialTimeoutException as error:
            raise CounterError(FailureCode.READER_NO_ANSWER, transport=self.name) from error
        except (serial.SerialException, OSError) as error:
            raise self._lost() from error

    def receive(self) -> bytes:
        """Wait for a first byte, then take everything that is there."""
        port = self._opened()
        try:
            first = port.read(1)
            return first + port.read(port.in_waiting) if first else b""
        except (serial.SerialException, OSError) as error:
            raise self._lost() from error

    def discard(self) -> None:
        """Drop the input buffer."""
        port = self._opened()
        try:
            while waiting := port.in_waiting:
                port.read(waiting)
        except (serial.SerialException, OSError) as error:
            raise self._lost() from error

    def close(self) -> None:
        """Close the port."""
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def _opened(self) -> serial.Serial:
        if self._port is None:
            raise self._lost()
        return self._port

    def _lost(self) -> CounterError:
        return CounterError(FailureCode.READER_LOST, transport=self.name)


def transports_at(path: str) -> Iterator[SerialTransport]:
    """Offer one port at every speed a module may use."""
    return (SerialTransport(path, speed) for speed in SPEEDS)


def transports_anywhere() -> Iterator[SerialTransport]:
    """Offer every port behind a USB-serial bridge of a kind that readers use.

    Other ports are left alone: a printer or a modem would take a probe for its own business.
    """
    for port in list_ports.comports():
        if port.vid in BRIDGE_VENDORS:
            yield from transports_at(port.device)


def _open_failure(error: Exception) -> FailureCode:
    number = getattr(error, "errno", None)
    if number in _TAKEN or (sys.platform == "win32" and "PermissionError" in str(error)):
        return FailureCode.READER_BUSY
    return FailureCode.READER_MISSING
