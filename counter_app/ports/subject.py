"""A person's own data: what is held about them, a copy of it, and what they say is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from counter_app.domain.submission import Decision
from counter_app.ports.accounts import Authorisation
from counter_app.ports.retention import Kept
from counter_app.ports.stored import PaperStatus, StoredCase
from counter_app.ports.vault import ImageRef


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said is wrong in a case (PIPL, article 46).

    Attributes:
        by: Account id of who took it down.
    """

    at: datetime
    by: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """One case that mentions the person.

    Attributes:
        corrections: What the person said is wrong, oldest first.
        messages: Ids of the messages that went, or will go, to head office.
        kept: Each thing that is held with its class and its end; of a case that was purged already
            what its messages and the registers still remember.
    """

    case: StoredCase
    corrections: tuple[Correction, ...]
    images: tuple[ImageRef, ...]
    papers: tuple[PaperStatus, ...]
    messages: tuple[str, ...]
    decisions: tuple[Decision, ...]
    kept: tuple[Kept, ...] = ()


class SubjectRights(Protocol):
    """Answers a person who asks for their data, through somebody who may see whole cases.

    Every call is noted in the journal without the person's name or numbers.

    Raises:
        CounterError: ROLE_MISSING unless reviewer, manager or auditor; SECOND_PERSON when the
            proof is too old.
    """

    def find(self, proof: Authorisation, text: str) -> tuple[Held, ...]:
        """Return what is held about a document number, a phone number or a full name."""
        ...

    def export(self, proof: Authorisation, held: tuple[Held, ...], folder: Path) -> int:
        """Write a copy to a folder that must not exist; returns how many files it holds.

        Raises:
            CounterError: TARGET_EXISTS; FILE_UNWRITABLE; DISK_FULL.
        """
        ...

    def correct(self, proof: Authorisation, case_id: str, text: str) -> None:
        """Take down what the person says is wrong; the accepted case itself stays as it is.

        Raises:
            CounterError: CASE_UNKNOWN; REASON_MISSING.
        """
        ...
