"""Bank cards read in-process, in all the forms they come in."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.devices.card.apdu import Chip
from counter_app.devices.card.bank.account import fill_list, read_bank_card
from counter_app.devices.card.bank.applications import WALLET, is_payment_card, label_of
from counter_app.devices.card.simulator.bank_card import (
    DEBIT,
    BankCardContent,
    Form,
    Link,
    Listing,
    SimulatedBankCard,
)
from counter_app.domain.bank_card import BankCard
from counter_app.errors import CounterError, FailureCode

TODAY = date(2026, 11, 23)
SALT = bytes(range(16))
CONTACTLESS_WISHES = bytes.fromhex("9F66049F02069F03069F1A0295055F2A029A039C019F3704")


def read(content: BankCardContent) -> BankCard:
    return read_bank_card(Chip(SimulatedBankCard(content).process), TODAY, SALT)


@pytest.mark.parametrize("link", list(Link))
@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("listing", list(Listing))
def test_a_card_is_read_in_every_form(listing: Listing, form: Form, link: Link) -> None:
    card = read(BankCardContent(listing=listing, form=form, link=link))
    assert card.masked == "622202*********0018"
    assert card.label == "样本银行借记卡"
    assert card.application == "A000000333010101"
    assert card.expires == "3112"
    assert card.matches("6222020000000000018")


@pytest.mark.parametrize("wishes", [b"", CONTACTLESS_WISHES])
def test_the_card_gets_exactly_what_it_asks_for(wishes: bytes) -> None:
    assert read(BankCardContent(wishes=wishes)).masked.startswith("622202")


def test_a_card_without_its_number_is_read_from_track_2() -> None:
    card = read(BankCardContent(has_number=False))
    assert card.matches("6222020000000000018")


@pytest.mark.parametrize(
    "number", ["6222021111111111112", "621700000000000006", "4111111111111111"]
)
def test_numbers_of_16_to_19_digits_are_read(number: str) -> None:
    assert read(BankCardContent(number=number)).matches(number)


def test_a_card_that_gives_no_options_is_read_from_its_usual_files() -> None:
    assert read(BankCardContent(gives_options=False)).matches("6222020000000000018")


def test_electronic_cash_is_no_account() -> None:
    for listing in Listing:
        with pytest.raises(CounterError) as caught:
            read(BankCardContent(applications=(WALLET,), listing=listing))
        assert caught.value.code is FailureCode.CARD_IS_WALLET


def test_the_account_is_taken_where_a_wallet_comes_first() -> None:
    card = read(BankCardContent(applications=(WALLET, DEBIT)))
    assert card.application == "A000000333010101"


def test_unionpays_application_is_taken_before_others() -> None:
    visa = bytes.fromhex("A0000000031010")
    card = read(BankCardContent(applications=(visa, DEBIT), listing=Listing.CONTACTLESS))
    assert card.application == "A000000333010101"


def test_a_card_without_payment_application_is_of_another_kind() -> None:
    content = BankCardContent(applications=(), listing=Listing.NONE)
    with pytest.raises(CounterError) as caught:
        read(content)
    assert caught.value.code is FailureCode.CARD_WRONG_KIND
    assert not is_payment_card(Chip(SimulatedBankCard(content).process))
    assert is_payment_card(Chip(SimulatedBankCard().process))


def test_a_number_with_a_wrong_last_digit_is_refused() -> None:
    with pytest.raises(CounterError) as caught:
        read(BankCardContent(number="6222020000000000019"))
    assert caught.value.code is FailureCode.CARD_RECORD_INVALID
    assert "6222020000000000019" not in str(caught.value)


def test_an_application_that_vanishes_is_no_application() -> None:
    class Vanishing(SimulatedBankCard):
        def process(self, sent: bytes) -> bytes:
            is_account = sent[5 : 5 + len(DEBIT)] == DEBIT
            return bytes.fromhex("6A82") if is_account else super().process(sent)

    with pytest.raises(CounterError) as caught:
        read_bank_card(Chip(Vanishing().process), TODAY, SALT)
    assert caught.value.code is FailureCode.CARD_NO_APPLICATION


def test_the_card_is_asked_for_its_options_once() -> None:
    card = SimulatedBankCard()
    read_bank_card(Chip(card.process), TODAY, SALT)
    assert card.begun == 1


def test_a_list_that_asks_for_too_much_is_refused() -> None:
    with pytest.raises(CounterError) as caught:
        fill_list(bytes.fromhex("9F027F") * 3, TODAY, SALT[:4])
    assert caught.value.code is FailureCode.CARD_PROTOCOL


def test_labels_are_chinese_or_latin_and_never_hold_control_marks() -> None:
    assert label_of("工商银行".encode("gb18030")) == "工商银行"
    assert label_of(b"PBOC\x00DEBIT ") == "PBOCDEBIT"
    assert label_of(b"\xff\xff") == "ÿÿ"
