"""The visit of a rehearsal file: who comes with what, and what is said and done."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from counter_app.domain.case_state import CaseState
from counter_app.domain.delegation_letter import (
    Alterations,
    IssuingPlace,
    LetterKind,
    Matter,
    Relation,
)
from counter_app.domain.draft import (
    CallbackOutcome,
    CallbackTo,
    ChangeReason,
    CodeOutcome,
    Consent,
    NumberHolder,
    OldNumberOutcome,
    OldNumberProof,
    PresenterRole,
    RealNameCheck,
    ReviewDecision,
)
from counter_app.domain.identity_document import CaptureMethod, Owner, PoliceCheck
from counter_app.domain.identity_number import DocumentType
from counter_app.formats.toml_model import StrictModel

LongTerm = Literal["long_term"]


class PrintedTable(StrictModel):
    """What the surface of a document shows."""

    name: str | None = None
    number: str | None = None


class DocumentTable(StrictModel):
    """An identity document that is shown.

    Attributes:
        chip_confirmed: False where the reader does not confirm that the chip is genuine.
    """

    owner: Owner
    type: DocumentType = DocumentType.RESIDENT_ID
    number: str
    name: str
    born_on: date | None = None
    valid_from: date | None = None
    valid_until: date | LongTerm | None = None
    captured_by: CaptureMethod = CaptureMethod.CHIP
    printed: PrintedTable | None = None
    police_check: PoliceCheck = PoliceCheck.NOT_POSSIBLE
    face_matches: bool = True
    original: bool = True
    chip_confirmed: bool = True


class LicenceTable(StrictModel):
    """The licence that is shown."""

    uscc: str
    name: str = ""
    operator: str = ""
    valid_until: date | LongTerm | None = None
    seal_present: bool = True


class LetterPrincipalTable(StrictModel):
    """The principal as the letter names it."""

    name: str
    id_number: str | None = None
    uscc: str | None = None
    legal_representative: str | None = None


class NamedAgentTable(StrictModel):
    """An agent as the letter names him."""

    name: str
    id_number: str
    relation: Relation = Relation.OTHER


class NotaryTable(StrictModel):
    """The notarial certificate."""

    number: str = ""
    office: str = ""
    on: date | None = None
    issued_in: IssuingPlace = IssuingPlace.MAINLAND
    purpose_covers: bool = True
    verified: bool = False
    channel: bool = False


class LetterTable(StrictModel):
    """The letter that is shown."""

    kind: LetterKind = LetterKind.SIGNED
    digest: str = "letter"
    letter_no: str = ""  # extension
    principal: LetterPrincipalTable
    agents: tuple[NamedAgentTable, ...] = Field(min_length=1)
    jointly: bool = True
    matters: frozenset[Matter] = frozenset()
    merchant_no: str | None = None
    new_number: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    principal_signed: bool = True
    company_seal: bool = True
    legal_representative_signed: bool = True
    substitution_allowed: bool = False
    third_party_number_allowed: bool = False
    alterations: Alterations = Alterations.NONE
    original: bool = True
    notary: NotaryTable | None = None


class CallbackTable(StrictModel):
    """The call to the principal."""

    to: CallbackTo = CallbackTo.ON_FILE
    outcome: CallbackOutcome


class OldNumberTable(StrictModel):
    """The old number."""

    outcome: OldNumberOutcome = OldNumberOutcome.VERIFIED
    proof: OldNumberProof = OldNumberProof.NONE


class NewNumberTable(StrictModel):
    """The new number."""

    number: str
    repeated: str | None = None
    otp: CodeOutcome = CodeOutcome.PASSED
    holder: NumberHolder = NumberHolder.PRINCIPAL
    shared_reason: str = ""
    real_name_check: RealNameCheck = RealNameCheck.NOT_POSSIBLE


class SettlementAnswerTable(StrictModel):
    """What the customer says of the account."""

    confirmed: bool = True
    card: str | None = None


class ReviewTable(StrictModel):
    """One act of the second person."""

    by: str
    decision: ReviewDecision
    reason: str = ""
    session: Literal["fresh", "stale"] = "fresh"


class OfficeTable(StrictModel):
    """Extension: what the sender or head office does after acceptance."""

    state: CaseState
    reason: str = ""


class EndTable(StrictModel):
    """How the visit ends; `advise_online` and `correct` are extensions."""

    action: Literal[
        "accept", "park", "withdraw", "void_after_accept", "advise_online", "correct"
    ] = "accept"


class MoreTable(StrictModel):
    """Extension: a further terminal of the same customer in the same visit."""

    terminal_sn: str
    swap_to_sn: str | None = None


class VisitTable(StrictModel):
    """The visit."""

    terminal_sn: str
    presenter: PresenterRole
    reason: ChangeReason
    reason_text: str = ""
    swap_to_sn: str | None = None
    elder_mode: bool = False
    coached: bool = False
    knowledge_failed: bool = False
    consents: frozenset[Consent] = frozenset(Consent)
    documents: tuple[DocumentTable, ...] = ()
    licence: LicenceTable | None = None
    letter: LetterTable | None = None
    substitution_letter: LetterTable | None = None  # extension
    phone_proof: bool = False  # extension
    callback: CallbackTable | None = None
    old_number: OldNumberTable = OldNumberTable()
    new_number: NewNumberTable | None = None
    settlement: SettlementAnswerTable = SettlementAnswerTable()
    reviews: tuple[ReviewTable, ...] = ()
    more: tuple[MoreTable, ...] = ()  # extension
    office: tuple[OfficeTable, ...] = ()  # extension
    end: EndTable = EndTable()
