"""What the parts of one transaction share: the connection, the place, notes and the journal."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, insert, select
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert

from counter_app.domain.case_state import CaseState, may_follow
from counter_app.domain.journal import Anchor, JournalAction, JournalEntry, Place, chain
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import CaseSummary, StoredCase
from counter_app.storage.promises import HEAD, PEPPER, Facts, code_only, immutable
from counter_app.storage.tables import CASES, JOURNAL, JOURNAL_BASE, NOTES


def stored_case(row: Row[tuple[object, ...]]) -> StoredCase:
    """Make the value of a row of the table of cases."""
    kept = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for the mapping
    return StoredCase(
        case_id=kept["case_id"],
        state=CaseState(kept["state"]),
        step=kept["step"],
        draft=kept["draft"],
        clerk_id=kept["clerk_id"],
        summary=CaseSummary(
            merchant_no=kept["merchant_no"],
            merchant_name=kept["merchant_name"],
            terminal_sn=kept["terminal_sn"],
            customer=kept["customer"],
            presenter=kept["presenter"],
            reason_code=kept["reason_code"],
            visit_id=kept["visit_id"],
        ),
        created_at=kept["created_at"],
        changed_at=kept["changed_at"],
        day=kept["day"],
        reason=kept["reason"],
        acceptance_no=kept["acceptance_no"],
        accepted_at=kept["accepted_at"],
        remind_at=kept["remind_at"],
        purged_at=kept["purged_at"],
    )


class Rows:
    """The base of every part of a unit.

    Statements of every append are made once, below: making one costs more than running it.
    """

    def __init__(self, sql: Connection, place: Place) -> None:
        self._sql = sql
        self._place = place

    def load(self, case_id: str) -> StoredCase:
        """Return a case."""
        row = self._case_row(case_id)
        if row is None:
            raise CounterError(FailureCode.CASE_UNKNOWN)
        return stored_case(row)

    def journal(self, entry: JournalEntry) -> Anchor:
        """Append an act and return the new head."""
        row = chain(self.journal_head(), entry, self._place)
        kept = {"seq": row.seq, "prev": row.prev, "record": row.record.decode(), "hash": row.hash}
        self._sql.execute(_APPEND, kept)
        self.remember(HEAD, f"{row.seq}:{row.hash}")
        return Anchor(row.seq, row.hash)

    def journal_head(self) -> Anchor:
        """Return the head."""
        row = self._sql.execute(_NEWEST).one_or_none() or self._sql.execute(_BASE).one()
        return Anchor(row[0], row[1])

    def remember(self, name: str, value: str) -> None:
        """Keep a short note under a name."""
        self._sql.execute(_REMEMBER, {"name": name, "value": value})

    def recall(self, name: str) -> str | None:
        """Return a note, or None."""
        return self._sql.execute(_RECALL, {"wanted": name}).scalar()

    def _case_row(self, case_id: str) -> Row[tuple[object, ...]] | None:
        return self._sql.execute(_CASE, {"wanted": case_id}).one_or_none()

    def _enter(
        self, case: StoredCase, state: CaseState, now: datetime, by: str, reason: str
    ) -> None:
        if not may_follow(case.state, state):
            raise immutable(case.state, state)
        self._move(case, state, now, by, reason)

    def _follow(self, case: StoredCase, state: CaseState, now: datetime, reason: str) -> None:
        """Move a case on if it may; head office and the sender never insist."""
        if may_follow(case.state, state):
            self._move(case, state, now, "sender", reason)

    def _move(
        self, case: StoredCase, state: CaseState, now: datetime, by: str, reason: str
    ) -> None:
        changes = {"state": state.value, "changed_at": now, "reason": reason}
        self._sql.execute(CASES.update().where(CASES.c.case_id == case.case_id).values(changes))
        facts: Facts = (("from", case.state.value), ("to_state", state.value))
        if reason:
            facts = (*facts, ("reason", code_only(reason)))
        self.journal(JournalEntry(now, by, JournalAction.STATE_CHANGED, case.case_id, facts))

    def _blind(self, value: str) -> str:
        pepper = bytes.fromhex(self.recall(PEPPER) or "")
        return hmac.new(pepper, value.encode(), hashlib.sha256).hexdigest()


def _remember() -> Insert:
    new = upsert(NOTES)
    return new.on_conflict_do_update(index_elements=["name"], set_={"value": new.excluded.value})


_CASE = select(CASES).where(CASES.c.case_id == bindparam("wanted"))
_APPEND = insert(JOURNAL)
_NEWEST = select(JOURNAL.c.seq, JOURNAL.c.hash).order_by(JOURNAL.c.seq.desc()).limit(1)
_BASE = select(JOURNAL_BASE.c.seq, JOURNAL_BASE.c.hash)
_REMEMBER = _remember()
_RECALL = select(NOTES.c.value).where(NOTES.c.name == bindparam("wanted"))
