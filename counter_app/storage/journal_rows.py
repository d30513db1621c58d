"""The journal in the database: reading, judging and counting it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from counter_app.domain.journal import (
    Anchor,
    JournalAction,
    JournalDamage,
    JournalFault,
    JournalRow,
    verify,
)
from counter_app.storage.promises import HEAD, RECEIPT
from counter_app.storage.rows import Rows
from counter_app.storage.tables import JOURNAL, JOURNAL_BASE, PAPERS

_COLUMNS = (JOURNAL.c.seq, JOURNAL.c.prev, JOURNAL.c.record, JOURNAL.c.hash)
_BATCH = 1000


class JournalRows(Rows):
    """The part of a unit that reads the journal; appending is in `Rows`."""

    def journal_rows(self, after: int = 0) -> Iterator[JournalRow]:
        """Yield the rows after `after` in the order in which they are kept."""
        query = select(*_COLUMNS).where(JOURNAL.c.seq > after).order_by(JOURNAL.c.seq)
        for seq, prev, record, digest in self._sql.execute(query).yield_per(_BATCH):
            yield JournalRow(seq, prev, record.encode("utf-8"), digest)

    def case_journal(self, case_id: str) -> tuple[JournalRow, ...]:
        """Return a case's rows in order."""
        query = select(*_COLUMNS).where(JOURNAL.c.case_id == case_id).order_by(JOURNAL.c.seq)
        return tuple(
            JournalRow(row.seq, row.prev, row.record.encode("utf-8"), row.hash)
            for row in self._sql.execute(query)
        )

    def verify_journal(
        self, anchors: Sequence[Anchor] = (), since: Anchor | None = None
    ) -> tuple[JournalFault, ...]:
        """Judge the journal against heads noted outside, and those the store itself noted.

        The store notes its newest row, and every sealed receipt names the head of its moment.
        What follows `since` is judged without the receipts.
        """
        if since is not None:
            return verify(self.journal_rows(since.seq), [*anchors, *self._noted_head()], since)
        base = self.journal_base()
        within = [anchor for anchor in (*anchors, *self._noted_head()) if anchor.seq > base.seq]
        faults = verify(self.journal_rows(), within, base)
        if not faults and not base.seq and self._receipt_without_row():
            faults = (JournalFault(self.journal_head().seq + 1, JournalDamage.CUT_TAIL),)
        if base.seq and not self._is_noted(base):
            return (JournalFault(base.seq, JournalDamage.DELETED), *faults)
        return faults

    def journal_row_with(self, digits: str) -> Anchor | None:
        """Return the row whose hash begins with these hex digits, as a paper prints them."""
        query = select(JOURNAL.c.seq, JOURNAL.c.hash).where(
            JOURNAL.c.hash.startswith(digits.lower(), autoescape=True)
        )
        row = self._sql.execute(query.limit(1)).one_or_none()
        return None if row is None else Anchor(row.seq, row.hash)

    def journal_anchor(self, seq: int) -> Anchor | None:
        """Return a row by its number, None where there is none."""
        query = select(JOURNAL.c.seq, JOURNAL.c.hash).where(JOURNAL.c.seq == seq)
        row = self._sql.execute(query).one_or_none()
        return None if row is None else Anchor(row.seq, row.hash)

    def journal_base(self) -> Anchor:
        """Return the last row that was purged; sequence 0 when none was."""
        row = self._sql.execute(select(JOURNAL_BASE.c.seq, JOURNAL_BASE.c.hash)).one()
        return Anchor(row.seq, row.hash)

    def _noted_head(self) -> tuple[Anchor, ...]:
        seq, _, digest = (self.recall(HEAD) or "").partition(":")
        return (Anchor(int(seq), digest),) if seq.isdigit() else ()

    def _receipt_without_row(self) -> bool:
        query = select(PAPERS.c.record).where(PAPERS.c.kind == RECEIPT)
        heads = {_head_in(record) for record in self._sql.execute(query).scalars()} - {""}
        lengths = {len(head) for head in heads}
        hashes = self._sql.execute(select(JOURNAL.c.hash)).scalars() if heads else ()
        kept = {digest[:length] for digest in hashes for length in lengths}
        return not {head.lower() for head in heads} <= kept

    def _is_noted(self, base: Anchor) -> bool:
        query = select(JOURNAL.c.record).where(
            JOURNAL.c.action == JournalAction.JOURNAL_PURGED.value
        )
        noted = [json.loads(record)["facts"] for record in self._sql.execute(query).scalars()]
        return {"upto": str(base.seq), "hash": base.hash} in noted


def _head_in(record: bytes) -> str:
    """Return the journal's head that a receipt's record names, or nothing."""
    try:
        said = json.loads(record)
    except ValueError:
        return ""
    head = said.get("journal_head", "") if isinstance(said, dict) else ""
    return head if isinstance(head, str) and head.strip("0") else ""
