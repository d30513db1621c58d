"""Credit codes, bank accounts, what is masked, serial and merchant numbers."""

from __future__ import annotations

import pytest

from counter_app.domain.bank_account import is_same_account, passes_luhn
from counter_app.domain.masking import (
    masked_account,
    masked_identity,
    masked_name,
    masked_phone,
    without_whole_numbers,
)
from counter_app.domain.merchant import is_merchant_no, is_serial_number
from counter_app.domain.uscc import ALPHABET, is_valid_uscc
from tests.unit.domain import cases as c

PUBLIC_CODES = ("914403001922038216", "91330100799655058B")


@pytest.mark.parametrize("code", [*PUBLIC_CODES, c.ENTERPRISE_USCC, c.SHOP_USCC])
def test_right_credit_codes_pass(code: str) -> None:
    assert is_valid_uscc(code)


@pytest.mark.parametrize("code", PUBLIC_CODES)
@pytest.mark.parametrize("position", range(18))
def test_any_wrong_character_of_a_credit_code_is_noticed(code: str, position: int) -> None:
    for char in ALPHABET:
        wrong = code[:position] + char + code[position + 1 :]
        assert is_valid_uscc(wrong) is (wrong == code)


@pytest.mark.parametrize("char", "IOSVZiosvz一 ")
def test_characters_outside_the_alphabet_do_not_pass(char: str) -> None:
    code = c.SHOP_USCC
    assert not is_valid_uscc(code[:10] + char + code[11:])


@pytest.mark.parametrize("length", [0, 15, 17, 19])
def test_other_lengths_of_credit_codes_do_not_pass(length: int) -> None:
    code = (c.SHOP_USCC * 2)[:length]
    assert not is_valid_uscc(code)


@pytest.mark.parametrize(
    "number", [c.ACCOUNT, "6217000000000000012", "4111111111111111", "4222222222222"]
)
def test_card_numbers_pass_luhn(number: str) -> None:
    assert passes_luhn(number)


@pytest.mark.parametrize(
    "number",
    ["", "422222222222", "62220200000000000181", c.ACCOUNT[:-1] + "7", "１" * 16, "a" * 16],
)
def test_other_texts_do_not_pass_luhn(number: str) -> None:
    assert not passes_luhn(number)


def test_spaces_and_hyphens_do_not_make_another_account() -> None:
    assert is_same_account("1100-0000 0000 9001", "1100000000009001")
    assert not is_same_account("1100000000009001", "1100000000009002")


def test_what_is_masked_shows_only_its_ends() -> None:
    assert masked_phone(c.NEW_NUMBER) == "139****0002"
    assert masked_identity(c.PRINCIPAL_ID) == "1101***********017"
    assert masked_account(c.ACCOUNT) == "622202*********0018"
    assert masked_name("欧阳样本") == "欧***"


def test_short_texts_are_masked_too() -> None:
    assert masked_phone("") == ""
    assert masked_phone("1") == "***"
    assert masked_phone("1234567") == "*******"
    assert masked_phone("12345678") == "****5678"
    assert masked_phone("010-8888-0000") == "010******0000"
    assert masked_identity("E1234567") == "E*****67"
    assert masked_identity("E12") == "E"
    assert masked_account("12345678901") == "*******8901"
    assert masked_account("123") == ""
    assert masked_name("") == ""


@pytest.mark.parametrize(
    "number", ["+852 9123 4567", "１３９０００００００１", "(010)888800", "½" * 8]
)
def test_a_contact_number_of_another_form_is_hidden_whole(number: str) -> None:
    assert masked_phone(number) == "*" * len(number)


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("样本13900000009小吃店", "样本139****0009小吃店"),
        ("打 139 0000 0009", "打 139******0009"),
        (f"证件{c.PRINCIPAL_ID}", "证件110***********0017"),
        (c.ACCOUNT, "622************0018"),
        ("三间店 12345", "三间店 12345"),
    ],
)
def test_own_words_keep_all_but_personal_numbers(words: str, printed: str) -> None:
    assert without_whole_numbers(words) == printed


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        (c.SHOP_SN, True),
        ("A" * 38, True),
        ("A" * 39, False),
        ("", False),
        ("---", False),
        ("N5-00", True),
        ("N5 00", False),
        ("样本", False),
    ],
)
def test_serial_numbers_have_a_form(text: str, is_right: bool) -> None:
    assert is_serial_number(text) is is_right


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        (c.SHOP_NO, True),
        ("A003310F0002085", True),
        ("a003310f0002085", False),
        ("10211005499000", False),
        ("10211005499000一", False),
    ],
)
def test_merchant_numbers_have_a_form(text: str, is_right: bool) -> None:
    assert is_merchant_no(text) is is_right
