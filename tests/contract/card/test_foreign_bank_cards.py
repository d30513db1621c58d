"""Payment cards as banks issue them: other lists, options, records and paddings."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.devices.card.apdu import Chip
from counter_app.devices.card.bank.account import read_bank_card
from counter_app.domain.bank_card import BankCard
from counter_app.errors import CounterError, FailureCode
from tests.contract.card.foreign.bank import (
    CREDIT,
    DEBIT,
    PPSE,
    PSE,
    VISA,
    WALLET,
    ForeignBankCard,
    Payment,
    bcd,
    contactless_list,
    control,
    entry,
)
from tests.contract.card.foreign.secure import ber

NUMBER = "6222980000000000016"
SHORT_NUMBER = "6250940000000001"
SHOWN = "622298*********0016"
PDOL = bytes.fromhex("9F66049F02069F03069F1A0295055F2A029A039C019F3704")
AIP = b"\x7c\x00"


def card_record(number: str = NUMBER) -> bytes:
    return ber("70", ber("5A", bcd(number)), ber("5F24", bytes.fromhex("310630")))


def track_record(number: str = NUMBER) -> bytes:
    return ber("70", ber("57", bcd(f"{number}D31062200000000000000")))


def options(afl: str) -> bytes:
    return ber("77", ber("82", AIP), ber("94", bytes.fromhex(afl)))


def plain_options(afl: str) -> bytes:
    return ber("80", AIP, bytes.fromhex(afl))


def debit(made: bytes, records: dict[tuple[int, int], bytes], **more: int) -> Payment:
    return Payment(control(DEBIT, ber("50", b"PBOC DEBIT")), made, records, **more)


LIST = Payment(contactless_list(entry(DEBIT)), b"")
DIRECTORY = Payment(
    control(PSE, ber("88", b"\x01"), ber("5F2D", b"zhen")), b"", {(1, 1): ber("70", entry(DEBIT))}
)
USUAL = debit(options("08010100"), {(1, 1): card_record()})

APPLICATIONS = {
    "format 2": USUAL,
    "format 1": debit(plain_options("08010100"), {(1, 1): card_record()}),
    "number in a later file": debit(
        plain_options("080102001001030118010200"), {(1, 1): ber("70"), (3, 2): card_record()}
    ),
    "track only": debit(options("08010100"), {(1, 1): track_record()}),
    "number in the options": debit(ber("77", ber("57", bcd(f"{NUMBER}D3106220000"))), {}),
    "number in the options, empty locator": debit(
        ber("77", ber("94"), ber("57", bcd(f"{NUMBER}D3106220000"))), {}
    ),
    "options refused": debit(b"", {(1, 1): card_record()}, status=0x6985),
    "options empty": debit(b"", {(2, 1): card_record()}),
    "options broken": debit(b"\x77\x20\x94\x04", {(1, 2): card_record()}),
    "locator names nothing useful": debit(options("08010100"), {(2, 1): card_record()}),
    "locator with a rest": debit(options("0801010010"), {(1, 1): card_record()}),
    "padded between objects": debit(
        options("08010100"),
        {(1, 1): ber("70", b"\x00\x00", ber("5A", bcd(NUMBER)), b"\xff\xff", b"\x00")},
    ),
    "longer length fields": debit(
        options("08010100"), {(1, 1): ber("70", ber("5A", bcd(NUMBER), pad_length=2), pad_length=2)}
    ),
    "a broken record before": debit(
        options("08010300"),
        {(1, 1): b"\x70\x30\x5a", (1, 2): b"\x9f", (1, 3): card_record()},
    ),
    "a record cut at its end": debit(
        options("08010100"), {(1, 1): b"\x70\x40" + ber("5A", bcd(NUMBER)) + b"\x5f\x24\x03\x31"}
    ),
    "a record without template": debit(options("08010100"), {(1, 1): ber("5A", bcd(NUMBER))}),
    "a gap in the records": debit(options("08010400"), {(1, 4): card_record()}),
}


def read(card: ForeignBankCard) -> BankCard:
    card.reset()
    return read_bank_card(Chip(card.process), date(2026, 11, 23), bytes(16))


@pytest.mark.parametrize("is_byte_wise", [False, True])
@pytest.mark.parametrize("where", ["list", "directory", "neither"])
@pytest.mark.parametrize("application", APPLICATIONS.values(), ids=APPLICATIONS)
def test_a_number_is_found_wherever_the_bank_put_it(
    application: Payment, where: str, is_byte_wise: bool
) -> None:
    lists = {"list": {PPSE: LIST}, "directory": {PSE: DIRECTORY}, "neither": {}}[where]
    found = read(ForeignBankCard({**lists, DEBIT: application}, is_byte_wise))
    assert found.masked == SHOWN
    assert found.matches(NUMBER)
    assert not found.matches(SHORT_NUMBER)


def test_the_card_gets_exactly_what_it_asks_for() -> None:
    asked = Payment(
        control(DEBIT, ber("50", b"UnionPay Debit"), ber("9F38", PDOL)),
        options("08010100"),
        {(1, 1): card_record()},
        wishes_bytes=33,
    )
    card = ForeignBankCard({PPSE: LIST, DEBIT: asked})
    assert read(card).label == "UnionPay Debit"
    sent = next(raw for raw in card.sent if raw[1] == 0xA8)
    assert b"\x26\x11\x23" in sent  # the day
    assert sent.count(b"\x01\x56") == 2  # country and currency


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("样本银行借记卡".encode("gb18030"), "样本银行借记卡"),
        ("样本银行".encode(), "样本银行"),
        (b"PBOC DEBIT\x00\x00", "PBOC DEBIT"),
        (b"\xff\xfe", ""),
    ],
)
def test_labels_are_readable_whatever_their_code(label: bytes, shown: str) -> None:
    named = Payment(
        control(DEBIT, ber("50", b"PBOC"), ber("9F12", label), ber("9F11", b"\x01")),
        options("08010100"),
        {(1, 1): card_record()},
    )
    found = read(ForeignBankCard({PPSE: LIST, DEBIT: named})).label
    assert shown in found


def test_the_unionpay_account_is_taken_before_a_foreign_one() -> None:
    two = Payment(contactless_list(entry(VISA, b"VISA", 1), entry(DEBIT, priority=2)), b"")
    visa = Payment(control(VISA), options("08010100"), {(1, 1): card_record(SHORT_NUMBER)})
    assert read(ForeignBankCard({PPSE: two, VISA: visa, DEBIT: USUAL})).masked == SHOWN


@pytest.mark.parametrize("status", [0x6283, 0x6A81, 0x6A82])
def test_a_blocked_application_is_passed_over(status: int) -> None:
    listed = Payment(contactless_list(entry(CREDIT), entry(DEBIT, priority=2)), b"")
    blocked = Payment(control(CREDIT), b"", {}, select_status=status)
    assert read(ForeignBankCard({PPSE: listed, CREDIT: blocked, DEBIT: USUAL})).masked == SHOWN


def test_an_empty_contactless_list_leaves_the_contact_one() -> None:
    empty = Payment(contactless_list(), b"")
    other = bytes.fromhex("A0000003330101010001")
    directory = Payment(
        control(PSE, ber("88", b"\x02")), b"", {(2, 1): ber("70", entry(other, priority=3))}
    )
    card = ForeignBankCard({PPSE: empty, PSE: directory, other: USUAL})
    assert read(card).masked == SHOWN


@pytest.mark.parametrize("answer", [b"\x6f\x30\x84", b"\x00\x00", control(PPSE)])
def test_a_broken_list_leaves_the_known_applications(answer: bytes) -> None:
    assert read(ForeignBankCard({PPSE: Payment(answer, b""), DEBIT: USUAL})).masked == SHOWN


def test_a_wallet_beside_an_account_does_not_hide_it() -> None:
    both = Payment(contactless_list(entry(WALLET), entry(DEBIT, priority=2)), b"")
    card = ForeignBankCard({PPSE: both, WALLET: USUAL, DEBIT: USUAL})
    assert read(card).application == DEBIT.hex().upper()


@pytest.mark.parametrize(
    ("held", "code"),
    [
        ({}, FailureCode.CARD_WRONG_KIND),
        ({PPSE: Payment(contactless_list(entry(WALLET)), b""), WALLET: USUAL}, None),
        ({DEBIT: debit(options("08010100"), {})}, FailureCode.CARD_NO_APPLICATION),
        (
            {DEBIT: debit(options("08010100"), {(1, 1): card_record("12")})},
            FailureCode.CARD_RECORD_INVALID,
        ),
    ],
)
def test_what_is_no_account_is_told_apart(
    held: dict[bytes, Payment], code: FailureCode | None
) -> None:
    with pytest.raises(CounterError) as failure:
        read(ForeignBankCard(held))
    assert failure.value.code is (code or FailureCode.CARD_IS_WALLET)
