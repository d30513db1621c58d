"""The acceptance number (受理编号): readable over the phone, unique without a network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LENGTH = 21
HIGHEST_SEQUENCE = 9999


@dataclass(frozen=True, slots=True)
class AcceptanceNumber:
    """One acceptance number, taken apart.

    Attributes:
        branch: Six digits.
        day: The day it was given (Asia/Shanghai).
        counter: Two digits.
        sequence: 1 to 9999; counts the day's numbers at this counter.
    """

    branch: str
    day: date
    counter: str
    sequence: int

    def __str__(self) -> str:
        """Return the 21 digits with the check digit last."""
        return make(self.branch, self.day, self.counter, self.sequence)


def make(branch: str, day: date, counter: str, sequence: int) -> str:
    """Build an acceptance number: branch, yyyymmdd, counter, sequence, check digit.

    Args:
        branch: Six digits.
        day: The day in Asia/Shanghai.
        counter: Two digits.
        sequence: 1 to 9999.

    Returns:
        21 digits; the last is the Luhn digit of the others.

    Raises:
        ValueError: A part is outside its range.

    Source: Luhn digit: ISO/IEC 7812-1, annex B.
    """
    if not (len(branch) == 6 and _digits(branch)):
        raise ValueError("branch: six digits are needed")
    if not (len(counter) == 2 and _digits(counter)):
        raise ValueError("counter: two digits are needed")
    if not 1 <= sequence <= HIGHEST_SEQUENCE:
        raise ValueError("sequence: 1 to 9999 is needed")
    body = f"{branch}{day:%Y%m%d}{counter}{sequence:04d}"
    return body + str(_luhn_digit(body))


def parse(text: str) -> AcceptanceNumber:
    """Take an acceptance number apart.

    Args:
        text: 21 digits; spaces and hyphens between groups are ignored.

    Raises:
        ValueError: Length, date, sequence or check digit is wrong.
    """
    digits = text.replace(" ", "").replace("-", "")
    if len(digits) != LENGTH or not _digits(digits):
        raise ValueError("an acceptance number has 21 digits")
    body, last = digits[:-1], digits[-1]
    if str(_luhn_digit(body)) != last:
        raise ValueError("the check digit does not fit")
    sequence = int(body[16:20])
    if sequence < 1:
        raise ValueError("sequence: 1 to 9999 is needed")
    day = date(int(body[6:10]), int(body[10:12]), int(body[12:14]))
    return AcceptanceNumber(body[:6], day, body[14:16], sequence)


def check(text: str) -> bool:
    """Say whether `text` is a well-formed acceptance number with a fitting check digit."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def grouped(text: str) -> str:
    """Return the number in groups for reading aloud: branch, day, counter, sequence with check."""
    return f"{text[:6]} {text[6:14]} {text[14:16]} {text[16:]}"


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _luhn_digit(body: str) -> int:
    total = 0
    for position, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10
