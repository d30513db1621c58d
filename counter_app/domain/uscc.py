"""Unified social credit codes (统一社会信用代码)."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_valid_uscc(code: str) -> bool:
    """Say whether an 18-character code carries the right check character.

    Source: GB 32100-2015, section 5.
    """
    if len(code) != 18 or any(char not in ALPHABET for char in code):
        return False
    total = sum(
        ALPHABET.index(char) * weight for char, weight in zip(code[:17], WEIGHTS, strict=True)
    )
    return ALPHABET[(31 - total % 31) % 31] == code[17]
