"""A thermal printer on a serial port."""

from __future__ import annotations

import serial

from counter_app.devices.printer.escpos_line import EscposLine

DEFAULT_BAUD = 38_400


class SerialEscpos(EscposLine):
    """A serial line, eight bits, no parity.

    The printer is to be set to XON/XOFF, so that it is not sent more than it can print.

    Args:
        port: As pyserial names it: /dev/ttyS0, COM3.
        baud: Its speed.
        timeout_s: For an answer; writing may take ten times as long.

    Raises:
        OSError: It is not there.
    """

    def __init__(self, port: str, baud: int = DEFAULT_BAUD, timeout_s: float = 2.0) -> None:
        self._line: serial.Serial | None = None
        super().__init__()
        self._line = serial.Serial(
            port, baud, timeout=timeout_s, write_timeout=10 * timeout_s, xonxoff=True
        )

    def close(self) -> None:
        """Let what was written leave, and close the port."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def finish(self) -> None:
        """Wait until the last byte left."""
        self._open_line().flush()

    def _raw(self, msg: bytes) -> None:
        self._open_line().write(msg)

    def _read(self) -> bytes:
        answer = bytes(self._open_line().read(1))
        if not answer:
            raise TimeoutError("the printer does not answer")
        return answer

    def _open_line(self) -> serial.Serial:
        if self._line is None:
            raise ConnectionError("closed")
        return self._line
