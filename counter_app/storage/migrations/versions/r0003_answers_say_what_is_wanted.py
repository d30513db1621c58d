"""Answers say which documents are wanted, and by when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decisions", sa.Column("wanted", sa.Text, nullable=False, server_default=""))
    op.add_column("decisions", sa.Column("deadline", sa.Text))
