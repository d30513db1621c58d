"""Forgetting in the database: what may go, and the proof that it went."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from counter_app.domain.case_state import OPEN_STATES, CaseState
from counter_app.domain.journal import JournalAction, JournalEntry, counter_day
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.retention import DECIDED, ENDED, SETTLED
from counter_app.ports.stored import Retention, StoredCase
from counter_app.storage.journal_rows import JournalRows
from counter_app.storage.outbox_rows import OutboxRows
from counter_app.storage.promises import correction_note
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

    def abandon(self, retention: Retention, now: datetime) -> tuple[str, ...]:
        """End the open cases that nobody went on with for their time; returns which."""
        limit = now - retention.abandoned
        query = select(CASES.c.case_id).where(
            CASES.c.state.in_(OPEN_STATES),
            CASES.c.changed_at <= limit,
            _was_before(limit, CASES.c.case_id),
        )
        due = tuple(self._sql.execute(query.order_by(CASES.c.changed_at)).scalars())
        for case_id in due:
            self._move(self.load(case_id), CaseState.ABANDONED, now, "system", "abandoned")
        return due

    def due_for_purge(self, retention: Retention, now: datetime) -> tuple[str, ...]:
        """Return the cases whose draft, papers and images may go."""
        unsettled = select(MESSAGES.c.case_id).where(MESSAGES.c.state.not_in(SETTLED))
        query = select(CASES.c.case_id).where(
            CASES.c.purged_at.is_(None),
            CASES.c.case_id.not_in(unsettled),
            or_(
                CASES.c.state == CaseState.ABANDONED,
                _ended_before(now - retention.case, DECIDED),
                _ended_before(now - retention.refused, ENDED),
            ),
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
                MESSAGES.c.state.in_(SETTLED),
                MESSAGES.c.payload != b"",
                since <= now - retention.payload,
                _was_before(now - retention.payload, MESSAGES.c.case_id, _MARKED),
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
        old = (
            PAPERS.c.made_at <= now - retention.refused,
            PAPERS.c.case_id.not_in(cases),
            _was_before(now - retention.refused, PAPERS.c.case_id),
        )
        gone = (
            delete(LETTERS).where(_leading(LETTERS.c.letter_id, LETTERS.c.used_on, before)),
            delete(AGENTS).where(_leading(AGENTS.c.visit_no, AGENTS.c.seen_on, before)),
            delete(PHONES).where(_leading(PHONES.c.binding_no, PHONES.c.seen_on, before)),
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
        waiting = [one for one in self.messages(case.case_id) if one.state not in SETTLED]
        if waiting or case.state not in (*DECIDED, *ENDED, CaseState.ABANDONED):
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="unsettled")


_MARKED = JOURNAL.c.action.in_(
    (JournalAction.MESSAGE_QUEUED.value, JournalAction.MESSAGE_MARKED.value)
)
_MOVED = JOURNAL.c.to_state.is_not(None)


def _ended_before(limit: datetime, states: tuple[CaseState, ...]) -> ColumnElement[bool]:
    return and_(
        CASES.c.state.in_(states),
        CASES.c.changed_at <= limit,
        _was_before(limit, CASES.c.case_id, _MOVED),
    )


def _was_before(
    limit: datetime, case_id: ColumnElement[str], acts: ColumnElement[bool] | None = None
) -> ColumnElement[bool]:
    """Say whether a case's last row, of some acts, precedes every row of a day after `limit`."""
    later = JOURNAL.alias("later")
    own = [JOURNAL.c.case_id == case_id, *(() if acts is None else (acts,))]
    last = select(func.max(JOURNAL.c.seq)).where(*own).scalar_subquery()
    day = counter_day(limit).isoformat()
    first_later = select(func.min(later.c.seq)).where(later.c.day > day).scalar_subquery()
    return or_(first_later.is_(None), func.coalesce(last, 0) < first_later)


def _leading(
    number: ColumnElement[int], day: ColumnElement[date], before: date
) -> ColumnElement[bool]:
    """Say whether a row comes before the first one that is young enough."""
    first_kept = select(func.min(number)).where(day >= before).scalar_subquery()
    return and_(day < before, or_(first_kept.is_(None), number < first_kept))
