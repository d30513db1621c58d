"""The rehearsal file: a visit, the world around it and what is expected, as TOML.

Keys beyond the common contract are marked "extension" and described in docs/rehearsal.md.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from counter_app.domain.case_state import CaseState
from counter_app.domain.checks import FindingCode
from counter_app.domain.draft import (
    ChangeReason,
)
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.merchant import (
    MerchantStatus,
    MerchantType,
    SettlementKind,
)
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.risk import RiskBand, RiskSignal
from counter_app.domain.submission import MessageType
from counter_app.errors import FailureCode
from counter_app.formats.toml_model import StrictModel, read_model
from counter_app.rehearsal.visit_tables import VisitTable

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
MOST_PRINCIPALS = 1000
PAPERS_OF_A_DAY = frozenset({PaperKind.DAY_SUMMARY, PaperKind.HAND_OVER})


def known_paper(name: str) -> str:
    """Return the name of a paper; raises ValueError for one that no visit prints."""
    names = [kind.value for kind in PaperKind if kind not in PAPERS_OF_A_DAY]
    if name.removesuffix("!unprinted") not in names:
        raise ValueError(f"{', '.join(names)}, each with !unprinted after it where none came out")
    return name


Provider = Literal["chinaums", "lakala", "shengpay", "allinpay"]
PaperWord = Annotated[str, AfterValidator(known_paper)]
"""A paper of a visit as the contract names it; `!unprinted` after it where none came out."""
OwnershipWord = Literal["leased", "rented", "bought", "purchased", "owned", "deposit"]


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
    ownership: OwnershipWord = "leased"
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
    principals: int = Field(default=0, ge=0, le=MOST_PRINCIPALS)
    merchants_today: int = Field(default=0, ge=0, le=MOST_PRINCIPALS)  # extension


class EarlierTable(StrictModel):
    """Extension: an earlier case of the merchant that head office rejected."""

    merchant_no: str
    reason: ChangeReason


class ExpectTable(StrictModel):
    """What must come out; a key that is left out is not compared."""

    state: CaseState | None = None
    step: str | None = None
    findings: tuple[FindingCode, ...] = ()
    absent: tuple[FindingCode, ...] = ()
    risk_band: RiskBand | None = None
    risk_signals: tuple[RiskSignal, ...] | None = None
    papers: tuple[PaperWord, ...] | None = None
    messages: tuple[MessageType, ...] | None = None


class RehearsalFile(StrictModel):
    """One rehearsal."""

    schema_no: Literal[1] = Field(alias="schema")
    title: str
    now: Annotated[AwareDatetime, Field(ge=EARLIEST, lt=LATEST)]
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
