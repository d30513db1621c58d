"""First tables of head office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from counter_app.headoffice.schema import Utc

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    _audit()
    _blobs()
    _certificates()
    _counters()
    _decisions()
    _enrolment_codes()
    _message_blobs()
    _messages()
    _office()
    _published()
    _reviewers()
    _sessions()
    _skips()


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )


def _blobs() -> None:
    op.create_table(
        "blobs",
        sa.Column("counter", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_at", Utc(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("counter", "sha256", name=op.f("pk_blobs")),
    )


def _certificates() -> None:
    op.create_table(
        "certificates",
        sa.Column("serial", sa.String(length=64), nullable=False),
        sa.Column("counter", sa.String(length=64), nullable=False),
        sa.Column("not_after", Utc(), nullable=False),
        sa.Column("revoked_at", Utc(), nullable=True),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_certificates")),
    )
    op.create_index(op.f("ix_certificates_counter"), "certificates", ["counter"], unique=False)


def _counters() -> None:
    op.create_table(
        "counters",
        sa.Column("counter", sa.String(length=64), nullable=False),
        sa.Column("signing_key", sa.Text(), nullable=False),
        sa.Column("enrolled_at", Utc(), nullable=False),
        sa.Column("revoked_at", Utc(), nullable=True),
        sa.Column("last_cursor", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("counter", name=op.f("pk_counters")),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("counter", sa.String(length=64), nullable=False),
        sa.Column("cursor", _NUMBER, nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reason_code", sa.String(length=64), nullable=False),
        sa.Column("reason_text", sa.Text(), nullable=False),
        sa.Column("next_action", sa.Text(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("decided_at", Utc(), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("counter", "cursor", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_message_id"), "decisions", ["message_id"], unique=False)


def _enrolment_codes() -> None:
    op.create_table(
        "enrolment_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("counter", sa.String(length=64), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("used_at", Utc(), nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_enrolment_codes")),
    )


def _message_blobs() -> None:
    op.create_table(
        "message_blobs",
        sa.Column("counter", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("counter", "message_id", "sha256", name=op.f("pk_message_blobs")),
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("seq", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("counter", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("request_no", sa.String(length=64), nullable=False),
        sa.Column("acceptance_no", sa.String(length=64), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("prev", sa.String(length=36), nullable=True),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("clerk", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("corrects", sa.String(length=64), nullable=True),
        sa.Column("not_before", Utc(), nullable=True),
        sa.Column("retention_class", sa.String(length=64), nullable=False),
        sa.Column("received_at", Utc(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("decided_at", Utc(), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_messages")),
    )
    op.create_index(op.f("ix_messages_acceptance_no"), "messages", ["acceptance_no"], unique=False)
    op.create_index(op.f("ix_messages_case_id"), "messages", ["case_id"], unique=False)
    op.create_index("ix_messages_lane_seq", "messages", ["lane", "seq"], unique=False)
    op.create_index(
        "ix_messages_verdict_received_at", "messages", ["verdict", "received_at"], unique=False
    )
    op.create_index(
        "uq_messages_counter_message_id", "messages", ["counter", "message_id"], unique=True
    )


def _office() -> None:
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.String(length=64), nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )


def _published() -> None:
    op.create_table(
        "published",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_published")),
    )


def _reviewers() -> None:
    op.create_table(
        "reviewers",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", Utc(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reviewers")),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("reviewer", sa.String(length=64), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        sa.Column("seen_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )


def _skips() -> None:
    op.create_table(
        "skips",
        sa.Column("counter", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("received_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("counter", "message_id", name=op.f("pk_skips")),
    )
