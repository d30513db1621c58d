"""Looking at a stranger's file before any parser does: does it swell beyond what ours can be?

A stream's dictionary always stands in the open in a PDF (only plain objects may hide in object
streams), so filters can be judged and streams be unpacked within bounds without parsing.
Source: ISO 32000-1, 7.3.8 (streams), 7.5.7 (object streams).
"""

from __future__ import annotations

import re
import zlib

MAX_BYTES = 25 * 1024 * 1024
MAX_UNPACKED = 128 * 1024 * 1024
_STREAM = re.compile(rb"stream\r?\n")
_FILTER = re.compile(rb"/(?:F|#46)(?:i|#69)(?:l|#6[cC])(?:t|#74)(?:e|#65)(?:r|#72)(?![A-Za-z])")
"""The name, also with its letters escaped."""
_OURS = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\]|/Adobe\.PPKLite)(?=[\s/>])")
_STEP = 1024 * 1024


def is_within_bounds(data: bytes) -> bool:
    """Say whether a PDF packs no more than `MAX_UNPACKED` bytes, in the one way ours does."""
    if len(data) > MAX_BYTES:
        return False
    if not all(_OURS.match(data, found.start()) for found in _FILTER.finditer(data)):
        return False
    total = 0
    for match in _STREAM.finditer(data):
        total += _unpacked_size(data, match.end(), MAX_UNPACKED - total)
        if total > MAX_UNPACKED:
            return False
    return True


def _unpacked_size(data: bytes, start: int, room: int) -> int:
    """Unpack from `start` and count, stopping beyond `room`; 0 where nothing is packed."""
    inflater, size = zlib.decompressobj(), 0
    packed = data[start : start + _STEP]
    try:
        while packed and size <= room and not inflater.eof:
            size += len(inflater.decompress(packed, _STEP))
            packed = inflater.unconsumed_tail
            if not packed and not inflater.eof:
                start += _STEP
                packed = data[start : start + _STEP]
    except zlib.error:
        return size
    return size
