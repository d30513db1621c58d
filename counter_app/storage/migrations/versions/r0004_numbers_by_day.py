"""A day's numbers are found without reading those of every other day."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("numbers_by_day", "numbers", ["day"])
