"""Runs migrations on the connection that `migrate` hands over."""

from __future__ import annotations

from alembic import context

from counter_app.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
