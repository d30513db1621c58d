"""A bank card is compared with the account on record; its number is not kept."""

from __future__ import annotations

import pytest

from counter_app.domain.bank_card import BankCard, bank_card
from counter_app.domain.card_phase import CardPhase
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.effects import ReadBankCard
from counter_app.ports.stop import never
from counter_app.services.read_bank_card import BankCardDesk
from tests.unit.services.card_doubles import ACCOUNT, HurriedStop, Listener, PaymentReader, listener

__all__ = ["listener"]


def payment_card(number: str) -> BankCard:
    return bank_card(number, b"s" * 16, label="", application="A0", expires="")


@pytest.mark.parametrize(("number", "matches"), [(ACCOUNT, True), ("6217000000000000012", False)])
def test_a_bank_card_is_compared_and_only_its_mask_is_told(
    listener: Listener, number: str, matches: bool
) -> None:
    desk = BankCardDesk(PaymentReader([FailureCode.CARD_WRONG_KIND, payment_card(number)]))
    compared = desk.compare(ReadBankCard(ACCOUNT), HurriedStop(), listener)
    assert compared.matches is matches
    assert compared.masked == number[:6] + "*" * 9 + number[-4:]
    assert number not in repr(compared)
    assert listener.phases() == [CardPhase.WAITING, CardPhase.OTHER_FAMILY]


def test_a_wallet_is_no_account(listener: Listener) -> None:
    desk = BankCardDesk(PaymentReader([FailureCode.CARD_IS_WALLET]))
    with pytest.raises(CounterError) as caught:
        desk.compare(ReadBankCard(ACCOUNT), never(), listener)
    assert caught.value.code is FailureCode.CARD_IS_WALLET
