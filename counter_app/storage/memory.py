"""The store in memory: for rehearsals and tests, with the promises of the one on disk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from counter_app.domain.journal import Place
from counter_app.errors import CounterError, FailureCode
from counter_app.storage.memory_cases import MemoryCases
from counter_app.storage.memory_purge import MemoryPurge
from counter_app.storage.memory_records import MemoryPapers, MemoryRegisters
from counter_app.storage.memory_tables import Tables

_WAIT_S = 5.0


class MemoryUnit(MemoryCases, MemoryRegisters, MemoryPapers, MemoryPurge):
    """One transaction of the store in memory."""


class MemoryCaseStore:
    """Cases, outbox, registers, papers and journal that last as long as the object."""

    def __init__(self, place: Place | None = None) -> None:
        self._place = place or Place("000000", "00", "memory", "0")
        self._tables = Tables()
        self._writing = threading.Lock()

    @contextmanager
    def begin(self) -> Iterator[MemoryUnit]:
        """Open a transaction that may write: commits on a clean exit, else leaves no trace."""
        if not self._writing.acquire(timeout=_WAIT_S):
            raise CounterError(FailureCode.STORE_LOCKED)
        try:
            tables = self._tables.copy()
            yield MemoryUnit(tables, self._place)
            self._tables = tables
        finally:
            self._writing.release()

    @contextmanager
    def view(self) -> Iterator[MemoryUnit]:
        """Open a consistent view for reading."""
        seen = self._tables
        shown = seen.copy()
        yield MemoryUnit(shown, self._place)
        if shown != seen:
            raise CounterError(FailureCode.STORE_DENIED, cause="view")
