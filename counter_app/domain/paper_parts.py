"""The parts that paper records are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class PaperKind(StrEnum):
    """Which paper a record describes; the names of rehearsal files and the journal."""

    RECEIPT = "receipt"
    MISSING_LIST = "missing_list"
    REFUSAL = "refusal"
    VOID_NOTICE = "void_notice"
    CORRECTION = "correction"
    SWAP_SLIP = "swap_slip"
    LETTER_FORM = "letter_form"
    NUMBER_SLIP = "number_slip"
    DAY_SUMMARY = "day_summary"
    HAND_OVER = "hand_over"
    CONFIRMATION = "confirmation"


class PresenterRole(StrEnum):
    """In which role the person at the counter came."""

    PRINCIPAL = "principal"
    LEGAL_REPRESENTATIVE = "legal_representative"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Branch:
    """Where the case was accepted; public facts of the branch.

    Attributes:
        phone: The branch's own number, printed whole even where it is a mobile number.
        hours: Opening hours as one line of text, may be empty.
    """

    code: str
    name: str
    phone: str = field(metadata={"technical": True})
    address: str
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Presenter:
    """Who stood at the counter.

    Attributes:
        document_type: Code of the document kind, for example "resident_id".
        document_tail: Last four characters of the document number, no more.
    """

    role: PresenterRole
    name: str = field(repr=False)
    document_type: str
    document_tail: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReceivedDocument:
    """One line of the list of documents.

    Attributes:
        name: A code of resources/receipt ("resident_id", "business_licence", "delegation_letter",
            "notarised_letter", "phone_proof", ...) or ready words.
        number: For letters and notarial deeds their own number; otherwise empty.
    """

    name: str
    copies: int = 1
    original_seen: bool = True
    number: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """One thing that was checked and how it came out.

    Attributes:
        check: Code ("identity_chip", "identity_camera", "identity_typed", "new_number_code",
            "old_number_code", "callback", "face_by_clerk", "police_check", "letter_checked",
            "terminal_checked", "settlement_confirmed") or ready words.
        result: Code ("passed", "confirmed", "read", "consistent", "not_possible", "unreachable",
            "not_done", "pending", "reviewed") or ready words.
    """

    check: str
    result: str


@dataclass(frozen=True, slots=True)
class RulePackStamp:
    """The signed rules that were in force."""

    pack_id: str
    version: str


NUMBERS_OF_THINGS = frozenset(
    {"terminal", "old_terminal", "new_terminal", "merchant_no", "enquiry", "branch_phone"}
)
"""Lines whose value is the number of a thing or of the branch: printed whole, however it looks."""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of a notice: its code, its words, and a value where the line has one."""

    code: str
    zh: str = field(repr=False)
    en: str = field(default="", repr=False)
    value: str = field(default="", repr=False)
