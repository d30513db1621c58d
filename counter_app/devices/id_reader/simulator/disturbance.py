"""What can happen to an answer on its way from the module to the counter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from counter_app.devices.id_reader.frame import HEADER_BYTES, PREAMBLE

CHUNK_BYTES = 64


class Disturbance(StrEnum):
    """A fault of the line or the module, applied to one answer."""

    STRAY_BYTES = "stray_bytes"
    """Noise and half a preamble come before the frame."""
    CORRUPTED = "corrupted"
    """The check byte does not fit."""
    TRUNCATED = "truncated"
    """The second half never comes."""
    NO_ANSWER = "no_answer"
    TRICKLED = "trickled"
    """Every byte comes by itself."""
    SPLIT = "split"
    """A pause after the header."""
    DELAYED = "delayed"
    """The answer comes after a pause."""
    WRONG_SPEED = "wrong_speed"
    """What a line at another speed looks like: bytes without sense."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes that leave together, `after_s` seconds after the piece before."""

    content: bytes = field(repr=False)
    after_s: float = 0.0


def pieces(frame: bytes, disturbance: Disturbance | None, latency_s: float) -> tuple[Piece, ...]:
    """Cut an answer into what goes over the line and when."""
    if disturbance is Disturbance.TRICKLED:
        return tuple(Piece(bytes([byte]), _TRICKLE_S) for byte in frame)
    if disturbance is Disturbance.SPLIT:
        return Piece(frame[:HEADER_BYTES], latency_s), Piece(frame[HEADER_BYTES:], _SPLIT_S)
    delay_s = _DELAY_S if disturbance is Disturbance.DELAYED else 0.0
    spoilt = frame if disturbance is None else _SPOILERS.get(disturbance, bytes)(frame)
    return _chunks(spoilt, latency_s + delay_s)


_TRICKLE_S = 0.000_1
_SPLIT_S = 0.05
_DELAY_S = 0.15
_SPOILERS: Mapping[Disturbance, Callable[[bytes], bytes]] = {
    Disturbance.STRAY_BYTES: lambda frame: b"\x00\xff" + PREAMBLE[:2] + frame,
    Disturbance.CORRUPTED: lambda frame: frame[:-1] + bytes([frame[-1] ^ 0xFF]),
    Disturbance.TRUNCATED: lambda frame: frame[: len(frame) // 2],
    Disturbance.NO_ANSWER: lambda _frame: b"",
    Disturbance.WRONG_SPEED: lambda frame: bytes((byte << 3 ^ 0xE8) & 0xFF for byte in frame),
}


def _chunks(frame: bytes, latency_s: float) -> tuple[Piece, ...]:
    starts = range(0, len(frame), CHUNK_BYTES)
    return tuple(Piece(frame[at : at + CHUNK_BYTES], 0.0 if at else latency_s) for at in starts)
