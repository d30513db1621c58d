"""Numbers of identity documents: which types there are and when a number is well formed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
PROVINCES = frozenset(
    f"{region}{province}"
    for region, last in ((1, 5), (2, 3), (3, 7), (4, 6), (5, 4), (6, 5), (7, 1), (8, 2))
    for province in range(0 if region == 5 else 1, last + 1)
)
"""First two digits of mainland area codes (GB/T 2260), with Taiwan, Hong Kong and Macau."""


class DocumentType(StrEnum):
    """Identity documents the counter knows; the values are those of the rehearsal contract."""

    RESIDENT_ID = "resident_id"
    TEMPORARY_ID = "temporary_id"
    PASSPORT = "passport"
    HKM_PERMIT = "hkm_permit"
    TW_PERMIT = "tw_permit"
    HKMT_RESIDENCE = "hkmt_residence"
    PERMANENT_RESIDENCE = "permanent_residence"

    @property
    def has_chip(self) -> bool:
        """Say whether documents of this type carry a chip that can be read at a counter."""
        return self is not DocumentType.TEMPORARY_ID


def canonical_number(text: str) -> str:
    """Return a document number as it is printed: no spaces, plain digits, upper-case letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def is_same_number(one: str, other: str) -> bool:
    """Say whether two spellings are the same document number."""
    return canonical_number(one) == canonical_number(other)


def check_character(first17: str) -> str:
    """Compute the last character of an 18-character identity number.

    Args:
        first17: Seventeen digits.

    Source: GB 11643-1999, ISO 7064 MOD 11-2.
    """
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def icao_check_digit(text: str) -> str:
    """Compute the 7-3-1 check digit (A = 10 to Z = 35, filler 0).

    Source: ICAO Doc 9303-3, section 4.9.
    """
    values = (0 if char == "<" else int(char, 36) for char in text)
    return str(sum(value * (7, 3, 1)[index % 3] for index, value in enumerate(values)) % 10)


def birth_date_in(number: str) -> date | None:
    """Return the birth date inside an 18-character number, or None where there is none."""
    if re.fullmatch(r"\d{17}[\dX]", number, re.ASCII) is None:
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_valid_number(kind: DocumentType, number: str, today: date) -> bool:
    """Say whether a number's layout, date and check character fit its document type.

    The last digit of the 2017 permanent residence card is compared where its chip is read
    (resident_card_checks), not here: no published text says how it is formed.

    Sources: GB 11643-1999 (18-character numbers); the residence permits' prefixes 810000, 820000
    and 830000; three letters and twelve digits for the 2017 permanent residence card.
    """
    match kind:
        case DocumentType.RESIDENT_ID | DocumentType.TEMPORARY_ID:
            return number[:2] in PROVINCES and _is_mod11(number, today)
        case DocumentType.HKMT_RESIDENCE:
            return number[:6] in {"810000", "820000", "830000"} and _is_mod11(number, today)
        case DocumentType.PERMANENT_RESIDENCE:
            return _is_permanent_residence(number, today)
        case DocumentType.HKM_PERMIT:
            return re.fullmatch(r"[HM]\d{8}(\d{2})?", number, re.ASCII) is not None
        case DocumentType.TW_PERMIT:
            return re.fullmatch(r"\d{8}(\d{2})?", number, re.ASCII) is not None
        case DocumentType.PASSPORT:  # pragma: no branch - the last of a closed set
            return re.fullmatch(r"[A-Z0-9]{5,9}", number, re.ASCII) is not None


def _is_mod11(number: str, today: date) -> bool:
    if re.fullmatch(r"\d{17}[\dX]", number, re.ASCII) is None:
        return False
    born = birth_date_in(number)
    return born is not None and born <= today and check_character(number[:17]) == number[17]


def _is_permanent_residence(number: str, today: date) -> bool:
    if number.startswith("9"):
        return _is_mod11(number, today)
    return re.fullmatch(r"[A-Z]{3}\d{12}", number, re.ASCII) is not None
