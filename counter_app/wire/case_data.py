"""What a message says of a case: the open half, and the half only the institution may read.

Source: DOMAIN §4.12.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Sha256Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Code = Annotated[str, Field(max_length=64)]
ShortText = Annotated[str, Field(max_length=500)]


class Part(BaseModel):
    """A piece of the contract: frozen, nothing beyond what is written here."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Presenter(Part):
    """Who stands at the counter; the name and number are in the personal half.

    Attributes:
        role: principal or agent.
        method: How the document was read: chip, camera or typed.
    """

    role: Code
    id_type: Code
    method: Code


class ChipProof(Part):
    """One thing that was to be proved of a travel document's chip, and how it came out.

    Attributes:
        owner: Whose document: principal or agent.
        check: signature, issuer, content or original.
        state: verified, not_verified or failed.
        reason: Why it did not come out as verified; none when it did.
    """

    owner: Code
    check: Code
    state: Code
    reason: Code = "none"


class Notary(Part):
    """The notarial certificate of a letter; `issued_in` says in which jurisdiction."""

    number: ShortText
    office: ShortText
    day: date | None = None
    verified: bool = False
    issued_in: Code = ""


class LetterCheck(Part):
    """One of the checks A1 to A16 as the counter left it.

    Attributes:
        verdict: good, caution, stop, or open when it was not looked into.

    Source: DOMAIN §3.1.
    """

    id: Code
    verdict: Code


class Delegation(Part):
    """The delegation letter (授权委托书) a delegated case rests on.

    Attributes:
        original: Whether the original was shown; None when the counter did not say.
        checks: A1 to A16 in order; empty from counters that did not tell them.
    """

    kind: Code
    letter_hash: Code
    letter_no: ShortText = ""
    original: bool | None = None
    matters: tuple[Code, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    notary: Notary | None = None
    checks: tuple[LetterCheck, ...] = ()


class Check(Part):
    """One check of the counter and its outcome; `evidence` names an image by its `ref`."""

    id: Code
    result: Code
    severity: Code = ""
    evidence: Code = ""


class Consent(Part):
    """Which notice the customer agreed to, and when."""

    document: Code
    version: Code
    time: AwareDatetime


class Otp(Part):
    """Outcome of the codes sent to the old and to the new number; never the codes."""

    old: Code
    new: Code


class Risk(Part):
    """The counter's risk score and the signals it is made of."""

    score: int
    band: Code
    signals: tuple[Code, ...] = ()


class Review(Part):
    """What the second person at the counter decided."""

    reviewer: Code
    decision: Code
    time: AwareDatetime
    reason: ShortText = ""


class ImageRef(Part):
    """An image that belongs to the case; it travels on its own.

    Attributes:
        ref: Name within the case, e.g. `principal.id.front`.
        sha256: Hash of the image before it was encrypted.
    """

    ref: Code
    sha256: Sha256Hex
    media_type: Code
    size: int = Field(ge=0)


class ReceiptRef(Part):
    """The acceptance receipt (受理回执), when it exists at the time of sealing.

    Attributes:
        signed: paper or pad.
    """

    sha256: Sha256Hex
    printed_at: AwareDatetime | None = None
    copies: int = 0
    signed: Code = "paper"


class ReplacedTerminal(Part):
    """A terminal handed out in exchange for another."""

    old_sn: Code
    new_sn: Code


class CaseData(Part):
    """The open half: nothing here tells who the customer is.

    Attributes:
        out_request_no: Constant across resubmissions of the same case.
        subject_hash: The unified social credit code, or the SHA-256 of the principal's number.
        images: All images of the case, each also listed in the signed manifest.
        corrects: The message this one corrects, withdraws or adds documents to.
        not_before: Cooling hold; not to be applied before.
    """

    out_request_no: Code
    acceptance_no: Code
    merchant_no: Code
    terminal_sn: Code
    reason: Code
    created_at: AwareDatetime
    clerk: Code
    provider: Code = ""
    merchant_type: Code = ""
    terminal_id: Code = ""
    subject_hash: Code = ""
    reason_text: ShortText = ""
    presenter: Presenter | None = None
    chip_proofs: tuple[ChipProof, ...] = ()
    delegation: Delegation | None = None
    checks: tuple[Check, ...] = ()
    consents: tuple[Consent, ...] = ()
    otp: Otp | None = None
    risk: Risk | None = None
    reviews: tuple[Review, ...] = ()
    images: tuple[ImageRef, ...] = ()
    receipt: ReceiptRef | None = None
    linked_channels: tuple[Code, ...] = ()
    replaced_terminal: ReplacedTerminal | None = None
    rule_pack: Code = ""
    notice_version: Code = ""
    retention_class: Code = "case-record-10y"
    corrects: Code | None = None
    deadline: AwareDatetime | None = None
    not_before: AwareDatetime | None = None


class Person(Part):
    """One person of the case, as read from the document."""

    name: ShortText = Field(repr=False)
    id_type: Code = ""
    id_number: Code = Field(default="", repr=False)
    valid_until: str = Field(default="", repr=False)
    phone: Code = Field(default="", repr=False)


class PersonalData(Part):
    """The half that only the institution may read.

    Attributes:
        settlement_account: first6****last4.
        notes: Other values to show beside the images, label to text.
    """

    merchant_name: ShortText = Field(default="", repr=False)
    address: ShortText = Field(default="", repr=False)
    principal: Person | None = Field(default=None, repr=False)
    agent: Person | None = Field(default=None, repr=False)
    old_phone: Code = Field(default="", repr=False)
    new_phone: Code = Field(default="", repr=False)
    new_phone_holder: Code = ""
    settlement_bank: ShortText = Field(default="", repr=False)
    settlement_account: Code = Field(default="", repr=False)
    notes: dict[str, str] = Field(default_factory=dict, repr=False)


def utc(moment: datetime) -> str:
    """Write an aware time as RFC 3339 in UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
