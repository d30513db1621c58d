"""Bank cards and accounts; they are only confirmed at the counter."""

from __future__ import annotations

import re


def passes_luhn(number: str) -> bool:
    """Say whether a card number of 13 to 19 digits carries the right check digit.

    Source: ISO/IEC 7812-1, annex B.
    """
    if re.fullmatch(r"\d{13,19}", number, re.ASCII) is None:
        return False
    digits = [int(char) for char in reversed(number)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_same_account(one: str, other: str) -> bool:
    """Say whether two account numbers are equal apart from spaces and hyphens."""
    return re.sub(r"[\s-]", "", one) == re.sub(r"[\s-]", "", other)
