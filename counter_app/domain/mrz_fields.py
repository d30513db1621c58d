"""What a machine readable zone says, and the arithmetic of its fields.

Source: ICAO Doc 9303 part 3. The layouts are in `mrz.py` and `mrz_permit.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import cycle

ALPHABET = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<")


class MrzLayout(StrEnum):
    """Where the fields stand."""

    TD1 = "td1"
    TD2 = "td2"
    TD3 = "td3"
    MRV_A = "mrv_a"
    MRV_B = "mrv_b"
    PERMIT = "permit"


class MrzCheck(StrEnum):
    """Which check digit is meant."""

    DOCUMENT_NUMBER = "document_number"
    BIRTH = "birth"
    EXPIRY = "expiry"
    OPTIONAL = "optional"
    COMPOSITE = "composite"


@dataclass(frozen=True, slots=True)
class MrzKey:
    """What opens the chip of a travel document: three fields of its machine readable zone.

    Attributes:
        document_number: As printed, without the fillers behind it; may be longer than nine.
        born: YYMMDD as printed.
        expires: YYMMDD as printed.
    """

    document_number: str = field(repr=False)
    born: str = field(repr=False)
    expires: str = field(repr=False)

    def information(self) -> str:
        """Return the number, birth and expiry, each followed by its check digit.

        Raises:
            ValueError: A field holds a character that no machine readable zone has.

        Source: ICAO Doc 9303-11, section 4.3.2 and appendix D.2.
        """
        parts = (self.document_number.ljust(9, "<"), self.born, self.expires)
        return "".join(f"{part}{check_digit(part)}" for part in parts)


@dataclass(frozen=True, slots=True)
class Mrz:
    """One machine readable zone, read but not judged.

    Attributes:
        document_code: One or two letters, for example "P" or "CS".
        issuer: Three-letter code of the issuing state, without fillers.
        document_number: Without fillers behind it.
        surname: Words separated by one blank.
        given_names: Words separated by one blank; empty when the document has one name only.
        nationality: Three-letter code without fillers; empty where the layout has none.
        born: YYMMDD as printed; parts that are unknown are fillers.
        sex: "M", "F", or "X" when not stated.
        expires: YYMMDD as printed.
        optional: The issuer's own field, without fillers behind it.
        chinese_name: From a permit's chip only; empty elsewhere.
        birth_place: Code of a permit's place of birth; empty elsewhere.
        checks: Whether each check digit that the layout has is right.
        lines: What was read.
    """

    layout: MrzLayout
    document_code: str
    issuer: str
    document_number: str = field(repr=False)
    surname: str = field(repr=False)
    given_names: str = field(repr=False)
    nationality: str
    born: str = field(repr=False)
    sex: str
    expires: str = field(repr=False)
    optional: str = field(repr=False)
    checks: Mapping[MrzCheck, bool] = field(hash=False)
    lines: tuple[str, ...] = field(repr=False)
    chinese_name: str = field(default="", repr=False)
    birth_place: str = field(default="", repr=False)

    def is_consistent(self) -> bool:
        """Say whether every check digit is right."""
        return all(self.checks.values())

    def failed_checks(self) -> frozenset[MrzCheck]:
        """Return the check digits that are wrong."""
        return frozenset(check for check, is_right in self.checks.items() if not is_right)

    def key(self) -> MrzKey:
        """Return what opens the chip."""
        return MrzKey(self.document_number, self.born, self.expires)

    def name(self) -> str:
        """Return the Latin name, family name first."""
        return f"{self.surname} {self.given_names}".strip()

    def born_on(self, today: date) -> date | None:
        """Return the day of birth: the last such day that is not after `today`.

        Args:
            today: Shanghai day.

        Returns:
            None when a part is unknown or no such day exists.
        """
        return day_of(self.born, latest=today)

    def expires_on(self, today: date) -> date | None:
        """Return the last day of validity: the one nearest to `today`, at most 50 years ahead."""
        return day_of(self.expires, latest=date(today.year + 50, 12, 31))


def check_digit(text: str) -> int:
    """Compute the check digit of a machine readable field.

    Args:
        text: Upper-case letters, digits and the filler `<`.

    Returns:
        0 to 9.

    Raises:
        ValueError: A character is outside the set above.

    Source: ICAO Doc 9303-3, section 4.9.
    """
    return (
        sum(_value(mark) * weight for mark, weight in zip(text, cycle((7, 3, 1)), strict=False))
        % 10
    )


def _value(mark: str) -> int:
    if mark not in ALPHABET:
        raise ValueError("a machine readable zone holds A to Z, 0 to 9 and < only")
    return 0 if mark == "<" else int(mark, 36)


def is_checked(text: str, digit: str) -> bool:
    """Say whether `digit` is the check digit of `text`."""
    return digit == str(check_digit(text))


def day_of(text: str, latest: date) -> date | None:
    """Return the last day written as YYMMDD that is not after `latest`, or None."""
    if len(text) != 6 or not (text.isascii() and text.isdigit()):
        return None
    year = latest.year - latest.year % 100 + int(text[:2])
    try:
        day = date(year, int(text[2:4]), int(text[4:]))
        return day if day <= latest else day.replace(year=year - 100)
    except ValueError:
        return None


def split_names(text: str) -> tuple[str, str]:
    """Return surname and given names of a name field, fillers turned into blanks."""
    surname, _, given_names = text.partition("<<")
    return _words(surname), _words(given_names)


def _words(text: str) -> str:
    return " ".join(text.replace("<", " ").split())


def bare(text: str) -> str:
    """Return the field without the fillers behind it."""
    return text.rstrip("<")


def sex_of(mark: str) -> str:
    """Return M, F, or X for everything else."""
    return mark if mark in ("M", "F") else "X"
