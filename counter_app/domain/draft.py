"""What a visit has gathered so far: one frozen value, replaced at every answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.by_picture import ByPicture
from counter_app.domain.delegation_letter import Letter
from counter_app.domain.identity_document import IdentityDocument, Owner
from counter_app.domain.merchant import MerchantRecord, Terminal


class Lookup(StrEnum):
    """What the directory said about what was scanned or typed."""

    NOT_ASKED = "not_asked"
    FOUND = "found"
    UNKNOWN_TERMINAL = "unknown_terminal"
    UNKNOWN_MERCHANT = "unknown_merchant"
    SEVERAL_MERCHANTS = "several_merchants"


class PresenterRole(StrEnum):
    """Who stands at the counter."""

    PRINCIPAL = "principal"
    AGENT = "agent"


class ChangeReason(StrEnum):
    """Why the number changes (DOMAIN §4.9)."""

    NUMBER_CANCELLED = "01"
    SIM_LOST = "02"
    OPERATOR_CHANGED = "03"
    CONTACT_CHANGED = "04"
    LEGAL_REPRESENTATIVE_CHANGED = "05"
    EMPLOYEE_LEFT = "06"
    MERCHANT_TRANSFERRED = "07"
    COMPANY_NUMBER = "08"
    NO_MESSAGES = "09"
    NOT_IN_OWN_NAME = "10"
    SUSPECTED_MISUSE = "11"
    OTHER = "99"


class Knowledge(StrEnum):
    """Outcome of the merchant-knowledge questions; questions and answers are not kept."""

    NOT_ASKED = "not_asked"
    PASSED = "passed"
    FAILED = "failed"


class CallbackTo(StrEnum):
    """Whose number was dialled."""

    ON_FILE = "on_file"
    GIVEN_BY_AGENT = "given_by_agent"


class CallbackOutcome(StrEnum):
    """What the principal said on the telephone, if anybody answered."""

    CONFIRMED = "confirmed"
    DENIED = "denied"
    NO_ANSWER = "no_answer"
    OUT_OF_SERVICE = "out_of_service"


class OldNumberOutcome(StrEnum):
    """Whether the old number could be verified."""

    VERIFIED = "verified"
    UNREACHABLE = "unreachable"
    CANCELLED = "cancelled"
    DECLINED = "declined"


class OldNumberProof(StrEnum):
    """What shows that the old number cannot be used."""

    NONE = "none"
    LOSS_SLIP = "loss_slip"
    CANCELLATION = "cancellation"
    POLICE_REPORT = "police_report"


class CodeOutcome(StrEnum):
    """What became of the one-time code to the new number."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_SENT = "not_sent"


class NumberHolder(StrEnum):
    """In whose name the new number is registered, as told."""

    PRINCIPAL = "principal"
    LEGAL_REPRESENTATIVE = "legal_representative"
    COMPANY = "company"
    EMPLOYEE = "employee"
    RELATIVE = "relative"
    AGENT = "agent"
    OTHER = "other"


class RealNameCheck(StrEnum):
    """Outcome of the check of name, identity number and phone against each other."""

    CONSISTENT = "consistent"
    DIFFERS = "differs"
    NOT_POSSIBLE = "not_possible"


class Consent(StrEnum):
    """What the customer agreed to (个人信息保护法 arts 14, 29)."""

    NOTICE = "notice"
    SENSITIVE = "sensitive"


class ReviewDecision(StrEnum):
    """What the second person decided."""

    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Licence:
    """The business licence as shown; `valid_until` None with `is_long_term` for 长期."""

    uscc: str = field(repr=False)
    name: str = field(repr=False)
    operator: str = field(repr=False)
    valid_until: date | None = None
    is_long_term: bool = False
    has_seal: bool = True
    image: str | None = None


@dataclass(frozen=True, slots=True)
class Callback:
    """The call to the principal."""

    to: CallbackTo
    outcome: CallbackOutcome


@dataclass(frozen=True, slots=True)
class NewNumber:
    """The new number and what is known of it.

    Attributes:
        number: Normalised (`phone.normalised`).
        repeated: The second entry, normalised; None until it was made.
        bound_to: Merchants of other principals that use it already.
    """

    number: str = field(repr=False)
    repeated: str | None = field(default=None, repr=False)
    code: CodeOutcome | None = None
    holder: NumberHolder | None = None
    shared_reason: str = field(default="", repr=False)
    real_name: RealNameCheck = RealNameCheck.NOT_POSSIBLE
    bound_to: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class AgentHistory:
    """Other principals served in the last 90 days, other merchants served here today."""

    principals: int = 0
    merchants_today: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """One act of the second person.

    Attributes:
        by: Account of the second person.
        is_manager: The account holds the role of centre manager.
        is_fresh: The person signed in for this very act.
    """

    by: str
    decision: ReviewDecision
    reason: str = field(default="", repr=False)
    is_manager: bool = False
    is_fresh: bool = True
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything a visit has gathered; personal, therefore only ever stored encrypted.

    Attributes:
        case_id: UUIDv7 text, made when the case starts; also the idempotency key.
        request_no: out_request_no, constant across resubmissions after a rejection.
        clerk_id: The clerk who handles the case now.
        handlers: Every clerk who handled it before; none of them may be the second person.
        sn_entered: What was scanned or typed to find the terminal.
        coached_since: When somebody was noticed to instruct the customer.
        is_calmed: The calm minute that follows it is over.
        agent_history: The worst of all agents who are here; None until the store was asked.
        principal_elsewhere: Merchants of who came as the principal of this one and is not.
        letter_used_on: Day the same letter was used before, or None.
        settlement_card: Masked number of the bank card that was compared, or None.
        settlement_card_matches: Whether that card is the one on record; None without either.
        rejected_reason: Reason of an earlier rejected case for this merchant, or None.
        supersedes: The case that this one corrects, or None.
        visit_id: First case of the visit, for a further terminal of the customer; else empty.
        chip_doubts: Whose chip failed its proof and was not read well since.
        by_picture: Characters that no font draws and a picture stands for (以图片为准).
    """

    case_id: str
    request_no: str
    clerk_id: str
    started_at: datetime
    sn_entered: str = ""
    lookup: Lookup = Lookup.NOT_ASKED
    merchant: MerchantRecord | None = field(default=None, repr=False)
    terminal: Terminal | None = None
    presenter: PresenterRole | None = None
    reason: ChangeReason | None = None
    reason_text: str = field(default="", repr=False)
    is_swap_wanted: bool = False
    swap_to_sn: str = ""
    is_swap_sn_known: bool | None = None
    is_elder_mode: bool = False
    is_coached: bool = False
    coached_since: datetime | None = None
    is_calmed: bool = False
    knowledge: Knowledge = Knowledge.NOT_ASKED
    documents: tuple[IdentityDocument, ...] = ()
    documents_missing: frozenset[Owner] = frozenset()
    chip_doubts: tuple[Owner, ...] = ()
    principal_elsewhere: tuple[str, ...] = ()
    letter: Letter | None = None
    is_letter_missing: bool = False
    is_letter_looked_up: bool = False
    letter_used_on: date | None = None
    letter_revoked_on: date | None = None
    substitution_letter: Letter | None = None
    is_substitution_looked_up: bool = False
    substitution_used_on: date | None = None
    substitution_revoked_on: date | None = None
    agent_history: AgentHistory | None = None
    licence: Licence | None = None
    is_licence_missing: bool = False
    has_phone_proof: bool = False
    is_settlement_confirmed: bool | None = None
    settlement_card: str | None = field(default=None, repr=False)
    settlement_card_matches: bool | None = None
    callback: Callback | None = None
    old_number: OldNumberOutcome | None = None
    old_number_proof: OldNumberProof = OldNumberProof.NONE
    new_number: NewNumber | None = None
    consents: frozenset[Consent] | None = None
    reviews: tuple[Review, ...] = ()
    reviews_from: int = 0
    rejected_reason: ChangeReason | None = None
    supersedes: str | None = None
    queue_ticket: str = ""
    visit_id: str = ""
    handlers: tuple[str, ...] = ()
    by_picture: ByPicture | None = None

    @property
    def is_delegated(self) -> bool:
        """Say whether an agent stands at the counter."""
        return self.presenter is PresenterRole.AGENT

    @property
    def visit(self) -> str:
        """Return what the cases of one visit have in common."""
        return self.visit_id or self.case_id

    @property
    def presenter_owner(self) -> Owner:
        """Say whose documents the presenter's own are."""
        return Owner.AGENT if self.is_delegated else Owner.PRINCIPAL

    def document_of(self, owner: Owner) -> IdentityDocument | None:
        """Return the first document of this owner."""
        return next((document for document in self.documents if document.owner is owner), None)

    def documents_of(self, owner: Owner) -> tuple[IdentityDocument, ...]:
        """Return every document of this owner, in the order in which they were shown."""
        return tuple(document for document in self.documents if document.owner is owner)
