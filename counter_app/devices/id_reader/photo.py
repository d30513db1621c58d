"""Portraits of the chip decoded by a vendor's library, in a process of its own.

The format is closed and no decoder ships with the program. The libraries are native code that
is known to crash, so one never runs inside the counter.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import Stop

LONGEST_WLT = 1_024
WIDTH_PX, HEIGHT_PX = 102, 126
BMP_BYTES = 54 + HEIGHT_PX * 308

_HELPER = "counter_app.devices.id_reader.photo_helper"
_LOOK_S = 0.05


class DecoderCall(StrEnum):
    """How a library wants to be called; the names are those of its function."""

    UNPACK = "unpack"
    """`unpack(wlt, pixels, flag)`: memory to memory, 38,556 bytes of BGR."""
    WLT2BMP = "wlt2Bmp"
    """`wlt2Bmp(wlt_path, bmp_path)` returns 1: file to file."""
    GET_BMP = "GetBmp"
    """`GetBmp(wlt_path, interface)` returns 1: writes the .bmp beside the .wlt file."""


@dataclass(frozen=True, slots=True)
class VendorLibrary:
    """An installed decoder as named in the settings.

    Attributes:
        path: The shared library.
        call: How to call it.
        symbol: Exported name where it differs from the call's, as in C++ builds.
        flag: Third argument of `unpack`, second of `GetBmp` (1 serial, 2 USB).
    """

    path: Path
    call: DecoderCall
    symbol: str = ""
    flag: int = 0


class NoPhotoDecoder:
    """What there is where no vendor's library is installed."""

    def decode(self, wlt: bytes, stop: Stop) -> bytes:
        """Refuse with PHOTO_NOT_DECODED."""
        if stop.is_set():
            raise CounterError(FailureCode.STOPPED)
        raise CounterError(FailureCode.PHOTO_NOT_DECODED, reason="no decoder", bytes=len(wlt))


class VendorPhotoDecoder:
    """Decodes each portrait in a new process with a time limit."""

    def __init__(self, library: VendorLibrary, limit_s: float = 5.0) -> None:
        self._library = library
        self._limit_s = limit_s

    def decode(self, wlt: bytes, stop: Stop) -> bytes:
        """Decode a portrait to a BMP file; see `PhotoDecoder`."""
        if not 0 < len(wlt) <= LONGEST_WLT:
            raise CounterError(FailureCode.PHOTO_NOT_DECODED, reason="size", bytes=len(wlt))
        library = self._library
        command = [
            *(sys.executable, "-I", "-m", _HELPER),
            *(str(library.path), library.call.value, library.symbol or library.call.value),
            str(library.flag),
        ]
        with (
            tempfile.TemporaryDirectory() as folder,
            subprocess.Popen(  # noqa: S603 -- our own module, arguments from the settings
                command,
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            ) as helper,
        ):
            try:
                picture = self._converse(helper, wlt, stop)
            finally:
                helper.kill()
        if len(picture) != BMP_BYTES or not picture.startswith(b"BM"):
            raise CounterError(FailureCode.PHOTO_NOT_DECODED, exit=helper.returncode)
        return picture

    def _converse(self, helper: subprocess.Popen[bytes], wlt: bytes, stop: Stop) -> bytes:
        """Hand the portrait over and take what comes back."""
        until = time.monotonic() + self._limit_s
        to_send: bytes | None = wlt
        while time.monotonic() < until:
            if stop.is_set():
                raise CounterError(FailureCode.STOPPED)
            try:
                picture, _ = helper.communicate(to_send, timeout=_LOOK_S)
            except subprocess.TimeoutExpired:
                to_send = None
            else:
                return picture
        raise CounterError(FailureCode.PHOTO_NOT_DECODED, reason="too slow")
