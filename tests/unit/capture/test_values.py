"""Digits, dates and numbers out of what was read."""

from __future__ import annotations

import pytest

from counter_app.capture import values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("壹叁玖零零零零零零零贰", "13900000002"),
        ("幺三九〇〇〇〇〇〇〇二", "13900000002"),
        ("新号码（壹叁玖 零零零零 零零零贰）", "13900000002"),
        ("没有号码", ""),
    ],
)
def test_numerals_become_digits(text: str, expected: str) -> None:
    assert values.numerals_as_digits(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自2026年11月1日起", ["2026-11-01"]),
        ("2026.11.01 - 2027/1/2", ["2026-11-01", "2027-01-02"]),
        ("二〇二六年十一月二十三日", ["2026-11-23"]),
        ("二○二六年二月十日", ["2026-02-10"]),
        ("2026年2月30日", []),
        ("年 月 日", []),
    ],
)
def test_dates_are_found_and_impossible_days_are_not(text: str, expected: list[str]) -> None:
    assert values.dates(text) == expected


def test_look_alike_letters_are_digits_where_only_digits_stand() -> None:
    assert values.digits("l39 OOOO 0OO2") == "13900000002"
    assert values.identity_number("11O199l9900307OO17") == "110199199003070017"
    assert values.identity_number("11010119900307001x") == "11010119900307001X"


def test_a_credit_code_never_holds_i_o_s_z() -> None:
    assert values.credit_code("9111O199MAOOABCD4Y") == "91110199MA00ABCD4Y"


@pytest.mark.parametrize(
    ("number", "is_right"),
    [
        ("110199199003070017", True),
        ("110199199003070018", False),
        ("110199199013070017", False),
        ("11019919900307001", False),
    ],
)
def test_identity_numbers_are_checked(number: str, is_right: bool) -> None:
    assert values.is_checked_identity_number(number) is is_right
