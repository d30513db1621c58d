"""What is queued to head office, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class MessageType(StrEnum):
    """What a message asks of head office; the version is part of the wire type."""

    PHONE_REBIND = "PHONE_REBIND"
    TERMINAL_SWAP = "TERMINAL_SWAP"
    WITHDRAW = "WITHDRAW"
    MORE_DOCUMENTS = "MORE_DOCUMENTS"
    SIGNED_COPY = "SIGNED_COPY"


EVIDENCE = frozenset({MessageType.SIGNED_COPY})
"""Messages that belong to a case and ask nothing: head office keeps them and gives no answer."""


class MessageState(StrEnum):
    """Where a queued message stands.

    READY waits for its turn; ACKED is stored durably at head office; DECIDED has its answer, or is
    there and gets none (evidence).
    HELD waits for a person or the clock (sign-in, certificate, version); FROZEN was refused for
    its content and is shown under 无法上送; VOIDED was withdrawn before it left.
    """

    READY = "READY"
    ACKED = "ACKED"
    DECIDED = "DECIDED"
    HELD = "HELD"
    FROZEN = "FROZEN"
    VOIDED = "VOIDED"


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One message as it was signed when the case was accepted; the payload never changes.

    Attributes:
        message_id: UUIDv7 text; the idempotency key on the wire.
        case_id: The case it belongs to (UUIDv7 text).
        request_no: out_request_no, constant across resubmissions of the same case.
        lane: Messages of one lane go in order; the merchant number.
        prev: The message before this one in the lane from this counter, or None.
        payload: The exact bytes that are sent (JSON, UTF-8).
        blobs: SHA-256 (hex) of the images that must be there before the message.
        not_before: Cooling hold; not to be applied before this time (aware UTC), or None.
    """

    message_id: str
    case_id: str
    request_no: str
    type: MessageType
    lane: str
    prev: str | None
    payload: bytes = field(repr=False)
    payload_sha256: str
    blobs: tuple[str, ...]
    created_at: datetime
    not_before: datetime | None = None


class Verdict(StrEnum):
    """What head office says of a case."""

    RECEIVED = "RECEIVED"
    IN_PROCESS = "IN_PROCESS"
    APPLIED = "APPLIED"
    REJECTED = "REJECTED"
    NEED_MORE = "NEED_MORE"


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer of head office.

    Attributes:
        cursor: Position in this counter's list of answers.
        reason_code: A code of DOMAIN §4.12, or an unknown one shown verbatim; may be empty.
        channels: State by channel name (unionpay, alipay, wechat).
        wanted: With NEED_MORE, what to bring: document kinds ("letter", "licence", ...), an
            unknown one shown verbatim.
        deadline: With NEED_MORE, the last day on which it counts, or None.
    """

    cursor: int
    message_id: str
    case_id: str
    verdict: Verdict
    reason_code: str
    reason_text: str = field(repr=False)
    next_action: str = field(repr=False)
    channels: tuple[tuple[str, str], ...]
    decided_at: datetime
    wanted: tuple[str, ...] = ()
    deadline: date | None = None
