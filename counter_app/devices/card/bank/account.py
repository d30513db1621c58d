"""The number of the account behind one payment application.

Source: EMV 4.3 book 3, sections 5.4, 6.5.8, 6.5.11 and 10; ISO/IEC 7813 for track 2.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import SHORT_ANSWER, Chip, Command, command
from counter_app.devices.card.bank.applications import (
    Application,
    accounts_of,
    application_of,
    select,
)
from counter_app.domain.bank_card import BankCard, bank_card
from counter_app.errors import CounterError, FailureCode

CHINA = b"\x01\x56"
MOST_LIST_BYTES = 252
MOST_RECORDS = 40
NUMBER, TRACK_2, EXPIRY = 0x5A, 0x57, 0x5F24
TEMPLATES = (0x70, 0x77)
PROFILE_BYTES = 2
LOCATORS = {0x80: PROFILE_BYTES, 0x94: 0}
"""Tags that hold the locator of the records, with what stands before it."""
USUAL_FILES = bytes.fromhex("080103001001020018010200")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Account:
    """Digits of the card number and YYMM of its expiry."""

    number: str = field(repr=False)
    expires: str


def read_bank_card(chip: Chip, today: date, salt: bytes) -> BankCard:
    """Read the account of the first application that has one; the number is masked here.

    The card counts each reading as a transaction begun: read once, never poll.

    Args:
        chip: Just connected.
        today: Shanghai day, told to the card as the day of the transaction.
        salt: At least 16 random bytes.

    Raises:
        CounterError: CARD_WRONG_KIND, CARD_IS_WALLET, CARD_NO_APPLICATION, CARD_RECORD_INVALID,
            CARD_PROTOCOL; what the transport raises.
    """
    for application in accounts_of(chip):
        selected = select(chip, application.identifier)
        if selected is None:
            continue
        control = tlv.find(selected, 0x6F, 0xA5) or b""
        account = _account(chip, control, today)
        if account is not None:
            named = application_of(application.identifier, control)
            return _masked(account, application, named.label or application.label, salt)
    raise CounterError(FailureCode.CARD_NO_APPLICATION)


def _masked(account: _Account, application: Application, label: str, salt: bytes) -> BankCard:
    try:
        return bank_card(
            account.number,
            salt,
            label=label,
            application=application.identifier.hex().upper(),
            expires=account.expires,
        )
    except ValueError as error:
        raise CounterError(FailureCode.CARD_RECORD_INVALID, record="card number") from error


def _account(chip: Chip, control: bytes, today: date) -> _Account | None:
    wishes = tlv.find(control, 0x9F38) or b""
    filled = fill_list(wishes, today, secrets.token_bytes(4))
    options = Command(bytes.fromhex("80A80000"), tlv.encode(0x83, filled), SHORT_ANSWER)
    answer = chip.send(options)
    found: dict[int, bytes] = {}
    files = b""
    if answer.is_ok():
        files = _options(answer.data, found)
    else:
        _log.info("processing options refused: sw=%04X", answer.status)
    # Where the card names no record with the number, it may still lie where it usually does.
    for locator in (files, USUAL_FILES):
        for record in _records(chip, locator):
            if NUMBER in found:
                break
            _take(record, found)
        account = _from(found)
        if account is not None:
            return account
    return None


def fill_list(wishes: bytes, today: date, chance: bytes) -> bytes:
    """Return the data a card asks for before it gives its options.

    Args:
        wishes: Tags and lengths, as the card lists them (PDOL).
        today: Day of the transaction.
        chance: Four random bytes.

    Raises:
        CounterError: CARD_PROTOCOL, the list is broken or asks for too much.
    """
    known = {
        0x9F66: bytes.fromhex("26000000"),
        0x9F1A: CHINA,
        0x5F2A: CHINA,
        0x9A: bytes.fromhex(f"{today:%y%m%d}"),
        0x9F37: chance,
    }
    out, place = b"", 0
    while place < len(wishes):
        tag, begin, length = tlv.header(wishes, place)
        place = begin
        out += known.get(tag, b"")[:length].rjust(length, b"\x00")
        if len(out) > MOST_LIST_BYTES:
            raise CounterError(FailureCode.CARD_PROTOCOL, step="processing options")
    return out


def _options(data: bytes, found: dict[int, bytes]) -> bytes:
    # Format 1 is profile and locator in one, format 2 is a template that may hold the number.
    _take(data, found)
    for item in tlv.leaves(data, TEMPLATES):
        if item.tag in LOCATORS:
            return item.value[LOCATORS[item.tag] :]
    return b""


def _records(chip: Chip, files: bytes) -> Iterator[bytes]:
    count = 0
    for place in range(0, len(files) - 3, 4):
        file, first, last = files[place] >> 3, files[place + 1], files[place + 2]
        for record in range(max(first, 1), last + 1):
            count += 1
            if count > MOST_RECORDS or not 1 <= file <= 30:
                return
            answer = chip.send(
                command(f"00B2{record:02X}{file << 3 | 4:02X}", expected=SHORT_ANSWER)
            )
            if answer.is_ok():
                yield answer.data


def _take(data: bytes, found: dict[int, bytes]) -> None:
    for item in tlv.leaves(data, TEMPLATES):
        if item.tag in (NUMBER, TRACK_2, EXPIRY) and item.value:
            found.setdefault(item.tag, item.value)


def _from(found: dict[int, bytes]) -> _Account | None:
    digits, _, tail = found.get(TRACK_2, b"").hex().upper().partition("D")
    number = found[NUMBER].hex().upper() if NUMBER in found else digits
    if not number:
        return None
    expires = found[EXPIRY].hex()[:4] if EXPIRY in found else tail[:4]
    return _Account(number.rstrip("F"), expires if expires.isdigit() else "")
