"""What the data groups of a travel document say.

Source: ICAO Doc 9303-10, section 4.7.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from counter_app.devices.card import tlv
from counter_app.domain.mrz import Mrz, parse_chip_mrz
from counter_app.errors import CounterError, FailureCode

LIST_OF_GROUPS = {
    0x61: 1, 0x75: 2, 0x63: 3, 0x76: 4, 0x65: 5, 0x66: 6, 0x67: 7, 0x68: 8,
    0x69: 9, 0x6A: 10, 0x6B: 11, 0x6C: 12, 0x6D: 13, 0x6E: 14, 0x6F: 15, 0x70: 16,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonalDetails:
    """Data group 11; what is absent is empty or None."""

    native_name: str = field(default="", repr=False)
    personal_number: str = field(default="", repr=False)
    born_on: date | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """Data group 12; what is absent is empty or None."""

    issuing_authority: str = ""
    issued_on: date | None = None


def groups_of_com(file: bytes) -> tuple[int, ...]:
    """Return the numbers of the data groups that EF.COM lists."""
    tags = tlv.find(file, 0x60, 0x5C) or b""
    return tuple(LIST_OF_GROUPS[tag] for tag in tags if tag in LIST_OF_GROUPS)


def parse_group1(file: bytes) -> Mrz:
    """Read data group 1.

    Raises:
        CounterError: CARD_PROTOCOL; CARD_RECORD_INVALID, it holds no machine readable zone.
    """
    text = tlv.need(file, 0x61, 0x5F1F)
    try:
        return parse_chip_mrz(text.decode("ascii"))
    except ValueError as error:
        raise CounterError(FailureCode.CARD_RECORD_INVALID, group=1) from error


def parse_group11(file: bytes) -> PersonalDetails:
    """Read data group 11.

    Raises:
        CounterError: CARD_PROTOCOL.
    """
    body = tlv.need(file, 0x6B)
    return PersonalDetails(
        native_name=" ".join(_text(tlv.find(body, 0x5F0E)).replace("<", " ").split()),
        personal_number=_text(tlv.find(body, 0x5F10)),
        born_on=_day(tlv.find(body, 0x5F2B)),
    )


def parse_group12(file: bytes) -> DocumentDetails:
    """Read data group 12.

    Raises:
        CounterError: CARD_PROTOCOL.
    """
    body = tlv.need(file, 0x6C)
    return DocumentDetails(_text(tlv.find(body, 0x5F19)), _day(tlv.find(body, 0x5F26)))


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace").strip()


def _day(value: bytes | None) -> date | None:
    # Eight digits, or the same packed into four bytes.
    digits = value.hex() if value is not None and len(value) == 4 else _text(value)
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
