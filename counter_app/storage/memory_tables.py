"""The tables of the store in memory, and what the parts of a unit share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from counter_app.domain.case_state import CaseState, may_follow
from counter_app.domain.journal import (
    GENESIS,
    Anchor,
    JournalAction,
    JournalEntry,
    JournalRow,
    Place,
    chain,
)
from counter_app.domain.submission import Decision
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import (
    AgentVisit,
    LetterUse,
    NumberUse,
    PaperStatus,
    PhoneBinding,
    QueuedMessage,
    StoredCase,
    StoredPaper,
)
from counter_app.storage.promises import Facts, code_only, correction_note, immutable


@dataclass(slots=True)
class Tables:
    """Everything that is kept; copied for each transaction, so a failed one leaves no trace."""

    cases: dict[str, StoredCase] = field(default_factory=dict)
    numbers: dict[str, NumberUse] = field(default_factory=dict)
    messages: dict[str, QueuedMessage] = field(default_factory=dict)
    decisions: dict[tuple[str, int], Decision] = field(default_factory=dict)
    letters: tuple[LetterUse, ...] = ()
    revoked: tuple[LetterUse, ...] = ()
    agents: tuple[AgentVisit, ...] = ()
    phones: tuple[PhoneBinding, ...] = ()
    papers: dict[tuple[str, str], StoredPaper] = field(default_factory=dict)
    prints: dict[tuple[str, str], PaperStatus] = field(default_factory=dict)
    journal: list[JournalRow] = field(default_factory=list)
    entries: list[JournalEntry] = field(default_factory=list)
    base: Anchor = field(default_factory=lambda: Anchor(0, GENESIS))
    notes: dict[str, str] = field(default_factory=dict)

    def copy(self) -> Tables:
        """Return a copy that shares the values, which never change."""
        return replace(
            self,
            cases=dict(self.cases),
            numbers=dict(self.numbers),
            messages=dict(self.messages),
            decisions=dict(self.decisions),
            papers=dict(self.papers),
            prints=dict(self.prints),
            journal=list(self.journal),
            entries=list(self.entries),
            notes=dict(self.notes),
        )


class MemoryRows:
    """The base of every part of a unit in memory."""

    def __init__(self, tables: Tables, place: Place) -> None:
        self._tables = tables
        self._place = place

    def load(self, case_id: str) -> StoredCase:
        """Return a case."""
        case = self._tables.cases.get(case_id)
        if case is None:
            raise CounterError(FailureCode.CASE_UNKNOWN)
        return case

    def journal(self, entry: JournalEntry) -> Anchor:
        """Append an act and return the new head."""
        row = chain(self.journal_head(), entry, self._place)
        self._tables.journal.append(row)
        self._tables.entries.append(entry)
        return Anchor(row.seq, row.hash)

    def journal_head(self) -> Anchor:
        """Return the head."""
        if not self._tables.journal:
            return self._tables.base
        row = self._tables.journal[-1]
        return Anchor(row.seq, row.hash)

    def remember(self, name: str, value: str) -> None:
        """Keep a short note under a name."""
        self._tables.notes[name] = value

    def recall(self, name: str) -> str | None:
        """Return a note, or None."""
        return self._tables.notes.get(name)

    def _forget_corrections(self, case_id: str) -> None:
        self._tables.notes.pop(correction_note(case_id), None)

    def _enter(
        self, case: StoredCase, state: CaseState, now: datetime, by: str, reason: str
    ) -> None:
        if not may_follow(case.state, state):
            raise immutable(case.state, state)
        facts: Facts = (("from", case.state.value), ("to_state", state.value))
        if reason:
            facts = (*facts, ("reason", code_only(reason)))
        self._keep(replace(case, state=state, changed_at=now, reason=reason))
        self.journal(JournalEntry(now, by, JournalAction.STATE_CHANGED, case.case_id, facts))

    def _follow(self, case: StoredCase, state: CaseState, now: datetime, reason: str) -> None:
        if may_follow(case.state, state):
            self._enter(case, state, now, "sender", reason)

    def _keep(self, case: StoredCase) -> None:
        self._tables.cases[case.case_id] = case

    def _newest_first(self) -> Iterator[StoredCase]:
        return iter(
            sorted(
                self._tables.cases.values(),
                key=lambda case: (case.changed_at, case.case_id),
                reverse=True,
            )
        )
