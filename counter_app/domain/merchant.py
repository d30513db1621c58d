"""Merchants and terminals as the counter's directory snapshot records them; read-only here."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from counter_app.domain.identity_number import DocumentType


class MerchantType(StrEnum):
    """What kind of party the merchant is; drives materials and eligibility."""

    ENTERPRISE = "enterprise"
    SOLE_PROPRIETOR = "sole_proprietor"
    MICRO = "micro"
    INDIVIDUAL = "individual"


class MerchantStatus(StrEnum):
    """Whether the merchant may be served."""

    ACTIVE = "active"
    FROZEN = "frozen"
    CLOSED = "closed"


class Ownership(StrEnum):
    """How the merchant came by the terminal (购买, 租赁, 押金)."""

    BOUGHT = "bought"
    LEASED = "leased"
    DEPOSIT = "deposit"


class SettlementKind(StrEnum):
    """A personal debit card, or a corporate account (which has no check digit)."""

    CARD = "card"
    CORPORATE = "corporate"


@dataclass(frozen=True, slots=True)
class Principal:
    """本人, 经营者 or 法定代表人 as recorded."""

    name: str = field(repr=False)
    id_type: DocumentType
    id_number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settlement:
    """The account that receives the merchant's money; confirmed here, never changed."""

    bank: str
    account: str = field(repr=False)
    kind: SettlementKind
    changed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Terminal:
    """A POS terminal.

    Attributes:
        sn: Serial number as on the label, at most 38 of [0-9A-Za-z-].
        terminal_id: ISO 8583 field 41, eight characters.
        sim: Number of the terminal's own data SIM (often 13 digits), or None.
    """

    sn: str
    terminal_id: str = ""
    ownership: Ownership = Ownership.LEASED
    sim: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class MerchantRecord:
    """One merchant of the signed directory snapshot.

    Attributes:
        merchant_no: 15 of [0-9A-Z].
        provider: Rule pack id, for example "lakala".
        uscc: 18-character unified social credit code; None for micro and individual merchants.
        phone: The mobile number bound now, eleven digits.
        phone_changed_on: Day of the last change, None for never.
        in_flight: An application of this merchant is open at head office.
        operator_on_licence: Name on the licence when it is known to differ from the record.
    """

    merchant_no: str
    name: str = field(repr=False)
    provider: str
    type: MerchantType
    principal: Principal
    phone: str = field(repr=False)
    uscc: str | None = field(default=None, repr=False)
    phone_changed_on: date | None = None
    settlement: Settlement | None = None
    status: MerchantStatus = MerchantStatus.ACTIVE
    in_flight: bool = False
    operator_on_licence: str | None = field(default=None, repr=False)
    address: str = field(default="", repr=False)
    terminals: tuple[Terminal, ...] = ()

    def terminal(self, sn: str) -> Terminal | None:
        """Return the merchant's terminal with this serial number."""
        return next((terminal for terminal in self.terminals if terminal.sn == sn), None)


def is_serial_number(text: str) -> bool:
    """Say whether the text can be a terminal serial number (at most 38 of [0-9A-Za-z-])."""
    return 1 <= len(text) <= 38 and text.isascii() and text.replace("-", "").isalnum()


def spellings_of(serial: str) -> tuple[str, ...]:
    """Return how a number may be recorded: as typed, without blanks, in either case."""
    plain = "".join(unicodedata.normalize("NFKC", serial).split())
    found = (serial.strip(), plain, plain.upper(), plain.lower())
    return tuple(dict.fromkeys(one for one in found if one))


def is_same_serial(one: str, other: str) -> bool:
    """Say whether two serial numbers differ at most in blanks, width and case of their letters."""
    return bool(set(spellings_of(one)) & set(spellings_of(other)))


def is_merchant_no(text: str) -> bool:
    """Say whether the text can be a merchant number: 15 of [0-9A-Z] (ISO 8583 field 42)."""
    return len(text) == 15 and text.isascii() and text.isalnum() and text == text.upper()
