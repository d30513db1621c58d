from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.acceptance_number import (
    AcceptanceNumber,
    check,
    grouped,
    make,
    parse,
)

DAY = date(2026, 11, 23)
NUMBER = make("110199", DAY, "01", 42)

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
digits6 = st.text("0123456789", min_size=6, max_size=6)
digits2 = st.text("0123456789", min_size=2, max_size=2)


def test_a_number_has_21_digits_with_the_luhn_digit_last() -> None:
    assert NUMBER[:20] == "11019920261123010042"
    assert len(NUMBER) == 21
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(NUMBER))]
    assert sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def test_the_public_luhn_example_fits() -> None:
    assert str(AcceptanceNumber("110199", DAY, "01", 1)) == make("110199", DAY, "01", 1)
    assert grouped(NUMBER) == f"110199 20261123 01 0042{NUMBER[-1]}"


@given(digits6, days, digits2, st.integers(1, 9999))
def test_what_is_made_is_read_again(branch: str, day: date, counter: str, sequence: int) -> None:
    number = AcceptanceNumber(branch, day, counter, sequence)
    assert parse(str(number)) == number
    assert check(str(number))
    assert parse(grouped(str(number))) == number


@given(st.integers(0, 20), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place: int, shift: int) -> None:
    wrong = str((int(NUMBER[place]) + shift) % 10)
    assert not check(NUMBER[:place] + wrong + NUMBER[place + 1 :])


@given(st.integers(0, 19))
def test_two_digits_read_in_the_wrong_order_are_found(place: int) -> None:
    first, second = NUMBER[place], NUMBER[place + 1]
    if first == second or {first, second} == {"0", "9"}:
        return
    assert not check(NUMBER[:place] + second + first + NUMBER[place + 2 :])


@pytest.mark.parametrize(
    "text",
    ["", "1", NUMBER[:-1], NUMBER + "0", NUMBER.replace("2", "２"), "abc" * 7, NUMBER[:-1] + "x"],
)
def test_other_texts_are_no_acceptance_numbers(text: str) -> None:
    assert not check(text)


def test_a_day_that_does_not_exist_is_refused() -> None:
    body = "11019920261323010042"
    assert not any(check(body + str(last)) for last in range(10))


def test_sequence_zero_is_refused() -> None:
    body = "11019920261123010000"
    assert not any(check(body + str(last)) for last in range(10))


@pytest.mark.parametrize(
    ("branch", "counter", "sequence"),
    [
        ("1101", "01", 1),
        ("11019a", "01", 1),
        ("110199", "1", 1),
        ("110199", "x1", 1),
        ("110199", "01", 0),
        ("110199", "01", 10_000),
    ],
)
def test_parts_outside_their_range_are_refused(branch: str, counter: str, sequence: int) -> None:
    with pytest.raises(ValueError, match="needed"):
        make(branch, DAY, counter, sequence)
