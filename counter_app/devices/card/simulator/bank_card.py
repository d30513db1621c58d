"""A bank card's chip: answers commands as PBOC 3.0 and EMV say, with a number nobody has."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import Command
from counter_app.devices.card.bank.applications import CONTACT_LIST, CONTACTLESS_LIST, WALLET
from counter_app.devices.card.simulator.card import answer, parse_command

OK, NO_FILE, NO_RECORD, NO_COMMAND, NOT_NOW = 0x9000, 0x6A82, 0x6A83, 0x6D00, 0x6985
WRONG_LENGTH = 0x6700
DEBIT = bytes.fromhex("A000000333010101")
CONTACT_ATR = bytes.fromhex("3B6D00000031C071D66438D00300849000")
DEMO_NUMBER = "6222020000000000018"
FILE, RECORD = 1, 1


class Form(Enum):
    """How the card gives its processing options; the values are the tags."""

    FORMAT_1 = 0x80
    FORMAT_2 = 0x77


class Listing(Enum):
    """How the card lists its applications."""

    CONTACTLESS = CONTACTLESS_LIST
    CONTACT = CONTACT_LIST
    NONE = b""


class Link(Enum):
    """How answers travel: whole, or by GET RESPONSE and corrected lengths as T=0 has it."""

    WHOLE = "whole"
    IN_PARTS = "in parts"


@dataclass(frozen=True, slots=True)
class BankCardContent:
    """What is on the card.

    Attributes:
        number: 12 to 19 digits.
        label: Preferred name, written in GB 18030.
        wishes: Tags and lengths of the data the card asks for.
        applications: Identifiers in the order of the list.
        has_number: Whether tag 5A is there; otherwise track 2 only.
    """

    number: str = field(default=DEMO_NUMBER, repr=False)
    label: str = "样本银行借记卡"
    expires: str = "3112"
    listing: Listing = Listing.CONTACT
    form: Form = Form.FORMAT_1
    link: Link = Link.WHOLE
    wishes: bytes = bytes.fromhex("9F7A019F02065F2A02")
    applications: tuple[bytes, ...] = (DEBIT,)
    has_number: bool = True
    gives_options: bool = True


class SimulatedBankCard:
    """One card; counts the transactions that were begun."""

    def __init__(self, content: BankCardContent | None = None) -> None:
        self._content = content or BankCardContent()
        self.begun = 0
        self._rest = b""
        self._selected = b""

    @property
    def atr(self) -> bytes:
        """Answer to reset of a contact card that speaks T=0."""
        return CONTACT_ATR

    def reset(self) -> None:
        """Forget what is selected."""
        self._rest, self._selected = b"", b""

    def process(self, sent: bytes) -> bytes:
        """Answer one command."""
        command = parse_command(sent)
        if command is None or not command.is_short():
            return answer(WRONG_LENGTH)
        if command.head[1] == 0xC0:
            return self._give_rest(command)
        status, data = self._carry_out(command)
        if self._content.link is Link.WHOLE or not data:
            return answer(status, data)
        if command.data:
            self._rest = data
            return answer(0x6100 | len(data) & 0xFF)
        if command.expected != len(data):
            return answer(0x6C00 | len(data) & 0xFF)
        return answer(status, data)

    def _give_rest(self, command: Command) -> bytes:
        data, self._rest = self._rest, b""
        return answer(OK, data[: command.expected]) if data else answer(NOT_NOW)

    def _carry_out(self, command: Command) -> tuple[int, bytes]:
        match command.head[:2]:
            case b"\x00\xa4":
                return self._select(command.data)
            case b"\x80\xa8":
                return self._options(command.data)
            case b"\x00\xb2":
                return self._record(command.head[2], command.head[3] >> 3)
            case _:
                return NO_COMMAND, b""

    def _select(self, name: bytes) -> tuple[int, bytes]:
        content = self._content
        if name == content.listing.value and name:
            self._selected = name
            return OK, self._list(name)
        for identifier in content.applications:
            if name and identifier.startswith(name):
                self._selected = identifier
                return OK, self._control(identifier)
        return NO_FILE, b""

    def _list(self, name: bytes) -> bytes:
        if name == CONTACTLESS_LIST:
            entries = b"".join(self._entry(found) for found in self._content.applications)
            proprietary = tlv.encode(0xA5, tlv.encode(0xBF0C, entries))
        else:
            proprietary = tlv.encode(0xA5, b"\x88\x01\x01\x5f\x2d\x02zh")
        return tlv.encode(0x6F, tlv.encode(0x84, name) + proprietary)

    def _entry(self, identifier: bytes) -> bytes:
        priority = bytes([self._content.applications.index(identifier) + 1])
        body = tlv.encode(0x4F, identifier) + tlv.encode(0x50, _label(identifier))
        return tlv.encode(0x61, body + tlv.encode(0x87, priority))

    def _control(self, identifier: bytes) -> bytes:
        body = tlv.encode(0x50, _label(identifier)) + tlv.encode(0x87, b"\x01")
        body += tlv.encode(0x9F12, self._content.label.encode("gb18030"))
        if self._content.wishes:
            body += tlv.encode(0x9F38, self._content.wishes)
        return tlv.encode(0x6F, tlv.encode(0x84, identifier) + tlv.encode(0xA5, body))

    def _options(self, data: bytes) -> tuple[int, bytes]:
        if self._selected not in self._content.applications or not self._content.gives_options:
            return NOT_NOW, b""
        if data[:1] != b"\x83" or len(data) != data[1] + 2 or data[1] != self._wished_bytes():
            return WRONG_LENGTH, b""
        self.begun += 1
        profile, files = b"\x7c\x00", bytes([FILE << 3, RECORD, RECORD + 1, 0])
        if self._content.form is Form.FORMAT_1:
            return OK, tlv.encode(0x80, profile + files)
        return OK, tlv.encode(0x77, tlv.encode(0x82, profile) + tlv.encode(0x94, files))

    def _wished_bytes(self) -> int:
        total, place, wishes = 0, 0, self._content.wishes
        while place < len(wishes):
            _, place, length = tlv.header(wishes, place)
            total += length
        return total

    def _record(self, record: int, file: int) -> tuple[int, bytes]:
        if self._selected == CONTACT_LIST and (file, record) == (1, 1):
            entries = b"".join(self._entry(found) for found in self._content.applications)
            return OK, tlv.encode(0x70, entries)
        if self._selected not in self._content.applications or file != FILE:
            return NO_FILE, b""
        records = {RECORD: self._track(), RECORD + 1: self._number()}
        return (OK, records[record]) if record in records else (NO_RECORD, b"")

    def _track(self) -> bytes:
        track = f"{self._content.number}D{self._content.expires}2200000000"
        return tlv.encode(0x70, tlv.encode(0x57, _packed(track)))

    def _number(self) -> bytes:
        body = tlv.encode(0x5F24, bytes.fromhex(f"{self._content.expires}31"))
        if self._content.has_number:
            body += tlv.encode(0x5A, _packed(self._content.number))
        return tlv.encode(0x70, body)


def _label(identifier: bytes) -> bytes:
    return b"PBOC ECASH" if identifier == WALLET else b"PBOC DEBIT"


def _packed(digits: str) -> bytes:
    return bytes.fromhex(digits + "F" * (len(digits) % 2))
