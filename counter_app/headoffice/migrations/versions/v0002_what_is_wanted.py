"""Answers say which documents are wanted, and by when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add both to the answers; older answers have neither."""
    op.add_column("decisions", sa.Column("wanted", sa.JSON(), nullable=True))
    op.add_column("decisions", sa.Column("deadline", sa.Date(), nullable=True))
