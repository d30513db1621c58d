"""What the head office's administrator does: codes, revocation, reviewers, files, a restore."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from counter_app.domain.submission import Verdict
from counter_app.headoffice.database import Database
from counter_app.headoffice.deciding import is_newest, note
from counter_app.headoffice.enrolment import new_code
from counter_app.headoffice.identity import revoke
from counter_app.headoffice.review.accounts import set_password
from counter_app.headoffice.schema import (
    certificates,
    counters,
    messages,
    published,
    published_deltas,
)

_WHO = "administrator"
_WAITING = (Verdict.RECEIVED.value, Verdict.IN_PROCESS.value)


def make_code(database: Database, counter: str, now: datetime) -> str:
    """Make a one-time enrolment code for a counter; it is shown once."""
    with database.writing() as connection:
        note(connection, _WHO, "code.made", counter, now)
        return new_code(connection, counter, now)


def revoke_counter(database: Database, counter: str, now: datetime) -> bool:
    """Refuse a counter from now on; False when it is unknown."""
    with database.writing() as connection:
        note(connection, _WHO, "counter.revoked", counter, now)
        return revoke(connection, counter, now)


@dataclass(frozen=True, slots=True)
class CounterRow:
    """One enrolled counter.

    Attributes:
        until: Last moment of its newest certificate that holds, or None.
        waiting: Messages that nobody decided on yet.
    """

    counter: str
    is_revoked: bool
    until: datetime | None
    received: int
    waiting: int


def list_counters(database: Database) -> list[CounterRow]:
    """Return every counter with its certificate and how much it sent."""
    with database.reading() as connection:
        known = connection.execute(select(counters).order_by(counters.c.counter)).all()
        until: dict[str, datetime] = {
            row.counter: row.until
            for row in connection.execute(
                select(certificates.c.counter, func.max(certificates.c.not_after).label("until"))
                .where(certificates.c.revoked_at.is_(None))
                .group_by(certificates.c.counter)
            )
        }
        received = _counted(connection)
        waiting = _counted(connection, messages.c.verdict.in_(_WAITING), is_newest())
    return [
        CounterRow(
            row.counter,
            row.revoked_at is not None,
            until.get(row.counter),
            received.get(row.counter, 0),
            waiting.get(row.counter, 0),
        )
        for row in known
    ]


def _counted(connection: Connection, *conditions: ColumnElement[bool]) -> dict[str, int]:
    rows = connection.execute(
        select(messages.c.counter, func.count()).where(*conditions).group_by(messages.c.counter)
    )
    return {row[0]: row[1] for row in rows}


def add_reviewer(database: Database, name: str, password: str, now: datetime) -> None:
    """Add a reviewer, or give one a new password; sessions of theirs end."""
    with database.writing() as connection:
        note(connection, _WHO, "reviewer.set", name, now)
        set_password(connection, name, password, now)


def publish(
    database: Database, kind: str, content: bytes, now: datetime, delta: bytes | None = None
) -> str:
    """Publish a signed file as it is; returns its version.

    Args:
        database: Where.
        kind: `directory` or `rule-pack`.
        content: The signed file.
        now: Aware UTC.
        delta: For counters that have the version published until now: what changes it into this.
    """
    version = hashlib.sha256(content).hexdigest()[:32]
    with database.writing() as connection:
        before = connection.execute(
            select(published.c.version).where(published.c.kind == kind)
        ).scalar_one_or_none()
        connection.execute(delete(published).where(published.c.kind == kind))
        connection.execute(delete(published_deltas).where(published_deltas.c.kind == kind))
        connection.execute(
            insert(published).values(kind=kind, version=version, content=content, published_at=now)
        )
        if delta is not None and before is not None:
            row = {"kind": kind, "base": before, "content": delta}
            connection.execute(insert(published_deltas).values(**row))
        note(connection, _WHO, f"published.{kind}", version, now)
    return version


def after_restore(database: Database, now: datetime) -> str:
    """Name a new incarnation after a restore, so that counters send again what they keep."""
    epoch = database.new_epoch(now)
    with database.writing() as connection:
        note(connection, _WHO, "restored", epoch, now)
    return epoch
