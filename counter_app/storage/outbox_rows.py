"""The outbox in the database."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, and_, bindparam, func, insert, or_, select, update

from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.domain.submission import EVIDENCE, MessageState, MessageType, OutboxMessage
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import QueuedMessage
from counter_app.storage.promises import (
    ARRIVED,
    ASIDE,
    WAITING,
    Facts,
    is_held_as_before,
    marked_facts,
    state_at_arrival,
)
from counter_app.storage.rows import Rows
from counter_app.storage.tables import MESSAGES

_BEFORE = MESSAGES.alias("before")
_NEXT_DUE = (
    select(MESSAGES)
    .outerjoin(_BEFORE, _BEFORE.c.message_id == MESSAGES.c.prev)
    .where(
        MESSAGES.c.state == MessageState.READY,
        or_(_BEFORE.c.message_id.is_(None), _BEFORE.c.state.in_((*ARRIVED, *ASIDE))),
        or_(MESSAGES.c.retry_at.is_(None), MESSAGES.c.retry_at <= bindparam("now")),
    )
    .order_by(MESSAGES.c.position)
    .limit(1)
)
"""Asked at every step of the sender, so it is put together once."""


class OutboxRows(Rows):
    """The part of a unit that keeps messages to head office."""

    def last_in_lane(self, lane: str) -> str | None:
        """Return the message that the next one of `lane` must name as `prev`."""
        return self._sql.execute(_LAST_IN_LANE, {"wanted": lane}).scalar()

    def add_message(self, message: OutboxMessage) -> None:
        """Queue a message."""
        if self.load(message.case_id).acceptance_no is None:
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="not_accepted")
        if self._find(message.message_id) is not None:
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="message_known")
        if message.prev != self.last_in_lane(message.lane):
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="prev_differs")
        self._sql.execute(_QUEUE, _columns(message))
        facts: Facts = (("message", message.message_id), ("type", message.type.value))
        facts = (*facts, ("sha256", message.payload_sha256))
        act = JournalAction.MESSAGE_QUEUED
        self.journal(JournalEntry(message.created_at, "system", act, message.case_id, facts))

    def next_due(self, now: datetime) -> OutboxMessage | None:
        """Return the oldest READY message whose predecessor is settled and whose wait is over."""
        row = self._sql.execute(_NEXT_DUE, {"now": now}).one_or_none()
        return None if row is None else _queued(row).message

    def claim(self, message_id: str, now: datetime) -> None:
        """Note that sending begins."""
        queued = self.message(message_id)
        if queued.state is not MessageState.READY:
            raise CounterError(FailureCode.CASE_IMMUTABLE, message_state=queued.state.value)
        self._change_message(message_id, sent_at=queued.sent_at or now)
        if queued.message.type not in EVIDENCE:
            self._follow(self.load(queued.message.case_id), CaseState.SENT, now, "")

    def postpone(self, message_id: str, until: datetime, reason: str) -> None:
        """Do not offer a READY message before `until`."""
        self.message(message_id)
        self._change_message(message_id, retry_at=until, reason=reason)

    def mark(self, message_id: str, state: MessageState, reason: str, now: datetime) -> None:
        """Set where a message stands."""
        queued = self.message(message_id)
        changes: dict[str, object] = {"reason": reason, "retry_at": None}
        if state is MessageState.ACKED:
            changes["acked_at"] = queued.acked_at or now
            state = state_at_arrival(queued.message.type, queued.state)
        if state is MessageState.DECIDED:
            changes["decided_at"] = queued.decided_at or now
        changes["state"] = state.value
        self._change_message(message_id, **changes)
        if is_held_as_before(queued, state, reason):
            return
        case_id, act = queued.message.case_id, JournalAction.MESSAGE_MARKED
        facts = marked_facts(queued, state, reason)
        self.journal(JournalEntry(now, "sender", act, case_id, facts))
        if state in ARRIVED:
            self._acknowledge(case_id, now)

    def release_held(self) -> int:
        """Make every HELD message READY."""
        released = self._sql.execute(
            update(MESSAGES)
            .where(MESSAGES.c.state == MessageState.HELD)
            .values(state=MessageState.READY.value, retry_at=None)
        )
        return released.rowcount

    def void_messages(self, case_id: str, now: datetime, by: str) -> None:
        """Withdraw a case's messages before they left."""
        own = self.messages(case_id)
        ids = {queued.message.message_id for queued in own}
        followers = select(func.count()).where(
            MESSAGES.c.prev.in_(ids),
            MESSAGES.c.case_id != case_id,
            MESSAGES.c.state != MessageState.VOIDED,
        )
        if self._sql.execute(followers).scalar():
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="followed")
        for queued in own:
            if queued.sent_at is not None or queued.state in ARRIVED:
                raise CounterError(FailureCode.CASE_IMMUTABLE, message_state="SENT")
            self._change_message(queued.message.message_id, state=MessageState.VOIDED.value)
            facts = (("message", queued.message.message_id), ("to", MessageState.VOIDED.value))
            self.journal(JournalEntry(now, by, JournalAction.MESSAGE_MARKED, case_id, facts))

    def message(self, message_id: str) -> QueuedMessage:
        """Return a message."""
        found = self._find(message_id)
        if found is None:
            raise CounterError(FailureCode.CASE_UNKNOWN, message=message_id)
        return found

    def messages(self, case_id: str) -> tuple[QueuedMessage, ...]:
        """Return a case's messages in the order in which they were queued."""
        rows = self._sql.execute(self._select(MESSAGES.c.case_id == case_id))
        return tuple(_queued(row) for row in rows)

    def waiting(self) -> tuple[QueuedMessage, ...]:
        """Return the messages that are READY, HELD or FROZEN, oldest first."""
        rows = self._sql.execute(self._select(MESSAGES.c.state.in_(WAITING)))
        return tuple(_queued(row) for row in rows)

    def message_ids(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of all messages there are, by case; their content is not read."""
        query = select(MESSAGES.c.case_id, MESSAGES.c.message_id)
        found: dict[str, tuple[str, ...]] = {}
        for row in self._sql.execute(query):
            found[row.case_id] = (*found.get(row.case_id, ()), row.message_id)
        return found

    def waiting_count(self) -> int:
        """Return how many messages are READY, HELD or FROZEN."""
        query = select(func.count()).where(MESSAGES.c.state.in_(WAITING))
        return self._sql.execute(query).scalar_one()

    def oldest_unsent(self, now: datetime) -> timedelta | None:
        """Return the age of the oldest waiting message, or None."""
        query = select(func.min(MESSAGES.c.created_at)).where(MESSAGES.c.state.in_(WAITING))
        oldest = self._sql.execute(query).scalar()
        return None if oldest is None else now - oldest

    def _acknowledge(self, case_id: str, now: datetime) -> None:
        own = [one for one in self.messages(case_id) if one.message.type not in EVIDENCE]
        states = {queued.state for queued in own} - {MessageState.VOIDED}
        if states <= set(ARRIVED):
            self._follow(self.load(case_id), CaseState.ACKED, now, "")

    def _find(self, message_id: str) -> QueuedMessage | None:
        row = self._sql.execute(_MESSAGE, {"wanted": message_id}).one_or_none()
        return None if row is None else _queued(row)

    def _select(self, *conditions: object) -> Select[tuple[object, ...]]:
        return select(MESSAGES).where(and_(*conditions)).order_by(MESSAGES.c.position)  # type: ignore[arg-type] # conditions of a table without types

    def _change_message(self, message_id: str, **changes: object) -> None:
        wanted = MESSAGES.c.message_id == message_id
        self._sql.execute(update(MESSAGES).where(wanted).values(changes))


def _columns(message: OutboxMessage) -> dict[str, object]:
    return {
        "message_id": message.message_id,
        "case_id": message.case_id,
        "request_no": message.request_no,
        "type": message.type.value,
        "lane": message.lane,
        "prev": message.prev,
        "payload": message.payload,
        "payload_sha256": message.payload_sha256,
        "blobs": json.dumps(message.blobs),
        "created_at": message.created_at,
        "not_before": message.not_before,
        "state": MessageState.READY.value,
    }


def _queued(row: Row[tuple[object, ...]]) -> QueuedMessage:
    kept = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for the mapping
    message = OutboxMessage(
        message_id=kept["message_id"],
        case_id=kept["case_id"],
        request_no=kept["request_no"],
        type=MessageType(kept["type"]),
        lane=kept["lane"],
        prev=kept["prev"],
        payload=kept["payload"],
        payload_sha256=kept["payload_sha256"],
        blobs=tuple(json.loads(kept["blobs"])),
        created_at=kept["created_at"],
        not_before=kept["not_before"],
    )
    return QueuedMessage(
        message,
        MessageState(kept["state"]),
        kept["reason"],
        kept["sent_at"],
        kept["acked_at"],
        kept["decided_at"],
        kept["retry_at"],
    )


_LAST_IN_LANE = (
    select(MESSAGES.c.message_id)
    .where(MESSAGES.c.lane == bindparam("wanted"), MESSAGES.c.state.not_in(ASIDE))
    .order_by(MESSAGES.c.position.desc())
    .limit(1)
)
_MESSAGE = select(MESSAGES).where(MESSAGES.c.message_id == bindparam("wanted"))
_QUEUE = insert(MESSAGES)
