"""How far each counter's decisions were handed on to other systems."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table; everything decided so far is handed on once."""
    op.create_table(
        "relayed",
        sa.Column("counter", sa.String(length=64), nullable=False),
        sa.Column("cursor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("counter", name=op.f("pk_relayed")),
    )
