"""What the head office's administrator does: codes, revocation, reviewers, files, a restore."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, insert

from counter_app.headoffice.database import Database
from counter_app.headoffice.deciding import note
from counter_app.headoffice.enrolment import new_code
from counter_app.headoffice.identity import revoke
from counter_app.headoffice.review.accounts import set_password
from counter_app.headoffice.schema import published

_WHO = "administrator"


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


def add_reviewer(database: Database, name: str, password: str, now: datetime) -> None:
    """Add a reviewer, or give one a new password; sessions of theirs end."""
    with database.writing() as connection:
        note(connection, _WHO, "reviewer.set", name, now)
        set_password(connection, name, password, now)


def publish(database: Database, kind: str, file: Path, now: datetime) -> str:
    """Publish a signed file as it is; returns its version.

    Args:
        database: Where.
        kind: `directory` or `rule-pack`.
        file: The signed file.
        now: Aware UTC.
    """
    content = file.read_bytes()
    version = hashlib.sha256(content).hexdigest()[:32]
    with database.writing() as connection:
        connection.execute(delete(published).where(published.c.kind == kind))
        connection.execute(
            insert(published).values(kind=kind, version=version, content=content, published_at=now)
        )
        note(connection, _WHO, f"published.{kind}", version, now)
    return version


def after_restore(database: Database, now: datetime) -> str:
    """Name a new incarnation after a restore, so that counters send again what they keep."""
    epoch = database.new_epoch(now)
    with database.writing() as connection:
        note(connection, _WHO, "restored", epoch, now)
    return epoch
