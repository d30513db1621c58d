"""A person's own data, from the store and the vault: for the window and the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from counter_app.bootstrap.places import fonts_folder
from counter_app.domain.account import Role
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.accounts import Authorisation
from counter_app.ports.clock import Clock
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import Retention
from counter_app.ports.subject import Held
from counter_app.ports.vault import Vault
from counter_app.receipt.copy_mark import marked_copy
from counter_app.receipt.fonts import FontBook
from counter_app.storage.subject import export_held, held_about, note_correction, note_export


@dataclass(frozen=True, slots=True)
class StoredSubjects:
    """Answers from what this counter keeps.

    Attributes:
        marked: Puts the purpose across a picture.
    """

    store: CaseStore
    vault: Vault
    clock: Clock
    retention: Retention
    marked: Callable[[bytes], bytes]

    def find(self, proof: Authorisation, text: str) -> tuple[Held, ...]:
        """Return what is held about a person; the journal says who looked and how many cases."""
        self.require(proof)
        held = held_about(self.store, self.vault, text, self.retention)
        facts = (("field", "subject"), ("cases", str(len(held))))
        entry = JournalEntry(self.clock.now(), _who(proof), JournalAction.REVEALED, "", facts)
        with self.store.begin() as unit:
            unit.journal(entry)
        return held

    def export(self, proof: Authorisation, held: tuple[Held, ...], folder: Path) -> int:
        """Write a copy; the journal says of which cases before anything leaves."""
        self.require(proof)
        note_export(self.store, held, _who(proof), self.clock.now())
        return export_held(self.store, self.vault, held, folder, self.marked)

    def correct(self, proof: Authorisation, case_id: str, text: str) -> None:
        """Take down what the person says is wrong."""
        self.require(proof)
        note_correction(self.store, case_id, text, _who(proof), self.clock.now())

    def require(self, proof: Authorisation) -> None:
        """Raise ROLE_MISSING or SECOND_PERSON for whoever may not ask now."""
        if not (proof.account.may_review() or Role.AUDITOR in proof.account.roles):
            raise CounterError(FailureCode.ROLE_MISSING)
        if not proof.is_fresh(self.clock.now()):
            raise CounterError(FailureCode.SECOND_PERSON, cause="stale")


def subjects_of(store: CaseStore, vault: Vault, clock: Clock, keep: Retention) -> StoredSubjects:
    """Return what answers people who ask for their data.

    Raises:
        CounterError: FONT_MISSING.
    """
    font = FontBook(fonts_folder()).path(bold=True)
    return StoredSubjects(store, vault, clock, keep, lambda picture: marked_copy(picture, font))


def _who(proof: Authorisation) -> str:
    return proof.account.account_id
