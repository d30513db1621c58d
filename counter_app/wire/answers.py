"""What head office answers, as JSON documents."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from counter_app.domain.submission import Verdict
from counter_app.wire.envelope_model import MessageId

PROBLEM_TYPE = "application/problem+json"
ENVELOPE_TYPE = "application/cloudevents+json"
BLOB_TYPE = "application/jose"


WANTED_KINDS = (
    "resident-id-front",
    "resident-id-back",
    "mrz",
    "licence",
    "letter",
    "bank-card",
    "barcode",
    "auto",
)
"""Documents that head office may ask for; "auto" is any other. Source: domain `DocumentKind`."""


Cursor = Annotated[int, Field(ge=0, le=2**53)]
"""A position in a counter's list of answers."""


class Retry(StrEnum):
    """When the same request may be sent again."""

    NOW = "now"
    LATER = "later"
    AFTER_LOGIN = "after-login"
    NEVER = "never"


class ProblemKind(StrEnum):
    """What head office objects to; on the wire `urn:counter-app:problem:<kind>`."""

    MALFORMED = "malformed"
    UNKNOWN_VERSION = "unknown-version"
    VERSION_RETIRED = "version-retired"
    NOT_ENROLLED = "not-enrolled"
    NOT_YOURS = "not-yours"
    NOT_FOUND = "not-found"
    METHOD = "method-not-allowed"
    PREDECESSOR_MISSING = "predecessor-missing"
    MISMATCH = "idempotency-mismatch"
    TOO_LARGE = "too-large"
    HEAD_TOO_LARGE = "head-too-large"
    TOO_SLOW = "too-slow"
    MEDIA_TYPE = "media-type"
    SEAL_BROKEN = "seal-broken"
    DIGEST_WRONG = "digest-wrong"
    CODE_REFUSED = "enrolment-code-refused"
    BUSY = "busy"
    UNAVAILABLE = "unavailable"

    @property
    def urn(self) -> str:
        """The `type` member of the problem document."""
        return f"urn:counter-app:problem:{self.value}"


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Problem(_Answer):
    """A refusal. Source: RFC 9457, section 3, with the extension member `retry`."""

    type: str
    title: str
    status: int
    detail: str = ""
    retry: Retry


class Receipt(_Answer):
    """A message is held durably.

    Attributes:
        epoch: Incarnation of head office's store.
        missing: Images the message names and that are not here yet.
    """

    status: Literal["received"] = "received"
    id: MessageId
    epoch: str
    servertime: AwareDatetime
    missing: list[str] = Field(default_factory=list)


class BlobReceipt(_Answer):
    """An image is held durably under the hash of its plain bytes."""

    status: Literal["stored"] = "stored"
    sha256: str


class Skip(_Answer):
    """A message that will not come; `reason` says why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: Literal["voided", "frozen", "purged"]


class Skipped(_Answer):
    """The lane goes on without the message."""

    status: Literal["skipped"] = "skipped"
    id: MessageId


class ChannelState(_Answer):
    """How far one payment channel is with the change."""

    channel: str
    state: str


class DecisionItem(_Answer):
    """One answer to one message.

    Attributes:
        wanted: With NEED_MORE, the documents to bring, each a kind of `WANTED_KINDS`.
        deadline: With NEED_MORE, the last day (Asia/Shanghai) on which they count.
    """

    cursor: Cursor
    id: MessageId
    caseid: str
    verdict: Verdict
    reason_code: str = ""
    reason_text: str = Field(default="", repr=False)
    next_action: str = Field(default="", repr=False)
    channels: list[ChannelState] = Field(default_factory=list)
    decided_at: AwareDatetime
    wanted: list[str] = Field(default_factory=list)
    deadline: date | None = None


class DecisionList(_Answer):
    """Answers after a cursor, in order."""

    decisions: list[DecisionItem]
    cursor: Cursor
    epoch: str
    servertime: AwareDatetime


class EnrolRequest(_Answer):
    """A counter asks for its certificate.

    Attributes:
        code: One-time code from head office.
        csr: Certificate signing request, PEM; the subject is ignored, the code decides who it is.
        signing_key: Ed25519 public key for messages, PEM.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(min_length=8, max_length=64, repr=False)
    csr: str = Field(max_length=20_000)
    signing_key: str = Field(max_length=2_000)


class RenewRequest(_Answer):
    """An enrolled counter asks for its next certificate."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    csr: str = Field(max_length=20_000)


class EnrolAnswer(_Answer):
    """A certificate and the keys that go with it, all PEM."""

    counter: str
    certificate: str
    authority: str
    institution_key: str
    not_after: AwareDatetime


class Health(_Answer):
    """Head office is there."""

    status: Literal["ok"] = "ok"
    epoch: str
    servertime: AwareDatetime
