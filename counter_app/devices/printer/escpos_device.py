"""A thermal printer behind a character device such as /dev/usb/lp0, or behind a pipe.

A regular file is refused: what a customer is given must not stay lying in one.
Source: Linux lp(4) (LPGETSTATUS and its bits), drivers/usb/class/usblp.
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import stat
import struct
import time
import tty
from collections.abc import Callable
from pathlib import Path

from counter_app.devices.printer.escpos_line import EscposLine
from counter_app.errors import FailureCode

ANSWER_S = 1.0
"""How long a status is waited for; a cheap printer never sends one."""
_LPGETSTATUS = 0x060B
_OUT_OF_PAPER, _SELECTED, _NO_ERROR = 0x20, 0x10, 0x08

PortStatus = Callable[[int], int | None]


class DeviceEscpos(EscposLine):
    """A device file.

    Args:
        path: The device.
        timeout_s: For the printer to take bytes.
        port_status: Asks the kernel for the state of the port, given its descriptor.

    Raises:
        OSError: It is not there, not readable for us, or no device.
    """

    def __init__(
        self, path: Path, timeout_s: float = 5.0, port_status: PortStatus | None = None
    ) -> None:
        self._timeout_s = timeout_s
        self._port_status = port_status or lp_status
        self._file: int | None = None
        super().__init__()
        self._file, self.is_two_way = _opened(path)

    def trouble(self) -> FailureCode | None:
        """Say what the kernel knows of the port."""
        status = self._port_status(self._open_file())
        if status is None:
            return None
        if status & _OUT_OF_PAPER:
            return FailureCode.PRINTER_OUT_OF_PAPER
        if not status & _SELECTED:
            return FailureCode.PRINTER_OFFLINE
        return None if status & _NO_ERROR else FailureCode.PRINTER_JAM

    def close(self) -> None:
        """Close the device."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _raw(self, msg: bytes) -> None:
        left = memoryview(msg)
        until = time.monotonic() + self._timeout_s
        while left:
            _, ready, _ = select.select(
                [], [self._open_file()], [], max(0, until - time.monotonic())
            )
            if not ready:
                raise TimeoutError(errno.ETIMEDOUT, "the printer takes nothing")
            taken = os.write(self._open_file(), left[:4096])
            left = left[taken:]
            until = time.monotonic() + self._timeout_s

    def _read(self) -> bytes:
        if self.is_two_way:
            ready, _, _ = select.select([self._open_file()], [], [], ANSWER_S)
            if ready:
                return os.read(self._open_file(), 16)
        self.is_two_way = False
        return b""

    def _open_file(self) -> int:
        if self._file is None:
            raise ConnectionError("closed")
        return self._file


def lp_status(file: int) -> int | None:
    """Ask a parallel or USB printer port for its status lines; None for other devices."""
    try:
        return int(struct.unpack("i", fcntl.ioctl(file, _LPGETSTATUS, bytes(4)))[0])
    except OSError:
        return None


def _opened(path: Path) -> tuple[int, bool]:
    """Open a device, for both directions where it has them."""
    kind = path.stat().st_mode
    if not (stat.S_ISCHR(kind) or stat.S_ISFIFO(kind)):
        raise OSError(errno.ENODEV, "no device")
    flags = os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    if stat.S_ISFIFO(kind):
        return os.open(path, os.O_WRONLY | flags), False
    try:
        file = os.open(path, os.O_RDWR | flags)
    except PermissionError:
        return os.open(path, os.O_WRONLY | flags), False
    if os.isatty(file):
        tty.setraw(file)
    return file, True
