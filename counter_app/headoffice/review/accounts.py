"""Reviewers and their sessions."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, insert, select, update

from counter_app.headoffice.deciding import note
from counter_app.headoffice.schema import reviewers, sessions

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
LOCK = timedelta(minutes=5)
MOST_FAILURES = 5

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_hex(16))
"""Checked when the name is unknown, so that an unknown name takes as long as a wrong password."""


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in reviewer.

    Attributes:
        csrf: To be sent back with every form of this session.
    """

    reviewer: str
    csrf: str = field(repr=False)


def set_password(connection: Connection, name: str, password: str, now: datetime) -> None:
    """Add a reviewer or change the password; all sessions of that reviewer end."""
    connection.execute(delete(sessions).where(sessions.c.reviewer == name))
    connection.execute(delete(reviewers).where(reviewers.c.name == name))
    connection.execute(
        insert(reviewers).values(
            name=name, password_hash=_HASHER.hash(password), made_at=now, failures=0
        )
    )


def sign_in(connection: Connection, name: str, password: str, now: datetime) -> str | None:
    """Begin a session; returns its token, or None when name or password are wrong or locked.

    The token is new each time, so one that was planted in the browser before is worth nothing.
    """
    row = connection.execute(select(reviewers).where(reviewers.c.name == name)).first()
    right = _matches(_NOBODY if row is None else row.password_hash, password)
    if row is None or (row.locked_until is not None and row.locked_until > now):
        return None
    if not right:
        _count_failure(connection, name, row.failures + 1, now)
        return None
    connection.execute(
        update(reviewers).where(reviewers.c.name == name).values(failures=0, locked_until=None)
    )
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(sessions).values(
            token_hash=_hash(token),
            reviewer=name,
            csrf=secrets.token_urlsafe(24),
            made_at=now,
            seen_at=now,
        )
    )
    note(connection, name, "signed.in", name, now)
    return token


def session_of(connection: Connection, token: str, now: datetime) -> Session | None:
    """Find a session that is neither idle nor too old, and note that it was seen."""
    if not token:
        return None
    row = connection.execute(select(sessions).where(sessions.c.token_hash == _hash(token))).first()
    if row is None:
        return None
    if now - row.seen_at > IDLE or now - row.made_at > LONGEST:
        sign_out(connection, token)
        return None
    connection.execute(
        update(sessions).where(sessions.c.token_hash == row.token_hash).values(seen_at=now)
    )
    return Session(row.reviewer, row.csrf)


def sign_out(connection: Connection, token: str) -> None:
    """End a session."""
    connection.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))


def is_own_form(session: Session, csrf: str) -> bool:
    """Say whether a form was made by this session."""
    return hmac.compare_digest(session.csrf.encode(), csrf.encode())


def _count_failure(connection: Connection, name: str, failures: int, now: datetime) -> None:
    locked = now + LOCK if failures % MOST_FAILURES == 0 else None
    connection.execute(
        update(reviewers)
        .where(reviewers.c.name == name)
        .values(failures=failures, locked_until=locked)
    )
    note(connection, name, "sign.in.refused", name, now)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
