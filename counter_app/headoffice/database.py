"""Opening head office's database: SQLite by default, PostgreSQL by its address."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from counter_app.errors import CounterError, FailureCode
from counter_app.headoffice import schema


class Database:
    """One store; safe to share between threads."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(make_url(url))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that commits on a clean exit, else rolls back."""
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a consistent view that holds no writer up."""
        with self._engine.connect().execution_options(counter_app_reads=True) as connection:
            yield connection

    def upgrade(self, now: datetime) -> None:
        """Bring the tables to this version and name the store's incarnation if it has none.

        Raises:
            CounterError: OFFICE_STORE when the database cannot be reached.
        """
        try:
            self._upgrade(now)
        except OperationalError as error:
            engine = self._engine.url.get_backend_name()
            raise CounterError(FailureCode.OFFICE_STORE, engine=engine) from error

    def _upgrade(self, now: datetime) -> None:
        with self._engine.connect() as connection:
            config = Config()
            config.set_main_option(
                "script_location", str(Path(__file__).parent / "migrations").replace("%", "%%")
            )
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
        with self.writing() as connection:
            if connection.execute(select(schema.office.c.epoch)).first() is None:
                connection.execute(insert(schema.office).values(**_epoch_row(now)))

    def epoch(self) -> str:
        """Return the store's incarnation."""
        with self.reading() as connection:
            epoch: str = connection.execute(select(schema.office.c.epoch)).scalar_one()
        return epoch

    def new_epoch(self, now: datetime) -> str:
        """Name a new incarnation; to be done after a restore, so that counters send again."""
        row = _epoch_row(now)
        with self.writing() as connection:
            connection.execute(schema.office.update().values(**row))
        return str(row["epoch"])

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def sqlite_url(path: Path) -> str:
    """Return the address of a SQLite file."""
    return URL.create("sqlite+pysqlite", database=str(path)).render_as_string(hide_password=False)


def _epoch_row(now: datetime) -> dict[str, object]:
    return {"id": 1, "epoch": secrets.token_hex(8), "made_at": now}


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
    engine = create_engine(url, connect_args={"timeout": 20, "check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=20000",
    "cache_size=-65536",
)


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("counter_app_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
