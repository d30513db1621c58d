"""Short ways to put cases and messages into a store."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import Place, counter_day
from counter_app.domain.submission import Decision, MessageType, OutboxMessage, Verdict
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import CaseSummary, DraftRecord

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PLACE = Place("110199", "01", "test-machine", "1.0")
LANE = "102110054990001"


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def draft(
    case_id: str = "case-1",
    state: CaseState = CaseState.DRAFT,
    body: bytes = b'{"a":1}',
    clerk: str = "c01",
    summary: CaseSummary | None = None,
) -> DraftRecord:
    shown = summary or CaseSummary(LANE, "样本小吃店", "N500W00012345", "样本甲", "principal", "02")
    return DraftRecord(case_id, body, "new_number", state, clerk, shown)


def accepted(unit: Unit, case_id: str = "case-1", at: datetime = NOW) -> str:
    """Save and accept a case; returns its acceptance number."""
    unit.save_draft(draft(case_id), at)
    number = unit.next_acceptance_no("110199", "01", counter_day(at))
    unit.accept(case_id, number, at, "c01")
    return number


def message(
    message_id: str,
    case_id: str = "case-1",
    prev: str | None = None,
    kind: MessageType = MessageType.PHONE_REBIND,
    lane: str = LANE,
    at: datetime = NOW,
) -> OutboxMessage:
    payload = f"payload of {message_id}".encode()
    return OutboxMessage(
        message_id=message_id,
        case_id=case_id,
        request_no=f"request of {case_id}",
        type=kind,
        lane=lane,
        prev=prev,
        payload=payload,
        payload_sha256=hashlib.sha256(payload).hexdigest(),
        blobs=(),
        created_at=at,
        not_before=at + timedelta(hours=1),
    )


def queued(
    store: CaseStore, message_id: str = "m1", case_id: str = "case-1", lane: str = LANE
) -> None:
    """Accept a case and queue its message at the end of its lane."""
    with store.begin() as unit:
        accepted(unit, case_id)
        unit.add_message(message(message_id, case_id, unit.last_in_lane(lane), lane=lane))


def decision(
    cursor: int, verdict: Verdict, message_id: str = "m1", case_id: str = "case-1"
) -> Decision:
    return Decision(
        cursor=cursor,
        message_id=message_id,
        case_id=case_id,
        verdict=verdict,
        reason_code="资料不清晰",
        reason_text="请补充",
        next_action="补件",
        channels=(("unionpay", "APPLIED"), ("alipay", "PENDING")),
        decided_at=minutes(5),
    )
