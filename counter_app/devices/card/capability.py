"""How long an answer may be: what the reader carries and what the card says it can.

Source: PC/SC part 10, sections 2.2 and 2.6.14; ISO/IEC 7816-4 section 8.1.1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

SHORT = 256
FEATURES = 0x42000000 + 3400 if sys.platform != "win32" else 0x00310000 + (3400 << 2)
FEATURE_PROPERTIES = 0x12
PROPERTY_LONGEST = 0x0A
CAPABILITIES = 0x7
EXTENDED_LENGTH = 0x40


def longest_answer(control: Callable[[int], bytes], atr: bytes) -> int:
    """Return the bytes of the longest answer, 256 unless reader and card both carry more.

    Args:
        control: Sends a control code to the reader and returns its answer, empty when refused.
        atr: Answer to reset.
    """
    if not says_extended(atr):
        return SHORT
    features = _pairs(control(FEATURES))
    code = int.from_bytes(features.get(FEATURE_PROPERTIES, b""), "big")
    if not code:
        return SHORT
    longest = _pairs(control(code)).get(PROPERTY_LONGEST, b"")
    # Properties are little-endian, feature codes big-endian.
    return min(max(int.from_bytes(longest, "little"), SHORT), 65536)


def _pairs(data: bytes) -> dict[int, bytes]:
    found, place = {}, 0
    while place + 2 <= len(data):
        tag, length = data[place], data[place + 1]
        found[tag] = data[place + 2 : place + 2 + length]
        place += 2 + length
    return found


def says_extended(atr: bytes) -> bool:
    """Say whether the historical bytes of an answer to reset promise extended length fields."""
    history = history_of(atr)
    if not history or history[0] not in (0x00, 0x80):
        return False
    place = 1
    while place < len(history):
        tag, length = history[place] >> 4, history[place] & 0x0F
        value = history[place + 1 : place + 1 + length]
        if tag == CAPABILITIES and len(value) >= 3:
            return bool(value[2] & EXTENDED_LENGTH)
        place += 1 + length
    return False


def history_of(atr: bytes) -> bytes:
    """Return the historical bytes of an answer to reset; empty when it is cut off.

    Source: ISO/IEC 7816-3 section 8.2.
    """
    if len(atr) < 2:
        return b""
    count, place, announced = atr[1] & 0x0F, 2, atr[1] >> 4
    while announced:
        present = announced.bit_count()
        last = place + present - 1
        announced = atr[last] >> 4 if announced & 0x8 and last < len(atr) else 0
        place += present
    history = atr[place : place + count]
    return history if len(history) == count else b""
