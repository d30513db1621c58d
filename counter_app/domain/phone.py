"""Mobile numbers: normal form, classes, masking."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PhoneClass(StrEnum):
    """What a number is good for."""

    MOBILE = "mobile"
    VIRTUAL_OPERATOR = "virtual_operator"
    DATA_ONLY = "data_only"
    SATELLITE = "satellite"
    TERMINAL_SIM = "terminal_sim"
    UNASSIGNED = "unassigned"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Segment:
    """Numbers that begin with `prefix` and have `length` digits belong to `kind`."""

    prefix: str
    kind: PhoneClass
    length: int = 11


@dataclass(frozen=True, slots=True)
class SegmentTable:
    """The number segments in force; segments drift, so the table is data with a date.

    Attributes:
        listed_on: Day of the list the table was made from.
    """

    version: str
    listed_on: date
    segments: tuple[Segment, ...]

    def classify(self, number: str) -> PhoneClass:
        """Return the class of a normalised number; the longest matching prefix decides."""
        if not number.isascii() or not number.isdigit():
            return PhoneClass.MALFORMED
        matches = [
            segment
            for segment in self.segments
            if len(number) == segment.length and number.startswith(segment.prefix)
        ]
        if matches:
            return max(matches, key=lambda segment: len(segment.prefix)).kind
        is_mobile_shape = len(number) == 11 and number[0] == "1" and number[1] in "3456789"
        return PhoneClass.UNASSIGNED if is_mobile_shape else PhoneClass.MALFORMED


def normalised(text: str) -> str:
    """Return a typed or pasted number as plain digits.

    Full-width digits, spaces, hyphens, brackets and a leading +86, 0086 or 86 (before eleven
    digits) are removed; anything else stays, so that the format check can see it.
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"[\s\-()‐-―−]", "", plain)
    return re.sub(r"^(?:\+86|0086|86)(?=1\d{10}$)", "", plain)


def grouped(number: str) -> str:
    """Return an eleven-digit number in the groups 3-4-4 in which it is read aloud."""
    if len(number) != 11:
        return number
    return f"{number[:3]} {number[3:7]} {number[7:]}"
