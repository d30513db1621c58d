"""Frames between the counter and a reader's security module.

`AA AA AA 96 69 | length, 2 bytes big-endian | payload | XOR of length and payload`. The length
counts the payload and the check byte.
Source: GA/T 467, interface of the identity card verification module.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("AAAAAA9669")
HEADER_BYTES = len(PREAMBLE) + 2
LONGEST_BODY = 2_400
"""The longest answer in use, text, portrait and fingerprints, has 2,314 bytes after the length."""
SHORTEST_REQUEST = 3
SHORTEST_ANSWER = 4


class FrameFault(StrEnum):
    """What is wrong with a frame."""

    CHECKSUM = "checksum"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a whole frame carried; the payload is empty when the frame is faulty."""

    payload: bytes = field(repr=False)
    fault: FrameFault | None = None


def encode_frame(payload: bytes) -> bytes:
    """Wrap a payload (command, parameter, data; or three status bytes, data) into a frame."""
    checked = (len(payload) + 1).to_bytes(2, "big") + payload
    return PREAMBLE + checked + bytes([check_byte(checked)])


def check_byte(checked: bytes) -> int:
    """Return the XOR of all bytes."""
    return reduce(xor, checked, 0)


class FrameBuffer:
    """Collects bytes as they come and finds the frames in them.

    Whatever stands before a preamble is dropped; an impossible length is a false start.
    """

    def __init__(self, shortest_body: int) -> None:
        self._shortest_body = shortest_body
        self._bytes = bytearray()

    def feed(self, received: bytes) -> None:
        """Append what came over the line."""
        self._bytes += received

    def clear(self) -> None:
        """Forget what was collected."""
        self._bytes.clear()

    @property
    def held(self) -> int:
        """Bytes collected of the frame in progress."""
        return len(self._bytes)

    @property
    def expected(self) -> int:
        """Bytes of the whole frame in progress, 0 while its length is unknown."""
        if len(self._bytes) < HEADER_BYTES or not self._bytes.startswith(PREAMBLE):
            return 0
        return HEADER_BYTES + self._body_length()

    def take(self) -> Frame | None:
        """Return the next whole frame, or None while there is none."""
        self._drop_stray_bytes()
        if not self.expected:
            return None
        if not self._shortest_body <= self._body_length() <= LONGEST_BODY:
            del self._bytes[: len(PREAMBLE)]
            return Frame(b"", FrameFault.LENGTH)
        if len(self._bytes) < self.expected:
            return None
        whole = bytes(self._bytes[: self.expected])
        if not check_byte(whole[len(PREAMBLE) :]):
            del self._bytes[: len(whole)]
            return Frame(whole[HEADER_BYTES:-1])
        if self.give_up(before=len(whole)):
            return self.take()
        del self._bytes[: len(whole)]
        return Frame(b"", FrameFault.CHECKSUM)

    def give_up(self, before: int | None = None) -> bool:
        """Drop a frame that was cut off when another one begins inside it; say whether so.

        Args:
            before: Where the frame ends, that of all bytes when not given.
        """
        start = self._bytes.find(PREAMBLE, 1, before)
        if start < 0:
            return False
        del self._bytes[:start]
        return True

    def _body_length(self) -> int:
        return int.from_bytes(self._bytes[len(PREAMBLE) : HEADER_BYTES], "big")

    def _drop_stray_bytes(self) -> None:
        start = self._bytes.find(PREAMBLE)
        kept = len(PREAMBLE) - 1
        if start > 0:
            del self._bytes[:start]
        elif start < 0 and len(self._bytes) > kept:
            del self._bytes[:-kept]
