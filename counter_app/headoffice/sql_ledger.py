"""The ledger of messages in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, String, and_, bindparam, delete, insert, select

from counter_app.domain.submission import Verdict
from counter_app.headoffice.intake import SKIPPED, Incoming
from counter_app.headoffice.schema import blobs, message_blobs, messages, skips

_COUNTER = bindparam("counter", type_=String)
_MESSAGE = bindparam("message_id", type_=String)
_DIGEST = select(messages.c.sha256).where(
    messages.c.counter == _COUNTER, messages.c.message_id == _MESSAGE
)
_SKIP = select(skips.c.reason).where(skips.c.counter == _COUNTER, skips.c.message_id == _MESSAGE)
_NO_SKIP = delete(skips).where(skips.c.counter == _COUNTER, skips.c.message_id == _MESSAGE)
_ADD = insert(messages)
_MISSING = (
    select(message_blobs.c.sha256)
    .outerjoin(
        blobs,
        and_(blobs.c.counter == message_blobs.c.counter, blobs.c.sha256 == message_blobs.c.sha256),
    )
    .where(
        message_blobs.c.counter == _COUNTER,
        message_blobs.c.message_id == _MESSAGE,
        blobs.c.sha256.is_(None),
    )
    .order_by(message_blobs.c.sha256)
)
"""What every message asks is put together once."""


class SqlLedger:
    """The record of head office, inside one transaction; see `intake.Ledger`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def digest_of(self, counter: str, message_id: str) -> str | None:
        """Return the hash a message was stored under, SKIPPED, or None when it never came."""
        which = {"counter": counter, "message_id": message_id}
        found: str | None = self._connection.execute(_DIGEST, which).scalar_one_or_none()
        if found is not None:
            return found
        skipped = self._connection.execute(_SKIP, which).first()
        return None if skipped is None else SKIPPED

    def add(self, message: Incoming, received_at: datetime) -> None:
        """Store a new message, or put it in the place of one that was skipped."""
        which = {"counter": message.counter, "message_id": message.message_id}
        self._connection.execute(_NO_SKIP, which)
        self._connection.execute(_ADD, _row(message, received_at))
        if message.blobs:
            self._connection.execute(
                insert(message_blobs),
                [
                    {
                        "counter": message.counter,
                        "message_id": message.message_id,
                        "sha256": sha256,
                    }
                    for sha256 in dict.fromkeys(message.blobs)
                ],
            )

    def add_skip(self, counter: str, message_id: str, reason: str, received_at: datetime) -> None:
        """Note that a message will not come."""
        self._connection.execute(
            insert(skips).values(
                counter=counter, message_id=message_id, reason=reason, received_at=received_at
            )
        )

    def missing_blobs(self, counter: str, message_id: str) -> list[str]:
        """Return the hashes (hex) of images that a message names and that are not here."""
        which = {"counter": counter, "message_id": message_id}
        return list(self._connection.execute(_MISSING, which).scalars())


def _row(message: Incoming, received_at: datetime) -> dict[str, object]:
    return {
        "counter": message.counter,
        "message_id": message.message_id,
        "sha256": message.sha256,
        "case_id": message.case_id,
        "request_no": message.request_no,
        "acceptance_no": message.acceptance_no,
        "lane": message.lane,
        "prev": message.prev,
        "type": message.type.value,
        "version": message.version,
        "terminal": message.terminal,
        "clerk": message.clerk,
        "reason": message.reason,
        "corrects": message.corrects,
        "not_before": message.not_before,
        "retention_class": message.retention_class,
        "received_at": received_at,
        "verdict": Verdict.RECEIVED.value,
        "payload": message.payload,
        "key_id": message.key_id or None,
    }
