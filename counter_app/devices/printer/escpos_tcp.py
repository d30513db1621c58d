"""An ESC/POS device on TCP whose socket is closed whatever happens."""

from __future__ import annotations

import socket

from counter_app.devices.printer.escpos_line import EscposLine

DEFAULT_PORT = 9100


class TcpEscpos(EscposLine):
    """A connection to a thermal printer.

    Args:
        host: Its address.
        port: 9100 unless the printer is set otherwise.
        timeout_s: For connecting, writing and waiting for a status.

    Raises:
        OSError: It does not answer.
    """

    def __init__(self, host: str, port: int = DEFAULT_PORT, timeout_s: float = 5.0) -> None:
        self._line: socket.socket | None = None
        super().__init__()
        self._line = socket.create_connection((host, port), timeout_s)

    def close(self) -> None:
        """Close the connection; may be called twice."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _raw(self, msg: bytes) -> None:
        self._open_line().sendall(msg)

    def _read(self) -> bytes:
        return self._open_line().recv(16)

    def _open_line(self) -> socket.socket:
        if self._line is None:
            raise ConnectionError("closed")
        return self._line
