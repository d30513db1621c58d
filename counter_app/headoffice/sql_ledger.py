"""The ledger of messages in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, delete, insert, select

from counter_app.domain.submission import Verdict
from counter_app.headoffice.intake import SKIPPED, Incoming
from counter_app.headoffice.schema import blobs, message_blobs, messages, skips


class SqlLedger:
    """The record of head office, inside one transaction; see `intake.Ledger`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def digest_of(self, counter: str, message_id: str) -> str | None:
        """Return the hash a message was stored under, SKIPPED, or None when it never came."""
        found: str | None = self._connection.execute(
            select(messages.c.sha256).where(
                messages.c.counter == counter, messages.c.message_id == message_id
            )
        ).scalar_one_or_none()
        if found is not None:
            return found
        skipped = self._connection.execute(
            select(skips.c.reason).where(
                skips.c.counter == counter, skips.c.message_id == message_id
            )
        ).first()
        return None if skipped is None else SKIPPED

    def add(self, message: Incoming, received_at: datetime) -> None:
        """Store a new message, or put it in the place of one that was skipped."""
        self._connection.execute(
            delete(skips).where(
                skips.c.counter == message.counter, skips.c.message_id == message.message_id
            )
        )
        self._connection.execute(insert(messages).values(**_row(message, received_at)))
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
        wanted, have = message_blobs.c, blobs.c
        rows = self._connection.execute(
            select(wanted.sha256)
            .outerjoin(blobs, and_(have.counter == wanted.counter, have.sha256 == wanted.sha256))
            .where(
                wanted.counter == counter,
                wanted.message_id == message_id,
                have.sha256.is_(None),
            )
            .order_by(wanted.sha256)
        )
        return list(rows.scalars())


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
