"""Filling one directory database; each full snapshot has a database file of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice

import sqlcipher3.dbapi2 as sqlcipher

from counter_app.ports.directory import DirectoryState
from counter_app.storage.database import Database
from counter_app.storage.directory_file import Bind, Change, DirectoryReader, Put, Remove
from counter_app.storage.durable import sync_file
from counter_app.storage.failures import translated

_TABLES = (
    """
    CREATE TABLE info (
        one INTEGER PRIMARY KEY,
        serial INTEGER NOT NULL,
        issued_at TEXT NOT NULL,
        merchants INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE merchant (
        merchant_no TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        uscc TEXT,
        phone TEXT NOT NULL,
        body BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE terminal (
        sn TEXT NOT NULL,
        merchant_no TEXT NOT NULL,
        PRIMARY KEY (sn, merchant_no)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE binding (
        phone TEXT NOT NULL,
        merchant_no TEXT NOT NULL,
        PRIMARY KEY (phone, merchant_no)
    ) STRICT, WITHOUT ROWID
    """,
)
PRINCIPAL_IN_BODY = "json_extract(CAST(body AS TEXT), '$.principal.id_number')"
"""Where a merchant's line names its principal; an older snapshot is searched without the index."""

_INDEXES = (
    f"CREATE INDEX merchant_by_principal ON merchant ({PRINCIPAL_IN_BODY})",
    "CREATE INDEX merchant_by_name ON merchant (name, merchant_no)",
    "CREATE INDEX merchant_by_phone ON merchant (phone, merchant_no)",
    "CREATE INDEX merchant_by_uscc ON merchant (uscc, merchant_no) WHERE uscc IS NOT NULL",
    "CREATE INDEX terminal_by_merchant ON terminal (merchant_no)",
)
_PUT = "INSERT INTO merchant (merchant_no, name, uscc, phone, body) VALUES (?, ?, ?, ?, ?)"
_TERMINAL = "INSERT INTO terminal (sn, merchant_no) VALUES (?, ?)"
_BIND = "INSERT OR IGNORE INTO binding (phone, merchant_no) VALUES (?, ?)"
_BATCH = 5000
_WHILE_FILLING = ("journal_mode = MEMORY", "synchronous = OFF", "cache_size = -200000")
"""A file that was not filled to its end is thrown away, so it needs no log; it is synced after."""


def fill(database: Database, reader: DirectoryReader) -> None:
    """Make and fill the tables of a full snapshot in one transaction."""
    with database.raw() as sql:
        for pragma in _WHILE_FILLING:
            sql.execute(f"PRAGMA {pragma}").fetchall()
        sql.execute("BEGIN IMMEDIATE")
        for statement in _TABLES:
            sql.execute(statement)
        changes = reader.changes()
        while batch := list(islice(changes, _BATCH)):
            _put_batch(sql, batch, reader)
        for statement in _INDEXES:
            sql.execute(statement)
        _note(sql, reader)
        sql.execute("COMMIT")
        sql.execute("PRAGMA journal_mode = WAL").fetchall()
    with translated():
        sync_file(database.path)


def apply(database: Database, reader: DirectoryReader) -> None:
    """Apply a delta in one transaction."""
    with database.raw() as sql:
        sql.execute("BEGIN IMMEDIATE")
        for change in reader.changes():
            _apply_one(sql, change, reader)
        _note(sql, reader)
        sql.execute("COMMIT")


def state_of(database: Database) -> DirectoryState:
    """Read which snapshot a database holds."""
    with database.read() as sql:
        row = sql.exec_driver_sql("SELECT serial, issued_at, merchants FROM info").one()
    return DirectoryState(row[0], datetime.fromisoformat(row[1]), row[2])


def _put_batch(sql: sqlcipher.Connection, batch: list[Change], reader: DirectoryReader) -> None:
    puts = [change for change in batch if isinstance(change, Put)]
    removals = [change for change in batch if isinstance(change, Remove)]
    if removals:
        raise reader.invalid(removals[0].line, "remove")
    sql.execute("SAVEPOINT batch")
    try:
        sql.executemany(_PUT, map(_merchant_row, puts))
        sql.executemany(_TERMINAL, (row for put in puts for row in _terminal_rows(put)))
    except sqlcipher.IntegrityError:
        sql.execute("ROLLBACK TO batch")
        for put in puts:
            _put(sql, put, reader)
    sql.executemany(_BIND, _binding_rows(batch))
    sql.execute("RELEASE batch")


def _put(sql: sqlcipher.Connection, put: Put, reader: DirectoryReader) -> None:
    try:
        sql.execute(_PUT, _merchant_row(put))
    except sqlcipher.IntegrityError as error:
        raise reader.invalid(put.line, "merchant_no") from error
    try:
        sql.executemany(_TERMINAL, _terminal_rows(put))
    except sqlcipher.IntegrityError as error:
        raise reader.invalid(put.line, "terminals") from error


def _apply_one(sql: sqlcipher.Connection, change: Change, reader: DirectoryReader) -> None:
    match change:
        case Put():
            _remove(sql, change.record.merchant_no)
            _put(sql, change, reader)
        case Remove():
            _remove(sql, change.merchant_no)
        case Bind():
            sql.execute("DELETE FROM binding WHERE phone = ?", (change.phone,))
            sql.executemany(_BIND, _binding_rows([change]))


def _remove(sql: sqlcipher.Connection, merchant_no: str) -> None:
    sql.execute("DELETE FROM terminal WHERE merchant_no = ?", (merchant_no,))
    sql.execute("DELETE FROM merchant WHERE merchant_no = ?", (merchant_no,))


def _merchant_row(put: Put) -> tuple[str, str, str | None, str, bytes]:
    record = put.record
    return record.merchant_no, record.name, record.uscc, record.phone, put.body


def _terminal_rows(put: Put) -> list[tuple[str, str]]:
    return [(terminal.sn, put.record.merchant_no) for terminal in put.record.terminals]


def _binding_rows(changes: Iterable[Change]) -> list[tuple[str, str]]:
    binds = [change for change in changes if isinstance(change, Bind)]
    return [(bind.phone, merchant_no) for bind in binds for merchant_no in bind.bound_to]


def _note(sql: sqlcipher.Connection, reader: DirectoryReader) -> None:
    header = reader.header
    (merchants,) = sql.execute("SELECT count(*) FROM merchant").fetchone()
    issued_at = header.issued_at.astimezone(UTC).isoformat()
    sql.execute("DELETE FROM info")
    sql.execute("INSERT INTO info VALUES (1, ?, ?, ?)", (header.serial, issued_at, merchants))
