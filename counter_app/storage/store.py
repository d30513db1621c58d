"""The counter's store on SQLCipher."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from counter_app.domain.journal import Place
from counter_app.storage.case_rows import CaseRows
from counter_app.storage.check_rows import CheckRows
from counter_app.storage.database import Database
from counter_app.storage.decision_rows import DecisionRows
from counter_app.storage.height import HEIGHT_FILE, HeightNote
from counter_app.storage.migrate import migrate
from counter_app.storage.paper_rows import PaperRows
from counter_app.storage.promises import PEPPER
from counter_app.storage.purge_rows import PurgeRows
from counter_app.storage.register_rows import RegisterRows


class SqlUnit(CaseRows, DecisionRows, RegisterRows, PaperRows, PurgeRows, CheckRows):
    """One transaction of the store."""


class SqlCaseStore:
    """The store of one counter; threads and processes may share the file."""

    def __init__(self, database: Database, place: Place) -> None:
        """Open the store and bring it to this version.

        Raises:
            CounterError: STORE_KEY_WRONG, STORE_NEWER, STORE_CORRUPT, STORE_LOCKED, DISK_FULL.
        """
        self._database = database
        self._place = place
        self._height = HeightNote(database.path.with_name(HEIGHT_FILE))
        migrate(database)
        with self.view() as unit:
            ready = unit.recall(PEPPER) is not None
        if not ready:
            with self.begin() as unit:
                unit.make_identity()

    @contextmanager
    def begin(self) -> Iterator[SqlUnit]:
        """Open a transaction that may write."""
        with self._database.write() as connection:
            unit = SqlUnit(connection, self._place)
            before = unit.journal_head()
            yield unit
            head = unit.journal_head()
        if head != before:
            self._height.raise_to(head)

    @contextmanager
    def view(self) -> Iterator[SqlUnit]:
        """Open a consistent view for reading."""
        with self._database.read() as connection:
            yield SqlUnit(connection, self._place)

    def close(self) -> None:
        """Close every connection."""
        self._database.close()
