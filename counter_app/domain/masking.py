"""What may be shown of a number by default."""

from __future__ import annotations

import re

WHOLE_NUMBER = re.compile(
    r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)"  # a mobile number, also grouped
    r"|(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])"  # a resident identity number
    r"|(?<!\d)\d{16,19}(?!\d)"  # a card number
)
"""A number of a person inside a text; never on paper whole."""

LEAST_HIDDEN = 3


def masked_phone(number: str) -> str:
    """Return 139****5678; at least three characters are hidden, below eight all of them.

    A record may hold anything as its contact number, a landline or one from abroad; only the
    digits of its two ends are ever left to be seen.
    """
    if len(number) < 8:
        return "*" * max(LEAST_HIDDEN, len(number)) if number else ""
    first, last = (number[:3] if len(number) >= 10 else ""), number[-4:]
    if not (first + last).isascii() or not (first + last).isdigit():
        return "*" * len(number)
    return first + "*" * (len(number) - len(first) - len(last)) + last


def without_whole_numbers(text: str) -> str:
    """Return a person's or a shop's own words with every personal number in them masked."""
    return WHOLE_NUMBER.sub(lambda found: _masked(found.group(0), first=3, last=4), text)


def masked_identity(number: str) -> str:
    """Return the first four and last three characters (1101***********017)."""
    return _masked(number, first=4, last=3) if len(number) >= 10 else _masked(number, 1, 2)


def masked_account(number: str) -> str:
    """Return the first six and last four digits of a card or account number."""
    return _masked(number, first=6, last=4) if len(number) >= 12 else _masked(number, 0, 4)


def masked_name(name: str) -> str:
    """Return the name with every character after the first hidden, for lists on the screen."""
    return name[:1] + "*" * max(0, len(name) - 1)


def _masked(text: str, first: int, last: int) -> str:
    hidden = max(0, len(text) - first - last)
    return text[:first] + "*" * hidden + (text[len(text) - last :] if hidden else "")
