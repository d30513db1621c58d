"""Readers whose frames are tunnelled over TCP on this computer."""

from __future__ import annotations

import ipaddress
import socket

from counter_app.devices.id_reader.transport import RECEIVE_WAIT_S
from counter_app.errors import CounterError, FailureCode

_CONNECT_LIMIT_S = 1.0
_SEND_LIMIT_S = 1.0
_AT_ONCE = 4_096


class TcpTransport:
    """One connection to a loopback port.

    The frames are not encrypted, so an address on the network is refused: a tunnel from
    elsewhere has to end on this computer.
    """

    def __init__(self, host: str, port: int) -> None:
        """Keep the address for `open`.

        Args:
            host: A loopback address, in digits.
            port: 1 to 65535.

        Raises:
            CounterError: SETTINGS_INVALID.
        """
        if not _is_loopback(host) or not 0 < port < 65_536:
            raise CounterError(FailureCode.SETTINGS_INVALID, setting="id_reader", reason="address")
        self._address = (host, port)
        self._socket: socket.socket | None = None

    @property
    def name(self) -> str:
        """`tcp`, host, port."""
        return f"tcp {self._address[0]}:{self._address[1]}"

    def open(self) -> None:
        """Connect."""
        try:
            self._socket = socket.create_connection(self._address, _CONNECT_LIMIT_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            raise CounterError(FailureCode.READER_MISSING, transport=self.name) from error

    def send(self, frame: bytes) -> None:
        """Send the frame."""
        line = self._opened()
        line.settimeout(_SEND_LIMIT_S)
        try:
            line.sendall(frame)
        except TimeoutError as error:
            raise CounterError(FailureCode.READER_NO_ANSWER, transport=self.name) from error
        except OSError as error:
            raise self._lost() from error

    def receive(self) -> bytes:
        """Wait for a first byte, then take everything that is there."""
        return self._take(RECEIVE_WAIT_S)

    def discard(self) -> None:
        """Drop what is there."""
        while self._take(0.0):
            pass

    def close(self) -> None:
        """Hang up."""
        line, self._socket = self._socket, None
        if line is not None:
            line.close()

    def _take(self, wait_s: float) -> bytes:
        line = self._opened()
        line.settimeout(wait_s)
        try:
            received = line.recv(_AT_ONCE)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise self._lost() from error
        if not received:
            raise self._lost()
        return received

    def _opened(self) -> socket.socket:
        if self._socket is None:
            raise self._lost()
        return self._socket

    def _lost(self) -> CounterError:
        return CounterError(FailureCode.READER_LOST, transport=self.name)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
