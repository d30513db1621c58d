"""One sender at a time: an exclusive lock that the system lets go when its process dies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from counter_app.errors import CounterError, FailureCode


@contextmanager
def sender_lock(path: Path) -> Iterator[None]:
    """Hold the lock.

    Args:
        path: A small database file of its own, e.g. `sender.lock.db`.

    Raises:
        CounterError: ANOTHER_INSTANCE while another process holds it.
    """
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise CounterError(FailureCode.ANOTHER_INSTANCE, part="sender") from error
        yield


def sender_runs(path: Path) -> bool:
    """Say whether a sender holds the lock now."""
    try:
        with sender_lock(path):
            return False
    except CounterError:
        return True
