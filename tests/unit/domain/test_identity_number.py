"""Numbers of identity documents, with the standards' own and DOMAIN §8's values."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.domain.identity_number import (
    DocumentType,
    birth_date_in,
    canonical_number,
    check_character,
    icao_check_digit,
    is_same_number,
    is_valid_number,
)
from tests.unit.domain import cases as c


@pytest.mark.parametrize(
    "number",
    [
        c.PRINCIPAL_ID,
        c.AGENT_ID,
        c.ELDER_ID,
        c.EIGHTEEN_TODAY,
        c.ONE_DAY_SHORT,
        c.SIXTEEN,
        c.FOURTEEN,
        c.LEAP_DAY,
        "11010519491231002X",  # the example of GB 11643-1999
    ],
)
def test_well_formed_resident_numbers_pass(number: str) -> None:
    assert is_valid_number(DocumentType.RESIDENT_ID, number, c.TODAY)
    assert is_valid_number(DocumentType.TEMPORARY_ID, number, c.TODAY)


@pytest.mark.parametrize("position", range(17))
def test_any_single_wrong_digit_is_noticed(position: int) -> None:
    for digit in "0123456789":
        wrong = c.PRINCIPAL_ID[:position] + digit + c.PRINCIPAL_ID[position + 1 :]
        is_right = digit == c.PRINCIPAL_ID[position]
        assert is_valid_number(DocumentType.RESIDENT_ID, wrong, c.TODAY) is is_right


@pytest.mark.parametrize("position", range(17))
def test_swapped_neighbours_are_noticed(position: int) -> None:
    number = "11010519491231002X"
    swapped = number[:position] + number[position + 1] + number[position] + number[position + 2 :]
    is_right = swapped == number
    assert is_valid_number(DocumentType.RESIDENT_ID, swapped, c.TODAY) is is_right


def _numbered(first17: str) -> str:
    return first17 + check_character(first17)


@pytest.mark.parametrize(
    "first17",
    [
        "00019919900307001",  # no such province
        "99019919900307001",
        "11019919900230001",  # 30 February
        "11019919910229003",  # no leap year
        "11019919001332001",
        "11019920261124001",  # born tomorrow
    ],
)
def test_a_right_check_character_does_not_save_a_wrong_place_or_date(first17: str) -> None:
    assert not is_valid_number(DocumentType.RESIDENT_ID, _numbered(first17), c.TODAY)


def test_somebody_born_today_has_a_number() -> None:
    number = _numbered("11019920261123001")
    assert is_valid_number(DocumentType.RESIDENT_ID, number, c.TODAY)


@pytest.mark.parametrize(
    "number",
    ["", "1", "11019919900307001", c.PRINCIPAL_ID + "0", "１１０１９９１９９００３０７００１７"],
)
def test_other_lengths_and_digits_do_not_pass(number: str) -> None:
    assert not is_valid_number(DocumentType.RESIDENT_ID, number, c.TODAY)


@pytest.mark.parametrize(
    ("number", "is_right"),
    [
        (c.HK_RESIDENCE, True),
        (c.TW_RESIDENCE, True),
        (_numbered("82000019850615003"), True),
        (_numbered("84000019850615003"), False),
        (c.PRINCIPAL_ID, False),
        (c.HK_RESIDENCE[:-1] + "8", False),
    ],
)
def test_residence_permits_have_their_own_prefixes(number: str, is_right: bool) -> None:
    assert is_valid_number(DocumentType.HKMT_RESIDENCE, number, c.TODAY) is is_right


@pytest.mark.parametrize(
    ("number", "is_right"),
    [
        (c.NEW_PERMANENT_RESIDENCE, True),
        (c.NEW_PERMANENT_RESIDENCE[:-1] + "8", False),
        ("USA310158800110", True),
        ("USA310158800111", True),
        ("USA31015880011", False),
        ("usa310158800110", False),
        ("US1310158800110", False),
        (c.PRINCIPAL_ID, False),
    ],
)
def test_both_permanent_residence_cards_are_known(number: str, is_right: bool) -> None:
    assert is_valid_number(DocumentType.PERMANENT_RESIDENCE, number, c.TODAY) is is_right


@pytest.mark.parametrize(
    ("kind", "number", "is_right"),
    [
        (DocumentType.HKM_PERMIT, "H12345678", True),
        (DocumentType.HKM_PERMIT, "M1234567801", True),
        (DocumentType.HKM_PERMIT, "T12345678", False),
        (DocumentType.HKM_PERMIT, "H1234567", False),
        (DocumentType.HKM_PERMIT, "H123456780", False),
        (DocumentType.TW_PERMIT, "12345678", True),
        (DocumentType.TW_PERMIT, "1234567801", True),
        (DocumentType.TW_PERMIT, "123456780", False),
        (DocumentType.PASSPORT, "E12345678", True),
        (DocumentType.PASSPORT, "L898902C3", True),
        (DocumentType.PASSPORT, "AB12", False),
        (DocumentType.PASSPORT, "E1234567890", False),
        (DocumentType.PASSPORT, "E-1234567", False),
    ],
)
def test_travel_documents_have_their_layouts(
    kind: DocumentType, number: str, is_right: bool
) -> None:
    assert is_valid_number(kind, number, c.TODAY) is is_right


@pytest.mark.parametrize(
    ("field", "digit"),
    [("520727", "3"), ("AB2134<<<", "5"), ("L898902C3", "6"), ("740812", "2"), ("120415", "9")],
)
def test_check_digits_of_doc_9303_part_3(field: str, digit: str) -> None:
    assert icao_check_digit(field) == digit


def test_the_birth_date_is_inside_the_number() -> None:
    assert birth_date_in(c.LEAP_DAY) == date(1992, 2, 29)
    assert birth_date_in(c.TW_RESIDENCE) == date(1978, 11, 20)
    assert birth_date_in("110199199102290031") is None
    assert birth_date_in("E12345678") is None
    assert birth_date_in("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱") is None


def test_spaces_case_and_width_do_not_make_another_number() -> None:
    assert canonical_number(" 1101 0519 4912 31002x ") == "11010519491231002X"
    assert is_same_number("e1234567８", "E12345678")
    assert not is_same_number("E12345678", "E12345679")
