"""Registers, papers and the journal in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from counter_app.domain.journal import (
    Anchor,
    JournalAction,
    JournalEntry,
    JournalFault,
    JournalRow,
    verify,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import (
    AgentVisit,
    LetterUse,
    PaperStatus,
    PhoneBinding,
    RegisterEntry,
    StoredPaper,
)
from counter_app.storage.memory_outbox import MemoryOutbox
from counter_app.storage.memory_tables import MemoryRows
from counter_app.storage.promises import letter_facts


class MemoryRegisters(MemoryRows):
    """The part of a unit that remembers what earlier cases leave behind."""

    def record_letter(self, use: LetterUse, now: datetime, by: str) -> None:
        """Note that a letter served a case."""
        self._tables.letters += (use,)
        act = JournalAction.LETTER_USED
        self.journal(JournalEntry(now, by, act, use.case_id, letter_facts(use)))

    def letter_used(self, digest: str, letter_no: str | None) -> LetterUse | None:
        """Return the first use of a letter, found by digest or by number."""
        return _first(self._tables.letters, digest, letter_no)

    def release_letters(self, case_id: str) -> None:
        """Forget the letter, agent and number of a case that was voided before it left."""
        tables = self._tables
        tables.letters = tuple(one for one in tables.letters if one.case_id != case_id)
        tables.agents = tuple(one for one in tables.agents if one.case_id != case_id)
        tables.phones = tuple(one for one in tables.phones if one.case_id != case_id)

    def revoke_letter(self, use: LetterUse, now: datetime, by: str) -> None:
        """Note that a letter was revoked."""
        self._tables.revoked += (use,)
        act = JournalAction.LETTER_REVOKED
        self.journal(JournalEntry(now, by, act, use.case_id, letter_facts(use)))

    def letter_revoked(self, digest: str, letter_no: str | None) -> date | None:
        """Return the day on which a letter was revoked, or None."""
        found = _first(self._tables.revoked, digest, letter_no)
        return None if found is None else found.on

    def record_agent(self, visit: AgentVisit) -> None:
        """Note that an agent acted for a principal."""
        self._tables.agents += (visit,)

    def agent_principals(self, agent_id: str, since: date, besides: str = "") -> int:
        """Return for how many principals other than `besides` an agent acted since a day."""
        seen = {
            visit.principal_id
            for visit in self._tables.agents
            if visit.agent_id == agent_id and visit.on >= since
        }
        return len(seen - {besides})

    def agent_merchants(self, agent_id: str, on: date, besides: str = "") -> int:
        """Return for how many merchants other than `besides` an agent acted on a day."""
        visits = self._tables.agents
        seen = {one.merchant_no for one in visits if (one.agent_id, one.on) == (agent_id, on)}
        return len(seen - {besides})

    def record_phone(self, binding: PhoneBinding) -> None:
        """Note that a number was accepted."""
        self._tables.phones += (binding,)

    def phone_principals(self, number: str, besides: str = "") -> int:
        """Return for how many principals other than `besides` a number was accepted here."""
        seen = {one.principal_id for one in self._tables.phones if one.number == number}
        return len(seen - {besides})

    def phone_changed_on(self, merchant_no: str) -> date | None:
        """Return the last day on which a change for the merchant was accepted here."""
        days = [one.on for one in self._tables.phones if one.merchant_no == merchant_no]
        return max(days, default=None)

    def registers_of(self, case_id: str) -> tuple[RegisterEntry, ...]:
        """Return what the registers remember of a case: letters, agents, then numbers."""
        tables = self._tables
        days = (
            ("letter", [(one.case_id, one.on) for one in (*tables.letters, *tables.revoked)]),
            ("agent", [(one.case_id, one.on) for one in tables.agents]),
            ("phone", [(one.case_id, one.on) for one in tables.phones]),
        )
        return tuple(
            RegisterEntry(name, on)
            for name, kept in days
            for of, on in sorted(kept)
            if of == case_id
        )

    def remembered_cases(self, number: str) -> tuple[str, ...]:
        """Return the cases whose agent, principal or phone has this number."""
        agents, phones = self._tables.agents, self._tables.phones
        found = {one.case_id for one in agents if number in {one.agent_id, one.principal_id}}
        found |= {one.case_id for one in phones if number in {one.number, one.principal_id}}
        return tuple(sorted(found - {""}))


class MemoryPapers(MemoryRows):
    """The part of a unit that keeps papers."""

    def put_paper(self, paper: StoredPaper, by: str) -> str:
        """Keep a sealed paper; returns its SHA-256."""
        digest = hashlib.sha256(paper.pdf).hexdigest()
        key = (paper.case_id, paper.kind)
        kept = self._tables.papers.get(key)
        if kept is not None and kept.pdf != paper.pdf:
            raise CounterError(FailureCode.CASE_IMMUTABLE, cause="paper_kept")
        if kept is None:
            self._tables.papers[key] = paper
            self._tables.prints[key] = PaperStatus(*key, digest, paper.made_at, 0, None, "", None)
            facts = (("kind", paper.kind), ("sha256", digest))
            act = JournalAction.SEALED
            self.journal(JournalEntry(paper.made_at, by, act, paper.case_id, facts))
        return digest

    def paper(self, case_id: str, kind: str) -> StoredPaper:
        """Return a paper."""
        found = self._tables.papers.get((case_id, kind))
        if found is None:
            raise CounterError(FailureCode.CASE_UNKNOWN, paper=kind)
        return found

    def paper_status(self, case_id: str) -> tuple[PaperStatus, ...]:
        """Return what became of a case's papers, in the order in which they were made."""
        return self._statuses(lambda one: one.case_id == case_id)

    def note_print(self, case_id: str, kind: str, now: datetime, by: str) -> int:
        """Note that a paper goes to a printer; returns which print it is."""
        self.paper(case_id, kind)
        status = self._tables.prints[case_id, kind]
        number = status.prints + 1
        printed = replace(status, prints=number, printed_at=now, printed_by=by)
        self._tables.prints[case_id, kind] = printed
        act = JournalAction.PRINTED if number == 1 else JournalAction.REPRINTED
        facts = (("kind", kind), ("print", str(number)))
        self.journal(JournalEntry(now, by, act, case_id, facts))
        return number

    def confirm_print(self, case_id: str, kind: str, now: datetime, by: str) -> None:
        """Note that the clerk saw the paper come out."""
        self.paper(case_id, kind)
        status = self._tables.prints[case_id, kind]
        if status.confirmed_at is None:
            self._tables.prints[case_id, kind] = replace(status, confirmed_at=now)
            facts = (("kind", kind),)
            act = JournalAction.PRINT_CONFIRMED
            self.journal(JournalEntry(now, by, act, case_id, facts))

    def papers_to_extend(self, limit: int) -> tuple[PaperStatus, ...]:
        """Return papers that have no long-term validation data yet, oldest first."""
        bare = {key for key, one in self._tables.papers.items() if not one.long_term_pdf}
        return self._statuses(lambda one: (one.case_id, one.kind) in bare)[:limit]

    def add_long_term(self, case_id: str, kind: str, pdf: bytes) -> None:
        """Keep the file with long-term validation data beside the one that was printed."""
        paper = self.paper(case_id, kind)
        self._tables.papers[case_id, kind] = replace(paper, long_term_pdf=pdf)

    def _statuses(self, wanted: Callable[[PaperStatus], bool]) -> tuple[PaperStatus, ...]:
        found = [status for status in self._tables.prints.values() if wanted(status)]
        return tuple(sorted(found, key=lambda status: (status.made_at, status.kind)))


class MemoryJournal(MemoryOutbox):
    """The part of a unit that reads the journal."""

    def journal_rows(self, after: int = 0) -> Iterator[JournalRow]:
        """Yield the rows after `after` in order."""
        return (row for row in self._tables.journal if row.seq > after)

    def case_journal(self, case_id: str) -> tuple[JournalRow, ...]:
        """Return a case's rows in order."""
        both = zip(self._tables.journal, self._tables.entries, strict=True)
        return tuple(row for row, entry in both if entry.case_id == case_id)

    def verify_journal(
        self, anchors: Sequence[Anchor] = (), since: Anchor | None = None
    ) -> tuple[JournalFault, ...]:
        """Judge the journal against heads noted outside: the whole of it, or what follows a row."""
        if since is not None:
            return verify(self.journal_rows(since.seq), anchors, since)
        base = self._tables.base
        within = [anchor for anchor in anchors if anchor.seq > base.seq]
        return verify(self._tables.journal, within, base)


def _first(uses: tuple[LetterUse, ...], digest: str, letter_no: str | None) -> LetterUse | None:
    for use in uses:
        if use.digest == digest or (letter_no and use.letter_no == letter_no):
            return use
    return None
