"""Base45, the densest text for a QR code's alphanumeric mode.

Source: RFC 9285.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    """Write two bytes as three characters, a last single byte as two."""
    return "".join(_encode_chunk(data[start : start + 2]) for start in range(0, len(data), 2))


def decode(text: str) -> bytes:
    """Read base45 back.

    Raises:
        ValueError: A foreign character, a lone last character, or a value out of range.
    """
    try:
        values = [_VALUES[character] for character in text]
    except KeyError as error:
        raise ValueError("not base45") from error
    return b"".join(_decode_chunk(values[start : start + 3]) for start in range(0, len(values), 3))


def _encode_chunk(chunk: bytes) -> str:
    value = int.from_bytes(chunk, "big")
    digits = (value % 45, value // 45 % 45, value // 2025)
    return "".join(ALPHABET[digit] for digit in digits[: len(chunk) + 1])


def _decode_chunk(values: list[int]) -> bytes:
    if len(values) < 2:
        raise ValueError("not base45: a lone last character")
    value: int = sum(digit * 45**place for place, digit in enumerate(values))
    size = len(values) - 1
    if value >= 256**size:
        raise ValueError("not base45: out of range")
    return value.to_bytes(size, "big")
