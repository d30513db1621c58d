"""Forgetting in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import dropwhile

from counter_app.domain.case_state import OPEN_STATES, CaseState
from counter_app.domain.journal import Anchor, JournalAction, JournalEntry, counter_day
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.retention import DECIDED, ENDED, SETTLED
from counter_app.ports.stored import Retention, StoredCase
from counter_app.storage.memory_records import MemoryJournal

_MARKED = (JournalAction.MESSAGE_QUEUED, JournalAction.MESSAGE_MARKED)


def _is_any(_entry: JournalEntry) -> bool:
    return True


def _is_mark(entry: JournalEntry) -> bool:
    return entry.action in _MARKED


def _is_move(entry: JournalEntry) -> bool:
    return any(key == "to_state" for key, _ in entry.facts)


class MemoryPurge(MemoryJournal):
    """The part of a unit that forgets."""

    def abandon(self, retention: Retention, now: datetime) -> tuple[str, ...]:
        """End the open cases that nobody went on with for their time; returns which."""
        limit = now - retention.abandoned
        due = [
            case
            for case in self._tables.cases.values()
            if case.state in OPEN_STATES and case.changed_at <= limit
            if self._was_before(limit, case.case_id)
        ]
        for case in sorted(due, key=lambda case: case.changed_at):
            self._enter(case, CaseState.ABANDONED, now, "system", "abandoned")
        return tuple(case.case_id for case in sorted(due, key=lambda case: case.changed_at))

    def due_for_purge(self, retention: Retention, now: datetime) -> tuple[str, ...]:
        """Return the cases whose draft, papers and images may go."""
        limits = {
            **dict.fromkeys(DECIDED, now - retention.case),
            **dict.fromkeys(ENDED, now - retention.refused),
            CaseState.ABANDONED: datetime.max.replace(tzinfo=UTC),
        }
        due = [
            case
            for case in self._tables.cases.values()
            if case.purged_at is None and self._is_settled(case)
            if case.changed_at <= limits[case.state]
            if case.state is CaseState.ABANDONED
            or self._was_before(limits[case.state], case.case_id, _is_move)
        ]
        return tuple(case.case_id for case in sorted(due, key=lambda case: case.changed_at))

    def purge_case(self, case_id: str, images: int, now: datetime) -> None:
        """Forget a case's draft, summary and papers."""
        case = self.load(case_id)
        if not self._is_settled(case):
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="unsettled")
        if case.purged_at is not None:
            return
        papers = [one.sha256 for key, one in self._tables.prints.items() if key[0] == case_id]
        facts = (
            ("images", str(images)),
            ("draft_sha256", hashlib.sha256(case.draft).hexdigest()),
            ("papers", ",".join(papers)),
        )
        for key in [key for key in self._tables.papers if key[0] == case_id]:
            del self._tables.papers[key], self._tables.prints[key]
        bare = replace(case.summary, merchant_name="", customer="")
        self._keep(replace(case, draft=b"", summary=bare, reason="", purged_at=now))
        self._forget_corrections(case_id)
        self.journal(JournalEntry(now, "system", JournalAction.PURGED, case_id, facts))

    def purge_payloads(self, retention: Retention, now: datetime) -> int:
        """Forget decided messages that are past their time; returns how many."""
        due = [
            queued
            for queued in self._tables.messages.values()
            if queued.state in SETTLED
            and queued.message.payload
            and (queued.decided_at or queued.message.created_at) <= now - retention.payload
            and self._was_before(now - retention.payload, queued.message.case_id, _is_mark)
        ]
        for queued in due:
            message = queued.message
            self._set(replace(queued, message=replace(message, payload=b"")))
            facts = (("message", message.message_id), ("sha256", message.payload_sha256))
            self.journal(JournalEntry(now, "system", JournalAction.PURGED, message.case_id, facts))
        return len(due)

    def purge_registers(self, retention: Retention, now: datetime) -> int:
        """Forget letters, agents and numbers as old as the journal may be, and old day papers."""
        tables, before = self._tables, counter_day(now - retention.journal)
        count = self._remembered()
        tables.letters = tuple(dropwhile(lambda one: one.on < before, tables.letters))
        tables.revoked = tuple(dropwhile(lambda one: one.on < before, tables.revoked))
        tables.agents = tuple(dropwhile(lambda one: one.on < before, tables.agents))
        tables.phones = tuple(dropwhile(lambda one: one.on < before, tables.phones))
        limit = now - retention.refused
        for key, paper in list(tables.papers.items()):
            is_old = paper.made_at <= limit and self._was_before(limit, key[0])
            if is_old and key[0] not in tables.cases:
                del tables.papers[key], tables.prints[key]
        return count - self._remembered()

    def _remembered(self) -> int:
        kept = self._tables
        registers = (kept.letters, kept.revoked, kept.agents, kept.phones, kept.papers)
        return sum(len(register) for register in registers)

    def purge_journal(self, retention: Retention, now: datetime) -> int:
        """Forget the journal's oldest rows; what is left still verifies."""
        before = counter_day(now - retention.journal)
        days = [counter_day(entry.at) for entry in self._tables.entries]
        gone = next((place for place, day in enumerate(days) if day >= before), 0)
        if not gone:
            return 0
        last = self._tables.journal[gone - 1]
        facts = (("upto", str(last.seq)), ("hash", last.hash))
        self.journal(JournalEntry(now, "system", JournalAction.JOURNAL_PURGED, "", facts))
        self._tables.base = Anchor(last.seq, last.hash)
        del self._tables.journal[:gone], self._tables.entries[:gone]
        return gone

    def _is_settled(self, case: StoredCase) -> bool:
        done = all(one.state in SETTLED for one in self.messages(case.case_id))
        return done and case.state in (*DECIDED, *ENDED, CaseState.ABANDONED)

    def _was_before(
        self, limit: datetime, case_id: str, is_act: Callable[[JournalEntry], bool] = _is_any
    ) -> bool:
        """Say whether a case's last row, of some acts, precedes every row of a later day."""
        entries, day = self._tables.entries, counter_day(limit)
        later = [place for place, one in enumerate(entries) if counter_day(one.at) > day]
        own = [place for place, one in enumerate(entries) if one.case_id == case_id and is_act(one)]
        return not later or max(own, default=-1) < later[0]
