"""The rehearsal file: a visit, the world around it and what is expected, as TOML.

Keys beyond the common contract are marked "extension" and described in docs/rehearsal.md.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from counter_app.domain.case_state import CaseState
from counter_app.domain.checks import FindingCode
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
from counter_app.domain.merchant import (
    MerchantStatus,
    MerchantType,
    Ownership,
    SettlementKind,
)
from counter_app.domain.risk import RiskBand, RiskSignal
from counter_app.domain.step import Step
from counter_app.domain.submission import MessageType
from counter_app.errors import FailureCode
from counter_app.formats.toml_model import StrictModel, read_model

Provider = Literal["chinaums", "lakala", "shengpay", "allinpay"]
LongTerm = Literal["long_term"]


class Counter(StrictModel):
    """The counter's own circumstances."""

    online: bool = True
    printer: Literal["ok", "out_of_paper", "jam", "offline"] = "ok"
    id_reader: Literal["ok", "absent", "failing"] = "ok"
    camera: Literal["ok", "absent"] = "ok"
    clerk: str = "c01"
    clock_wrong: bool = False  # extension
    queue_too_old: bool = False  # extension


class Staff(StrictModel):
    """Extension: a staff member with a number of their own, or another role than the id tells."""

    id: str
    phone: str | None = None
    manager: bool | None = None


class PrincipalTable(StrictModel):
    """本人 / 经营者 / 法定代表人."""

    name: str
    id_type: DocumentType = DocumentType.RESIDENT_ID
    id_number: str


class SettlementTable(StrictModel):
    """The settlement account on record."""

    bank: str
    account: str
    kind: SettlementKind = SettlementKind.CARD
    changed_on: date | None = None


class TerminalTable(StrictModel):
    """A terminal on record."""

    sn: str
    terminal_id: str = ""
    ownership: Ownership = Ownership.LEASED
    sim: str | None = None


class MerchantTable(StrictModel):
    """One merchant of the directory."""

    merchant_no: str
    name: str
    provider: Provider
    type: MerchantType
    uscc: str | None = None
    principal: PrincipalTable
    phone: str
    phone_changed_on: date | None = None
    settlement: SettlementTable | None = None
    status: MerchantStatus = MerchantStatus.ACTIVE
    in_flight: bool = False
    operator_on_licence: str | None = None
    terminals: tuple[TerminalTable, ...] = ()


class PhoneTable(StrictModel):
    """What the directory knows of a number."""

    number: str
    bound_to: tuple[str, ...]


class LetterRegisterTable(StrictModel):
    """A letter that was used or (extension) revoked."""

    digest: str
    on: date


class AgentTable(StrictModel):
    """What the store knows of an agent."""

    id_number: str
    principals: int = Field(default=0, ge=0)
    merchants_today: int = Field(default=0, ge=0)  # extension


class EarlierTable(StrictModel):
    """Extension: an earlier case of the merchant that head office rejected."""

    merchant_no: str
    reason: ChangeReason


class PrintedTable(StrictModel):
    """What the surface of a document shows."""

    name: str | None = None
    number: str | None = None


class DocumentTable(StrictModel):
    """An identity document that is shown."""

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
    new_number: NewNumberTable
    settlement: SettlementAnswerTable = SettlementAnswerTable()
    reviews: tuple[ReviewTable, ...] = ()
    office: tuple[OfficeTable, ...] = ()  # extension
    end: EndTable = EndTable()


class ExpectTable(StrictModel):
    """What must come out; a key that is left out is not compared."""

    state: CaseState | None = None
    step: Step | None = None
    findings: tuple[FindingCode, ...] = ()
    absent: tuple[FindingCode, ...] = ()
    risk_band: RiskBand | None = None
    risk_signals: tuple[RiskSignal, ...] | None = None
    papers: tuple[str, ...] | None = None
    messages: tuple[MessageType, ...] | None = None


class RehearsalFile(StrictModel):
    """One rehearsal."""

    schema_no: Literal[1] = Field(alias="schema")
    title: str
    now: AwareDatetime
    counter: Counter = Counter()
    staff: tuple[Staff, ...] = ()  # extension
    merchants: tuple[MerchantTable, ...] = ()
    phones: tuple[PhoneTable, ...] = ()
    letters_used: tuple[LetterRegisterTable, ...] = ()
    letters_revoked: tuple[LetterRegisterTable, ...] = ()  # extension
    agents_seen: tuple[AgentTable, ...] = ()
    earlier: tuple[EarlierTable, ...] = ()  # extension
    visit: VisitTable
    expect: ExpectTable


def parse_rehearsal(name: str, text: str) -> RehearsalFile:
    """Read a rehearsal file.

    Raises:
        CounterError: REHEARSAL_INVALID with `file`, `line`, `key` and `allowed`.
    """
    return read_model(name, text, RehearsalFile, FailureCode.REHEARSAL_INVALID)
