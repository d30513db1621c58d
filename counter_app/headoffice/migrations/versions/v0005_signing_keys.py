"""Every key a counter ever signed with, so that what it sealed before a new one is still read."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table with each counter's present key; messages so far are read with that."""
    op.create_table(
        "signing_keys",
        sa.Column("counter", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("signing_key", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("counter", "key_id", name=op.f("pk_signing_keys")),
    )
    op.add_column("messages", sa.Column("key_id", sa.String(length=64)))
    rows = op.get_bind().execute(
        sa.text("SELECT counter, signing_key, enrolled_at, revoked_at FROM counters")
    )
    for row in rows.all():
        key_id = hashlib.sha256(row.signing_key.encode()).hexdigest()
        op.get_bind().execute(
            sa.text(
                "INSERT INTO signing_keys (counter, key_id, signing_key, since, revoked_at)"
                " VALUES (:counter, :key_id, :signing_key, :since, :revoked_at)"
            ),
            {
                "counter": row.counter,
                "key_id": key_id,
                "signing_key": row.signing_key,
                "since": row.enrolled_at,
                "revoked_at": row.revoked_at,
            },
        )
