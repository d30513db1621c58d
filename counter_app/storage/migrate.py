"""Bringing a store to this version; the migrations travel inside the package."""

from __future__ import annotations

from importlib.resources import as_file, files

from alembic.command import upgrade
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from counter_app.errors import CounterError, FailureCode
from counter_app.storage.database import Database
from counter_app.storage.failures import translated


def migrate(database: Database) -> str:
    """Bring the tables to the newest version in one transaction.

    Returns:
        The version the store has now.

    Raises:
        CounterError: STORE_NEWER when a newer program wrote the file; STORE_KEY_WRONG; DISK_FULL.
    """
    with as_file(files("counter_app.storage") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.set_main_option("path_separator", "newline")
        script = ScriptDirectory.from_config(config)
        newest = script.get_current_head()
        if newest is None:
            raise CounterError(FailureCode.UNEXPECTED, cause="no migrations in the package")
        _upgrade(database, config, script, newest)
        return newest


def _upgrade(database: Database, config: Config, script: ScriptDirectory, newest: str) -> None:
    with translated(), database.engine_connection() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
        if present == newest:
            return
        if present is not None and present not in {one.revision for one in script.walk_revisions()}:
            raise CounterError(FailureCode.STORE_NEWER, found=present, known=newest)
        config.attributes["connection"] = connection
        upgrade(config, "head")
        connection.commit()
