"""Agents and phone numbers name the case that brought them, for when it is voided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("agents", "phones"):
        op.add_column(table, sa.Column("case_id", sa.Text, nullable=False, server_default=""))
        op.create_index(f"{table}_by_case", table, ["case_id"])
