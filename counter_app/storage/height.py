"""How far the journal had come, noted beside the store: an older copy of the store shows.

The note is written after each transaction that added to the journal, so it is never ahead of the
store that belongs here. A store that does not know the noted row was put back from a copy: what
was accepted since is not in it, and its next numbers were given out before.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from counter_app.domain.journal import Anchor, JournalFault
from counter_app.errors import CounterError, FailureCode
from counter_app.storage.failures import translated

log = logging.getLogger(__name__)
HEIGHT_FILE = "store.height"
LOOKED_BACK = 2000
"""Rows that are walked where a write-ahead log was left: more than one can hold."""


class Heights(Protocol):
    """The journal as the note is compared with it."""

    def journal_head(self) -> Anchor:
        """Return the newest row."""

    def journal_base(self) -> Anchor:
        """Return the last row that was purged."""

    def journal_anchor(self, seq: int) -> Anchor | None:
        """Return a row by its number."""

    def verify_journal(
        self, anchors: tuple[Anchor, ...] = (), since: Anchor | None = None
    ) -> tuple[JournalFault, ...]:
        """Judge the rows after `since`."""


@dataclass(frozen=True, slots=True)
class HeightNote:
    """The file that says which row the journal had come to."""

    path: Path

    def raise_to(self, head: Anchor) -> None:
        """Note a higher row; a lower one changes nothing.

        It is overwritten in place and not synced: after a power cut a lower note is right too.
        What it notes is stored already, so a note that cannot be written fails nothing.
        """
        try:
            noted = self.read()
            if noted is None or noted.seq < head.seq:
                self._write(head)
        except CounterError as error:
            log.warning("the journal's height was not noted: code=%s", error.code)

    def read(self) -> Anchor | None:
        """Return the noted row; None where nothing, or nothing that can be read, is noted."""
        with translated():
            said = self.path.read_bytes() if self.path.exists() else b""
        seq, _, digest = said.decode("ascii", "replace").strip().partition(":")
        return Anchor(int(seq), digest) if seq.isdecimal() else None

    def _write(self, head: Anchor) -> None:
        binary = getattr(os, "O_BINARY", 0)
        with translated():
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | binary, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(f"{head.seq:020d}:{head.hash}\n".encode())


def require_newest(unit: Heights, noted: Anchor | None) -> None:
    """Refuse a store that does not know the row noted beside it.

    Raises:
        CounterError: STORE_OLDER.
    """
    if noted is None or noted.seq <= unit.journal_base().seq:
        return
    if unit.journal_anchor(noted.seq) != noted:
        missing = max(noted.seq - unit.journal_head().seq, 0)
        raise CounterError(FailureCode.STORE_OLDER, missing_rows=str(missing))


def require_one_piece(unit: Heights) -> None:
    """Refuse a store whose write-ahead log was written over another copy of it.

    Raises:
        CounterError: STORE_OLDER.
    """
    base = unit.journal_base()
    first = max(unit.journal_head().seq - LOOKED_BACK, base.seq)
    since = base if first == base.seq else unit.journal_anchor(first)
    if since is None or unit.verify_journal((), since):
        raise CounterError(FailureCode.STORE_OLDER, cause="log_of_another_copy")
