"""Deltas of published files, by the version they change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table; nothing published so far has a delta."""
    op.create_table(
        "published_deltas",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("base", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "base", name=op.f("pk_published_deltas")),
    )
