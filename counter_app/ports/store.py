"""The counter's own store: cases, numbers, outbox, registers, papers and the journal.

Everything inside `with store.begin() as unit:` happens together or not at all. Every call may
raise CounterError with STORE_LOCKED, STORE_DENIED, STORE_CORRUPT or DISK_FULL; what else it may
raise is said beside it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from counter_app.domain.case_state import CaseState
from counter_app.ports.outbox import Outbox
from counter_app.ports.records import Journal, Papers, Purging, Registers
from counter_app.ports.stored import CaseFilter, DraftRecord, NumberUse, StoredCase


class Cases(Protocol):
    """Cases and acceptance numbers."""

    def save_draft(self, draft: DraftRecord, now: datetime) -> None:
        """Save a case on every change; the first save starts it.

        Raises:
            CounterError: CASE_IMMUTABLE once the case is accepted, refused or advised, and for a
                change of state that may not happen.
        """
        ...

    def load(self, case_id: str) -> StoredCase:
        """Return a case. Raises CounterError CASE_UNKNOWN."""
        ...

    def open_cases(self) -> tuple[StoredCase, ...]:
        """Return the cases in DRAFT or AWAITING_REVIEW, newest change first."""
        ...

    def parked(self) -> tuple[StoredCase, ...]:
        """Return the parked cases, oldest first."""
        ...

    def cases(self, which: CaseFilter) -> tuple[StoredCase, ...]:
        """Return the cases that fit, newest change first."""
        ...

    def set_state(
        self, case_id: str, state: CaseState, now: datetime, by: str, reason: str = ""
    ) -> None:
        """Move a case on, with its journal row.

        `reason` is a code or the person's words: words stay with the case, only codes (letters,
        digits, dot, hyphen, underscore) reach the journal.

        Raises:
            CounterError: CASE_UNKNOWN; CASE_IMMUTABLE when `state` may not follow.
        """
        ...

    def hand_over(self, case_id: str, to: str, now: datetime, by: str) -> None:
        """Give an open case another owner. Raises CASE_UNKNOWN, CASE_IMMUTABLE."""
        ...

    def set_reminder(self, case_id: str, at: datetime | None) -> None:
        """Set when a parked case asks for attention. Raises CASE_UNKNOWN."""
        ...

    def next_acceptance_no(self, branch: str, counter: str, day: date) -> str:
        """Take the next acceptance number; once committed it is never given again."""
        ...

    def accept(self, case_id: str, acceptance_no: str, now: datetime, by: str) -> None:
        """Make a case immutable under its number: ACCEPTED_UNPRINTED, with its journal row.

        Raises:
            CounterError: CASE_UNKNOWN; CASE_IMMUTABLE when it was accepted or ended before, or the
                number was not taken here or serves another case.
        """
        ...

    def numbers(self, day: date) -> tuple[NumberUse, ...]:
        """Return the acceptance numbers given out on a day, in order."""
        ...


class Unit(Cases, Outbox, Registers, Papers, Journal, Purging, Protocol):
    """One transaction."""


class CaseStore(Protocol):
    """The store of one counter."""

    def begin(self) -> AbstractContextManager[Unit]:
        """Open a transaction that may write: commits on a clean exit, else rolls back."""
        ...

    def view(self) -> AbstractContextManager[Unit]:
        """Open a consistent view for reading; it neither waits for a writer nor holds one up."""
        ...
