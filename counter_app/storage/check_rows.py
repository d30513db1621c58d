"""Holding what is stored against what the journal took down."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import select

from counter_app.domain.journal import JournalAction
from counter_app.domain.submission import MessageState
from counter_app.storage.rows import Rows
from counter_app.storage.tables import CASES, IMAGES, JOURNAL, MESSAGES, PAPERS

_MOVED = JOURNAL.c.to_state.is_not(None)


class CheckRows(Rows):
    """The part of a unit that finds what somebody with the key changed beside the program."""

    def changed_since_journalled(self) -> tuple[str, ...]:
        """Hold what is stored against what the journal took down.

        Returns:
            "CASE" whose draft or state, "CASE/KIND" of a paper whose file, "CASE/MESSAGE" of a
            message that is gone or whose content, "CASE/picture DIGITS" that is gone: each not
            what it was.
        """
        found = [*self._drafts(), *self._states(), *self._papers()]
        return tuple(dict.fromkeys((*found, *self._messages(), *self._pictures())))

    def _drafts(self) -> Iterator[str]:
        query = select(CASES.c.case_id, CASES.c.draft).where(CASES.c.purged_at.is_(None))
        kept = {row.case_id: _digest(row.draft) for row in self._sql.execute(query)}
        for case_id, facts in self._facts_of(JournalAction.ACCEPTED):
            if kept.get(case_id, facts["draft_sha256"]) != facts["draft_sha256"]:
                yield case_id

    def _states(self) -> Iterator[str]:
        moves = select(JOURNAL.c.case_id, JOURNAL.c.to_state).where(_MOVED)
        rows = self._sql.execute(moves.order_by(JOURNAL.c.seq))
        told = {row.case_id: row.to_state for row in rows}
        cases = self._sql.execute(select(CASES.c.case_id, CASES.c.state))
        kept = {row.case_id: row.state for row in cases}
        for case_id, state in told.items():
            if kept.get(case_id) != state:
                yield case_id

    def _papers(self) -> Iterator[str]:
        query = select(PAPERS.c.case_id, PAPERS.c.kind, PAPERS.c.pdf)
        kept = {(row.case_id, row.kind): _digest(row.pdf) for row in self._sql.execute(query)}
        for case_id, facts in self._facts_of(JournalAction.SEALED):
            if kept.get((case_id, facts["kind"]), facts["sha256"]) != facts["sha256"]:
                yield f"{case_id}/{facts['kind']}"

    def _messages(self) -> Iterator[str]:
        query = select(MESSAGES.c.message_id, MESSAGES.c.payload, MESSAGES.c.state)
        kept = {row.message_id: row for row in self._sql.execute(query)}
        forgotten = {facts.get("message") for _, facts in self._facts_of(JournalAction.PURGED)}
        marked = self._facts_of(JournalAction.MESSAGE_MARKED)
        voided = {facts["message"] for _, facts in marked if facts["to"] == MessageState.VOIDED}
        for case_id, facts in self._facts_of(JournalAction.MESSAGE_QUEUED):
            name = facts["message"]
            row = kept.get(name)
            is_there = row is not None and (
                _digest(row.payload) == facts["sha256"] or (not row.payload and name in forgotten)
            )
            is_void = row is not None and row.state == MessageState.VOIDED
            if not is_there or is_void != (name in voided):
                yield f"{case_id}/{name}"

    def _pictures(self) -> Iterator[str]:
        kept = {
            (row.case_id, row.sha256)
            for row in self._sql.execute(select(IMAGES.c.case_id, IMAGES.c.sha256))
        }
        whole = select(CASES.c.case_id).where(CASES.c.purged_at.is_(None))
        query = select(MESSAGES.c.case_id, MESSAGES.c.blobs).where(MESSAGES.c.case_id.in_(whole))
        for row in self._sql.execute(query.order_by(MESSAGES.c.position)):
            for sha256 in json.loads(row.blobs):
                if (row.case_id, sha256) not in kept:
                    yield f"{row.case_id}/picture {sha256[:8]}"

    def _facts_of(self, action: JournalAction) -> Iterator[tuple[str, dict[str, str]]]:
        query = select(JOURNAL.c.record).where(JOURNAL.c.action == action.value)
        for record in self._sql.execute(query.order_by(JOURNAL.c.seq)).scalars():
            said = json.loads(record)
            yield str(said["case"]), said["facts"]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
