"""Does a card's record agree with itself?"""

from __future__ import annotations

from enum import StrEnum

from counter_app.domain.identity_number import birth_date_in, check_character, icao_check_digit
from counter_app.domain.resident_card import ResidentCard, ResidentCardKind, Sex


class Contradiction(StrEnum):
    """Two parts of one record that cannot both be true; the card is not accepted by itself."""

    NUMBER_OF_OTHER_KIND = "number_of_other_kind"
    CHECK_CHARACTER = "check_character"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    VALIDITY = "validity"


_HMT_PREFIXES = ("810000", "820000", "830000")


def contradictions(card: ResidentCard) -> tuple[Contradiction, ...]:
    """Return every contradiction inside the record.

    Sources: GB 11643 (check character, birth date and sex in the number); ICAO Doc 9303-3 §4.9
    for the 2017 foreign card.
    """
    checks = {
        Contradiction.NUMBER_OF_OTHER_KIND: _is_number_of_kind(card),
        Contradiction.CHECK_CHARACTER: _has_right_check(card),
        Contradiction.BIRTH_DATE: _has_right_birth_date(card),
        Contradiction.SEX: _has_right_sex(card),
        Contradiction.VALIDITY: card.valid_until is None or card.valid_from <= card.valid_until,
    }
    return tuple(contradiction for contradiction, holds in checks.items() if not holds)


def _is_number_of_kind(card: ResidentCard) -> bool:
    if card.kind is ResidentCardKind.FOREIGN_2017:
        return card.number[:3] == card.nationality
    if card.number.startswith(_HMT_PREFIXES):
        return card.kind is ResidentCardKind.HMT_RESIDENCE
    if card.number.startswith("9"):
        return card.kind is ResidentCardKind.FOREIGN_2023
    return card.kind is ResidentCardKind.MAINLAND


def _has_right_check(card: ResidentCard) -> bool:
    first, last = card.number[:-1], card.number[-1]
    if card.kind is ResidentCardKind.FOREIGN_2017:
        return icao_check_digit(first) == last
    return check_character(first) == last


def _has_right_birth_date(card: ResidentCard) -> bool:
    if card.kind is ResidentCardKind.FOREIGN_2017:
        return card.number[7:13] == card.born_on.strftime("%y%m%d")
    return birth_date_in(card.number) == card.born_on


def _has_right_sex(card: ResidentCard) -> bool:
    """Compare with the parity of the sequence number; the 2017 foreign number has none."""
    if card.kind is ResidentCardKind.FOREIGN_2017:
        return True
    said = Sex.MALE if int(card.number[16]) % 2 else Sex.FEMALE
    return card.sex is said
