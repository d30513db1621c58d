"""What may be shown of a number by default."""

from __future__ import annotations


def masked_phone(number: str) -> str:
    """Return 139****5678; anything shorter than eight characters is hidden whole."""
    return _masked(number, first=3, last=4) if len(number) >= 8 else "*" * len(number)


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
