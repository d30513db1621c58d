"""What the store keeps beside cases: registers, papers, the journal; and forgetting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from counter_app.domain.journal import Anchor, JournalEntry, JournalFault, JournalRow
from counter_app.ports.stored import (
    AgentVisit,
    LetterUse,
    PaperStatus,
    PhoneBinding,
    RegisterEntry,
    Retention,
    StoredPaper,
)


class Registers(Protocol):
    """What earlier cases leave behind: letters, agents, phone numbers, notes."""

    def record_letter(self, use: LetterUse, now: datetime, by: str) -> None:
        """Note that a letter served a case."""
        ...

    def letter_used(self, digest: str, letter_no: str | None) -> LetterUse | None:
        """Return the first use of a letter, found by digest or by number."""
        ...

    def release_letters(self, case_id: str) -> None:
        """Forget the letter, agent and number of a case that was voided before it left."""
        ...

    def revoke_letter(self, use: LetterUse, now: datetime, by: str) -> None:
        """Note that a letter was revoked; `use.on` is the day of revocation."""
        ...

    def letter_revoked(self, digest: str, letter_no: str | None) -> date | None:
        """Return the day on which a letter was revoked, or None."""
        ...

    def record_agent(self, visit: AgentVisit) -> None:
        """Note that an agent acted for a principal."""
        ...

    def agent_principals(self, agent_id: str, since: date, besides: str = "") -> int:
        """Return for how many principals other than `besides` an agent acted since a day."""
        ...

    def agent_merchants(self, agent_id: str, on: date, besides: str = "") -> int:
        """Return for how many merchants other than `besides` an agent acted on a day."""
        ...

    def record_phone(self, binding: PhoneBinding) -> None:
        """Note that a number was accepted."""
        ...

    def phone_principals(self, number: str, besides: str = "") -> int:
        """Return for how many principals other than `besides` a number was accepted here."""
        ...

    def phone_changed_on(self, merchant_no: str) -> date | None:
        """Return the last day on which a change for the merchant was accepted here."""
        ...

    def registers_of(self, case_id: str) -> tuple[RegisterEntry, ...]:
        """Return what the registers remember of a case: letters, agents, then numbers."""
        ...

    def remembered_cases(self, number: str) -> tuple[str, ...]:
        """Return the cases whose agent, principal or phone has this number, in order of their id.

        The registers keep keyed hashes, longer than the cases themselves.
        """
        ...

    def remember(self, name: str, value: str) -> None:
        """Keep a short note under a name (the day's opening, an unlock), replacing the last."""
        ...

    def recall(self, name: str) -> str | None:
        """Return a note, or None."""
        ...


class Papers(Protocol):
    """Sealed papers and their prints."""

    def put_paper(self, paper: StoredPaper, by: str) -> str:
        """Keep a sealed paper; returns its SHA-256. CASE_IMMUTABLE when other bytes are kept."""
        ...

    def paper(self, case_id: str, kind: str) -> StoredPaper:
        """Return a paper. Raises CASE_UNKNOWN."""
        ...

    def paper_status(self, case_id: str) -> tuple[PaperStatus, ...]:
        """Return what became of a case's papers."""
        ...

    def note_print(self, case_id: str, kind: str, now: datetime, by: str) -> int:
        """Note that a paper goes to a printer; returns which print it is (2 and more: 补打)."""
        ...

    def confirm_print(self, case_id: str, kind: str, now: datetime, by: str) -> None:
        """Note that the clerk saw the paper come out."""
        ...

    def papers_to_extend(self, limit: int) -> tuple[PaperStatus, ...]:
        """Return papers that have no long-term validation data yet, oldest first."""
        ...

    def add_long_term(self, case_id: str, kind: str, pdf: bytes) -> None:
        """Keep the file with long-term validation data beside the one that was printed."""
        ...


class Journal(Protocol):
    """The hash-chained journal."""

    def journal(self, entry: JournalEntry) -> Anchor:
        """Append an act and return the new head."""
        ...

    def journal_head(self) -> Anchor:
        """Return the head, to be noted outside the machine."""
        ...

    def journal_rows(self, after: int = 0) -> Iterator[JournalRow]:
        """Yield the rows after `after` in order; only inside the unit."""
        ...

    def case_journal(self, case_id: str) -> tuple[JournalRow, ...]:
        """Return a case's rows in order."""
        ...

    def verify_journal(
        self, anchors: Sequence[Anchor] = (), since: Anchor | None = None
    ) -> tuple[JournalFault, ...]:
        """Judge the journal against heads noted outside: the whole of it, or what follows a row."""
        ...


class Purging(Protocol):
    """Forgetting what may go; never a case whose message is not at head office and decided.

    A row of the journal is as old as the newest day of it and of all rows before it: what was
    written while the clock was behind does not count as old once the clock is right again.
    """

    def abandon(self, retention: Retention, now: datetime) -> tuple[str, ...]:
        """End the open cases that nobody went on with for their time; returns which."""
        ...

    def due_for_purge(self, retention: Retention, now: datetime) -> tuple[str, ...]:
        """Return the cases whose draft, papers and images may go."""
        ...

    def purge_case(self, case_id: str, images: int, now: datetime) -> None:
        """Forget a case's draft, summary and papers; the journal keeps hashes and counts as proof.

        Raises:
            CounterError: CASE_IMMUTABLE while the case is open or a message of it is undecided.
        """
        ...

    def purge_payloads(self, retention: Retention, now: datetime) -> int:
        """Forget decided messages that are past their time; returns how many."""
        ...

    def purge_registers(self, retention: Retention, now: datetime) -> int:
        """Forget letters, agents and numbers as old as the journal may be, and old day papers."""
        ...

    def purge_journal(self, retention: Retention, now: datetime) -> int:
        """Forget the journal's oldest rows; what is left still verifies. Returns how many."""
        ...
