"""Tables of head office; the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """An aware UTC time; SQLite keeps it without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn any aware time into UTC before it is stored."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give SQLite's naive time its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_Number = BigInteger().with_variant(Integer, "sqlite")

office = Table(
    "office",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("epoch", String(64), nullable=False),
    Column("made_at", Utc, nullable=False),
)
"""One row: the incarnation of this store."""

counters = Table(
    "counters",
    metadata,
    Column("counter", String(64), primary_key=True),
    Column("signing_key", Text, nullable=False),
    Column("enrolled_at", Utc, nullable=False),
    Column("revoked_at", Utc),
    Column("last_cursor", _Number, nullable=False, default=0),
)

certificates = Table(
    "certificates",
    metadata,
    Column("serial", String(64), primary_key=True),
    Column("counter", String(64), nullable=False, index=True),
    Column("not_after", Utc, nullable=False),
    Column("revoked_at", Utc),
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("counter", String(64), nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
)

messages = Table(
    "messages",
    metadata,
    Column("seq", _Number, primary_key=True, autoincrement=True),
    Column("counter", String(64), nullable=False),
    Column("message_id", String(36), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("case_id", String(64), nullable=False, index=True),
    Column("request_no", String(64), nullable=False),
    Column("acceptance_no", String(64), nullable=False, index=True),
    Column("lane", String(64), nullable=False),
    Column("prev", String(36)),
    Column("type", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("terminal", String(64), nullable=False),
    Column("clerk", String(64), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("corrects", String(64)),
    Column("not_before", Utc),
    Column("retention_class", String(64), nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("decided_at", Utc),
    Column("payload", LargeBinary, nullable=False),
    Column("key_id", String(64)),
    Index("uq_messages_counter_message_id", "counter", "message_id", unique=True),
    Index("ix_messages_verdict_received_at", "verdict", "received_at"),
    Index("ix_messages_lane_seq", "lane", "seq"),
)
"""Every message ever received. Rows are never deleted: identity and hash are the memory that keeps
a message from having its effect twice, however late it comes again."""

skips = Table(
    "skips",
    metadata,
    Column("counter", String(64), primary_key=True),
    Column("message_id", String(36), primary_key=True),
    Column("reason", String(16), nullable=False),
    Column("received_at", Utc, nullable=False),
)

message_blobs = Table(
    "message_blobs",
    metadata,
    Column("counter", String(64), primary_key=True),
    Column("message_id", String(36), primary_key=True),
    Column("sha256", String(64), primary_key=True),
)

blobs = Table(
    "blobs",
    metadata,
    Column("counter", String(64), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("counter", String(64), primary_key=True),
    Column("cursor", _Number, primary_key=True),
    Column("message_id", String(36), nullable=False, index=True),
    Column("case_id", String(64), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("reason_code", String(64), nullable=False),
    Column("reason_text", Text, nullable=False),
    Column("next_action", Text, nullable=False),
    Column("channels", JSON, nullable=False),
    Column("wanted", JSON),
    Column("deadline", Date),
    Column("decided_at", Utc, nullable=False),
    Column("decided_by", String(64), nullable=False),
)

relayed = Table(
    "relayed",
    metadata,
    Column("counter", String(64), primary_key=True),
    Column("cursor", _Number, nullable=False),
)
"""Up to which decision each counter's were handed on to other systems."""

reviewers = Table(
    "reviewers",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until", Utc),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("reviewer", String(64), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", _Number, primary_key=True, autoincrement=True),
    Column("at", Utc, nullable=False),
    Column("who", String(64), nullable=False),
    Column("act", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
)
"""Who looked at or did what; never what a case says."""

published = Table(
    "published",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("version", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("published_at", Utc, nullable=False),
)

published_deltas = Table(
    "published_deltas",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("base", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""For counters that have the version before the published one: only what changed since."""

signing_keys = Table(
    "signing_keys",
    metadata,
    Column("counter", String(64), primary_key=True),
    Column("key_id", String(64), primary_key=True),
    Column("signing_key", Text, nullable=False),
    Column("since", Utc, nullable=False),
    Column("revoked_at", Utc),
)
"""Every key a counter ever signed with: what was sealed before it got a new one is still read."""
