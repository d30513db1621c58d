"""One encrypted database: opening it, its transactions, its health."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from counter_app.storage.failures import disk_failure, translated

KEY_BYTES = 32
BUSY_TIMEOUT_S = 5.0


class Database:
    """A SQLCipher file in WAL mode with synchronous=FULL.

    The key is handed to each connection as it opens; it is in no URL and no text of an error.
    """

    def __init__(self, path: Path, key: bytes, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError("the data key has 32 bytes")
        self.path = path
        self._key = key
        self._busy_timeout_s = busy_timeout_s
        self._engine = self._make_engine()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction with the write lock held from its beginning (BEGIN IMMEDIATE)."""
        with translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a snapshot; a write inside it fails."""
        with (
            translated(),
            self._engine.connect().execution_options(snapshot=True) as connection,
        ):
            connection.exec_driver_sql("PRAGMA query_only=ON")
            try:
                yield connection
            finally:
                connection.rollback()
                connection.exec_driver_sql("PRAGMA query_only=OFF")
                connection.rollback()

    @contextmanager
    def raw(self) -> Iterator[sqlcipher.Connection]:
        """Lend a connection of its own outside any transaction (backup, checkpoint, migration)."""
        with translated():
            connection = self._connect()
            try:
                yield connection
            finally:
                connection.close()

    def engine_connection(self) -> Connection:
        """Return a connection for a migration; the caller closes it."""
        return self._engine.connect()

    def checkpoint(self) -> None:
        """Move the write-ahead log into the database and cut it to nothing."""
        with self.raw() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def problems(self) -> tuple[str, ...]:
        """Check every page's authentication code and the tables' structure.

        Returns:
            Findings of the library, empty when the file is whole.
        """
        self.checkpoint()
        with self.raw() as connection:
            return findings(connection)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _make_engine(self) -> Engine:
        engine = create_engine(
            "sqlite://",
            creator=self._connect,
            module=sqlcipher,
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=8,
            hide_parameters=True,
        )
        event.listen(engine, "begin", _begin)
        return engine

    def _connect(self) -> sqlcipher.Connection:
        if not self.path.exists():
            self._make_private()
        connection = sqlcipher.connect(
            str(self.path),
            timeout=self._busy_timeout_s,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            self._prepare(connection)
        except sqlcipher.Error:
            connection.close()
            raise
        return connection

    def _make_private(self) -> None:
        """Make the file for its owner only, before the library makes it for everybody to see."""
        try:
            os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))
        except OSError as error:
            raise disk_failure(error) from error

    def _prepare(self, connection: sqlcipher.Connection) -> None:
        unlock(connection, self._key)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "recursive_triggers = ON",
    "trusted_schema = OFF",
)


def _begin(connection: Connection) -> None:
    snapshot = connection.get_execution_options().get("snapshot", False)
    connection.exec_driver_sql("BEGIN" if snapshot else "BEGIN IMMEDIATE")


def unlock(connection: sqlcipher.Connection, key: bytes) -> None:
    """Hand the raw key to a fresh connection and prove that it fits.

    Memory is not locked piece by piece: docs/adr/0009-memory-locking.md.
    """
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def findings(connection: sqlcipher.Connection) -> tuple[str, ...]:
    """Return what is wrong with an open file's pages or structure; nothing when it is whole."""
    pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    if pages:
        return tuple(str(row[0]) for row in pages)
    rows = connection.execute("PRAGMA integrity_check").fetchall()
    return tuple(str(row[0]) for row in rows if row[0] != "ok")
