"""Closing what head office is told of a case into the next message of its merchant's lane."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from counter_app.domain.submission import MessageType, OutboxMessage
from counter_app.wire.case_data import CaseData, PersonalData
from counter_app.wire.envelope import Unsealed, seal_message
from counter_app.wire.jose import sha256_hex
from counter_app.wire.keys import SealingKeys


class Lanes(Protocol):
    """The part of the queue that a message is made by; `Unit` is one."""

    def last_in_lane(self, lane: str) -> str | None:
        """Return the message that the next one of `lane` must name as `prev`."""
        ...

    def device_epoch(self) -> str:
        """Return this store's own incarnation."""
        ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is told.

    Attributes:
        message_id: UUIDv7 text; the idempotency key.
        case: The open half; lane, request number, images and times are taken from it.
    """

    message_id: str
    case_id: str
    type: MessageType
    case: CaseData
    personal: PersonalData = field(default_factory=PersonalData, repr=False)


def closed_message(lanes: Lanes, told: Outgoing, keys: SealingKeys) -> OutboxMessage:
    """Seal and sign a message that follows the last one of its lane; nothing is queued yet."""
    case = told.case
    lane = case.merchant_no
    prev = lanes.last_in_lane(lane)
    unsealed = Unsealed(
        message_id=told.message_id,
        case_id=told.case_id,
        type=told.type,
        lane=lane,
        prev=prev,
        terminal=case.terminal_sn,
        device_time=case.created_at,
        device_epoch=lanes.device_epoch(),
        case=case,
        personal=told.personal,
    )
    payload = seal_message(unsealed, keys)
    return OutboxMessage(
        message_id=told.message_id,
        case_id=told.case_id,
        request_no=case.out_request_no,
        type=told.type,
        lane=lane,
        prev=prev,
        payload=payload,
        payload_sha256=sha256_hex(payload),
        blobs=tuple(image.sha256 for image in case.images),
        created_at=case.created_at,
        not_before=case.not_before,
    )
