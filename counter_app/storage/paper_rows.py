"""Sealed papers and their prints in the database."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import PaperStatus, StoredPaper
from counter_app.storage.rows import Rows
from counter_app.storage.tables import PAPERS, PRINTS


class PaperRows(Rows):
    """The part of a unit that keeps papers."""

    def put_paper(self, paper: StoredPaper, by: str) -> str:
        """Keep a sealed paper; returns its SHA-256."""
        digest = hashlib.sha256(paper.pdf).hexdigest()
        query = select(PAPERS.c.sha256).where(*_is(paper.case_id, paper.kind))
        kept = self._sql.execute(query).scalar()
        if kept == digest:
            return digest
        if kept is not None:
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="paper_kept")
        self._sql.execute(
            insert(PAPERS).values(
                case_id=paper.case_id,
                kind=paper.kind,
                record=paper.record,
                pdf=paper.pdf,
                sha256=digest,
                made_at=paper.made_at,
                long_term_pdf=paper.long_term_pdf or None,
            )
        )
        facts = (("kind", paper.kind), ("sha256", digest))
        act = JournalAction.SEALED
        self.journal(JournalEntry(paper.made_at, by, act, paper.case_id, facts))
        return digest

    def paper(self, case_id: str, kind: str) -> StoredPaper:
        """Return a paper."""
        row = self._sql.execute(select(PAPERS).where(*_is(case_id, kind))).one_or_none()
        if row is None:
            raise CounterError(FailureCode.CASE_UNKNOWN, paper=kind)
        long_term = row.long_term_pdf or b""
        return StoredPaper(case_id, kind, row.record, row.pdf, row.made_at, long_term)

    def paper_status(self, case_id: str) -> tuple[PaperStatus, ...]:
        """Return what became of a case's papers, in the order in which they were made."""
        return self._statuses(select(PAPERS).where(PAPERS.c.case_id == case_id))

    def note_print(self, case_id: str, kind: str, now: datetime, by: str) -> int:
        """Note that a paper goes to a printer; returns which print it is."""
        self.paper(case_id, kind)
        mine = (PRINTS.c.case_id == case_id, PRINTS.c.kind == kind)
        number = self._sql.execute(select(func.count()).where(*mine)).scalar_one() + 1
        row = {"case_id": case_id, "kind": kind, "number": number, "at": now, "by": by}
        self._sql.execute(insert(PRINTS).values(row))
        act = JournalAction.PRINTED if number == 1 else JournalAction.REPRINTED
        facts = (("kind", kind), ("print", str(number)))
        self.journal(JournalEntry(now, by, act, case_id, facts))
        return number

    def confirm_print(self, case_id: str, kind: str, now: datetime, by: str) -> None:
        """Note that the clerk saw the paper come out."""
        self.paper(case_id, kind)
        wanted = (*_is(case_id, kind), PAPERS.c.confirmed_at.is_(None))
        if self._sql.execute(update(PAPERS).where(*wanted).values(confirmed_at=now)).rowcount:
            facts = (("kind", kind),)
            act = JournalAction.PRINT_CONFIRMED
            self.journal(JournalEntry(now, by, act, case_id, facts))

    def papers_to_extend(self, limit: int) -> tuple[PaperStatus, ...]:
        """Return papers that have no long-term validation data yet, oldest first."""
        return self._statuses(select(PAPERS).where(PAPERS.c.long_term_pdf.is_(None)).limit(limit))

    def add_long_term(self, case_id: str, kind: str, pdf: bytes) -> None:
        """Keep the file with long-term validation data beside the one that was printed."""
        self.paper(case_id, kind)
        self._sql.execute(update(PAPERS).where(*_is(case_id, kind)).values(long_term_pdf=pdf))

    def _statuses(self, query: Select[tuple[object, ...]]) -> tuple[PaperStatus, ...]:
        rows = self._sql.execute(query.order_by(PAPERS.c.made_at, PAPERS.c.kind)).all()
        return tuple(self._status(row) for row in rows)

    def _status(self, row: Row[tuple[object, ...]]) -> PaperStatus:
        kept = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for the mapping
        query = select(PRINTS).where(
            PRINTS.c.case_id == kept["case_id"], PRINTS.c.kind == kept["kind"]
        )
        prints = self._sql.execute(query.order_by(PRINTS.c.number)).all()
        return PaperStatus(
            case_id=kept["case_id"],
            kind=kept["kind"],
            sha256=kept["sha256"],
            made_at=kept["made_at"],
            prints=len(prints),
            printed_at=prints[-1].at if prints else None,
            printed_by=prints[-1].by if prints else "",
            confirmed_at=kept["confirmed_at"],
        )


def _is(case_id: str, kind: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return PAPERS.c.case_id == case_id, PAPERS.c.kind == kind
