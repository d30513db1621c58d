"""Forgetting in the database: what may go, and the proof that it went."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import delete, func, select, update

from counter_app.domain.journal import JournalAction, JournalEntry, counter_day
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import Retention, StoredCase
from counter_app.storage.journal_rows import JournalRows
from counter_app.storage.outbox_rows import OutboxRows
from counter_app.storage.promises import DECIDED, DONE, ENDED, correction_note
from counter_app.storage.tables import (
    AGENTS,
    CASES,
    JOURNAL,
    JOURNAL_BASE,
    LETTERS,
    MESSAGES,
    NOTES,
    PAPERS,
    PHONES,
)


class PurgeRows(OutboxRows, JournalRows):
    """The part of a unit that forgets."""

    def due_for_purge(self, retention: Retention, now: datetime) -> tuple[str, ...]:
        """Return the cases whose draft, papers and images may go."""
        unsettled = select(MESSAGES.c.case_id).where(MESSAGES.c.state.not_in(DONE))
        decided = CASES.c.state.in_(DECIDED) & (CASES.c.changed_at <= now - retention.case)
        ended = CASES.c.state.in_(ENDED) & (CASES.c.changed_at <= now - retention.refused)
        query = select(CASES.c.case_id).where(
            CASES.c.purged_at.is_(None), decided | ended, CASES.c.case_id.not_in(unsettled)
        )
        return tuple(self._sql.execute(query.order_by(CASES.c.changed_at)).scalars())

    def purge_case(self, case_id: str, images: int, now: datetime) -> None:
        """Forget a case's draft, summary and papers."""
        case = self.load(case_id)
        self._refuse_unsettled(case)
        if case.purged_at is not None:
            return
        papers = self._sql.execute(
            select(PAPERS.c.sha256).where(PAPERS.c.case_id == case_id).order_by(PAPERS.c.made_at)
        ).scalars()
        facts = (
            ("images", str(images)),
            ("draft_sha256", hashlib.sha256(case.draft).hexdigest()),
            ("papers", ",".join(papers)),
        )
        self._sql.execute(delete(PAPERS).where(PAPERS.c.case_id == case_id))
        self._sql.execute(
            update(CASES)
            .where(CASES.c.case_id == case_id)
            .values(draft=b"", merchant_name="", customer="", reason="", purged_at=now)
        )
        self._sql.execute(delete(NOTES).where(NOTES.c.name == correction_note(case_id)))
        self.journal(JournalEntry(now, "system", JournalAction.PURGED, case_id, facts))

    def purge_payloads(self, retention: Retention, now: datetime) -> int:
        """Forget decided messages that are past their time; returns how many."""
        since = func.coalesce(MESSAGES.c.decided_at, MESSAGES.c.created_at)
        query = select(MESSAGES.c.message_id, MESSAGES.c.case_id, MESSAGES.c.payload_sha256)
        due = self._sql.execute(
            query.where(
                MESSAGES.c.state.in_(DONE),
                MESSAGES.c.payload != b"",
                since <= now - retention.payload,
            )
        ).all()
        for row in due:
            self._change_message(row.message_id, payload=b"")
            facts = (("message", row.message_id), ("sha256", row.payload_sha256))
            self.journal(JournalEntry(now, "system", JournalAction.PURGED, row.case_id, facts))
        return len(due)

    def purge_registers(self, retention: Retention, now: datetime) -> int:
        """Forget letters, agents and numbers as old as the journal may be, and old day papers."""
        before = counter_day(now - retention.journal)
        cases = select(CASES.c.case_id)
        old = (PAPERS.c.made_at <= now - retention.refused, PAPERS.c.case_id.not_in(cases))
        gone = (
            delete(LETTERS).where(LETTERS.c.used_on < before),
            delete(AGENTS).where(AGENTS.c.seen_on < before),
            delete(PHONES).where(PHONES.c.seen_on < before),
            delete(PAPERS).where(*old),
        )
        return sum(self._sql.execute(statement).rowcount for statement in gone)

    def purge_journal(self, retention: Retention, now: datetime) -> int:
        """Forget the journal's oldest rows; what is left still verifies."""
        before = counter_day(now - retention.journal).isoformat()
        kept = select(func.min(JOURNAL.c.seq)).where(JOURNAL.c.day >= before)
        first_kept = self._sql.execute(kept).scalar()
        if first_kept is None:
            return 0
        query = select(JOURNAL.c.seq, JOURNAL.c.hash).where(JOURNAL.c.seq < first_kept)
        last = self._sql.execute(query.order_by(JOURNAL.c.seq.desc()).limit(1)).one_or_none()
        if last is None:
            return 0
        facts = (("upto", str(last.seq)), ("hash", last.hash))
        self.journal(JournalEntry(now, "system", JournalAction.JOURNAL_PURGED, "", facts))
        self._sql.execute(update(JOURNAL_BASE).values(seq=last.seq, hash=last.hash))
        gone = self._sql.execute(delete(JOURNAL).where(JOURNAL.c.seq <= last.seq))
        return gone.rowcount

    def _refuse_unsettled(self, case: StoredCase) -> None:
        waiting = [one for one in self.messages(case.case_id) if one.state not in DONE]
        if waiting or case.state not in (*DECIDED, *ENDED):
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="unsettled")
