"""What the store keeps and gives back: plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from counter_app.domain.case_state import CaseState
from counter_app.domain.submission import MessageState, OutboxMessage


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """What a list of cases shows.

    Attributes:
        presenter: "principal" or "agent".
        reason_code: "01" to "11" or "99"; empty while unknown.
        visit_id: The same for the cases of one visit (several terminals).
    """

    merchant_no: str = ""
    merchant_name: str = field(default="", repr=False)
    terminal_sn: str = ""
    customer: str = field(default="", repr=False)
    presenter: str = ""
    reason_code: str = ""
    visit_id: str = ""


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A draft as it is saved on every change.

    Attributes:
        case_id: UUIDv7 text, made when the case starts.
        draft: Canonical JSON of the flow (UTF-8); the store does not look inside.
        step: Name of the step at which the case stands.
        state: DRAFT, PARKED or AWAITING_REVIEW.
        clerk_id: Owner of the case.
    """

    case_id: str
    draft: bytes = field(repr=False)
    step: str
    state: CaseState
    clerk_id: str
    summary: CaseSummary


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case as the store knows it.

    Attributes:
        draft: As saved last; empty once the case is purged.
        day: The counter's day on which it was accepted, before that on which it began.
        reason: Code or text given with the last change of state.
        acceptance_no: 受理编号, or None before acceptance.
        remind_at: When a parked case asks for attention.
    """

    case_id: str
    state: CaseState
    step: str
    draft: bytes = field(repr=False)
    clerk_id: str
    summary: CaseSummary
    created_at: datetime
    changed_at: datetime
    day: date
    reason: str = field(default="", repr=False)
    acceptance_no: str | None = None
    accepted_at: datetime | None = None
    remind_at: datetime | None = None
    purged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases to list, newest change first; an empty field does not filter.

    Attributes:
        text: Part of the merchant's or customer's name, of the terminal's serial number or of
            the acceptance number.
        anywhere: Found anywhere in the draft ("what do you hold about me"); reads every draft.
    """

    states: frozenset[CaseState] = frozenset()
    day: date | None = None
    merchant_no: str = ""
    clerk_id: str = ""
    text: str = field(default="", repr=False)
    anywhere: str = field(default="", repr=False)
    limit: int = 500


@dataclass(frozen=True, slots=True)
class NumberUse:
    """One acceptance number that was given out."""

    acceptance_no: str
    case_id: str | None
    given_on: date


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """A message and where it stands.

    Attributes:
        sent_at: When sending first began; from then on it cannot be voided here.
        retry_at: Not to be tried before, or None.
    """

    message: OutboxMessage
    state: MessageState
    reason: str = ""
    sent_at: datetime | None = None
    acked_at: datetime | None = None
    decided_at: datetime | None = None
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LetterUse:
    """A delegation letter that served a case.

    Attributes:
        digest: The letter's digest.
        letter_no: The number printed on it, or None.
    """

    digest: str
    letter_no: str | None
    case_id: str
    on: date


@dataclass(frozen=True, slots=True)
class AgentVisit:
    """An agent acted for a principal; numbers are kept as keyed hashes only."""

    agent_id: str = field(repr=False)
    principal_id: str = field(repr=False)
    merchant_no: str
    on: date
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class PhoneBinding:
    """A number was accepted for a principal's merchant; numbers are kept as keyed hashes only."""

    number: str = field(repr=False)
    principal_id: str = field(repr=False)
    merchant_no: str
    on: date
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """What a register remembers of a case.

    Attributes:
        register: "letter", "agent" or "phone".
    """

    register: str
    on: date


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A paper as it was made; its bytes never change.

    Attributes:
        case_id: The case, or the day ("2026-11-23") for papers of the day.
        kind: For example "receipt".
        record: Canonical JSON of what the paper states.
        pdf: The sealed file.
        long_term_pdf: The same file with validation data added later, or empty.
    """

    case_id: str
    kind: str
    record: bytes = field(repr=False)
    pdf: bytes = field(repr=False)
    made_at: datetime
    long_term_pdf: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class PaperStatus:
    """What became of a paper.

    Attributes:
        sha256: Of the sealed file, hex.
        prints: How often it went to a printer; the second and later are reprints.
        confirmed_at: When the clerk confirmed that paper came out.
    """

    case_id: str
    kind: str
    sha256: str
    made_at: datetime
    prints: int
    printed_at: datetime | None
    printed_by: str
    confirmed_at: datetime | None


class RetentionClass(StrEnum):
    """What is purged together; DOMAIN §3.2."""

    CASE = "CASE"
    PAYLOAD = "PAYLOAD"
    REFUSED = "REFUSED"
    ABANDONED = "ABANDONED"
    JOURNAL = "JOURNAL"


@dataclass(frozen=True, slots=True)
class Retention:
    """How long each class stays at the counter after its case was decided or ended.

    Attributes:
        case: Draft, images and papers of a decided case.
        payload: The signed message, kept for a restored head office.
        refused: Reason of a refused case; its images go at once.
        abandoned: An open case that nobody went on with, with all that belongs to it.
        journal: Rows of the journal.
    """

    case: timedelta = timedelta(days=7)
    payload: timedelta = timedelta(days=35)
    refused: timedelta = timedelta(days=90)
    abandoned: timedelta = timedelta(days=90)
    journal: timedelta = timedelta(days=730)
