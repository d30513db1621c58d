from __future__ import annotations

import pytest

from counter_app.domain.bank_card import bank_card, is_luhn_valid

NUMBER = "6222020000000000018"
SALT = bytes(range(16))


def test_a_card_shows_its_first_six_and_last_four_digits_only() -> None:
    card = bank_card(NUMBER, SALT, label="PBOC DEBIT", application="A000000333010101", expires="")
    assert card.masked == "622202*********0018"
    assert NUMBER not in repr(card)


def test_a_card_matches_the_account_it_belongs_to_and_no_other() -> None:
    card = bank_card(NUMBER, SALT, label="", application="", expires="")
    assert card.matches("6222 0200 0000 0000 018")
    assert not card.matches("6217000000000000012")
    assert not card.matches("")


@pytest.mark.parametrize("number", ["", "62220200000", "6" * 20, "622202000000000001X", "６" * 16])
def test_what_is_no_card_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="12 to 19 digits"):
        bank_card(number, SALT, label="", application="", expires="")


def test_a_wrong_last_digit_is_refused() -> None:
    with pytest.raises(ValueError, match="last digit"):
        bank_card(NUMBER[:-1] + "1", SALT, label="", application="", expires="")
    assert is_luhn_valid("4111111111111111")
