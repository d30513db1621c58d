"""The process around a vendor's photo library: portrait in, BMP file out, then the end.

Arguments: library path, call, symbol, flag. Exit status 0 with a BMP file on standard output,
anything else without. It imports nothing of the counter so that it starts fast.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import sys
from pathlib import Path

_LONGEST_WLT = 1_024
_WIDTH_PX, _HEIGHT_PX = 102, 126
_ROW_BYTES = _WIDTH_PX * 3
_PIXEL_BYTES = _ROW_BYTES * _HEIGHT_PX
_PADDED_ROW_BYTES = 308
_ROOM_BYTES = 1 << 20
_OK = 1


def main(path: str, call: str, symbol: str, flag: int) -> int:
    """Decode one portrait; return the exit status."""
    _keep_no_core()
    answer_end = _own_answer_end()
    wlt = sys.stdin.buffer.read(_LONGEST_WLT)
    try:
        function = getattr(ctypes.CDLL(path), symbol)
    except (OSError, AttributeError):
        return 2
    is_unpack = call == "unpack"
    picture = _unpacked(function, wlt, flag) if is_unpack else _filed(function, wlt, call, flag)
    if picture is None:
        return 3
    with open(answer_end, "wb") as answer:  # noqa: PTH123 -- a descriptor, not a path
        answer.write(picture)
    return 0


def bmp_of(pixels: bytes) -> bytes:
    """Wrap the pixels into a BMP file.

    Args:
        pixels: BGR, 102 × 126, bottom row first as the libraries deliver it.
    """
    rows = (pixels[at : at + _ROW_BYTES] for at in range(0, _PIXEL_BYTES, _ROW_BYTES))
    body = b"".join(row.ljust(_PADDED_ROW_BYTES, b"\0") for row in rows)
    file_header = struct.pack("<2sIHHI", b"BM", 54 + len(body), 0, 0, 54)
    picture_header = struct.pack(
        "<IiiHHIIiiII", 40, _WIDTH_PX, _HEIGHT_PX, 1, 24, 0, len(body), 0, 0, 0, 0
    )
    return file_header + picture_header + body


def _unpacked(function: ctypes._NamedFuncPointer, wlt: bytes, flag: int) -> bytes | None:
    """Call memory to memory; untouched memory means that nothing was decoded."""
    pixels = ctypes.create_string_buffer(_ROOM_BYTES)
    function(ctypes.create_string_buffer(wlt, _LONGEST_WLT), pixels, ctypes.c_int(flag))
    raw = pixels.raw[:_PIXEL_BYTES]
    return bmp_of(raw) if any(raw) else None


def _filed(function: ctypes._NamedFuncPointer, wlt: bytes, call: str, flag: int) -> bytes | None:
    """Call file to file in the working folder, which the caller made and removes."""
    source, target = Path.cwd() / "photo.wlt", Path.cwd() / "photo.bmp"
    source.write_bytes(wlt)
    second = ctypes.c_char_p(bytes(target)) if call == "wlt2Bmp" else ctypes.c_int(flag)
    result = function(ctypes.c_char_p(bytes(source)), second)
    if result != _OK or not target.exists():
        return None
    return target.read_bytes()


def _own_answer_end() -> int:
    """Keep standard output for the picture: what the library prints goes nowhere."""
    answer_end = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answer_end


def _keep_no_core() -> None:
    """Leave no memory image of a face behind when the library crashes."""
    with contextlib.suppress(ImportError):
        import resource  # not there on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _, _path, _call, _symbol, _flag = sys.argv
    sys.exit(main(_path, _call, _symbol, int(_flag)))
