"""The merchant directory: head office's signed snapshot, searchable without a network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from counter_app.domain.merchant import MerchantRecord


@dataclass(frozen=True, slots=True)
class DirectoryState:
    """Which snapshot is loaded.

    Attributes:
        serial: Number of the last full or delta file; 0 when nothing is loaded.
        issued_at: When head office made that file (aware UTC), or None.
        merchants: How many merchants can be found.
    """

    serial: int
    issued_at: datetime | None
    merchants: int


class MerchantDirectory(Protocol):
    """Read-only; a failed load leaves what was there before.

    Every call may raise CounterError with STORE_LOCKED, STORE_CORRUPT or DISK_FULL.
    """

    def by_sn(self, sn: str) -> MerchantRecord | None:
        """Return the merchant whose terminal has this serial number."""
        ...

    def owners_of(self, sn: str) -> tuple[MerchantRecord, ...]:
        """Return every merchant with this serial number; more than one is a fault."""
        ...

    def by_merchant_no(self, merchant_no: str) -> MerchantRecord | None:
        """Return the merchant with this number."""
        ...

    def by_uscc(self, uscc: str) -> tuple[MerchantRecord, ...]:
        """Return the merchants of one party, by merchant number."""
        ...

    def of_principal(self, id_number: str) -> tuple[MerchantRecord, ...]:
        """Return the merchants of one person, by merchant number; the number as it is recorded."""
        ...

    def by_name_prefix(self, text: str, limit: int = 20) -> tuple[MerchantRecord, ...]:
        """Return merchants whose name begins with `text`, in order of the name."""
        ...

    def bound_to(self, phone: str) -> tuple[str, ...]:
        """Return the numbers of the merchants that a phone number serves now."""
        ...

    def state(self) -> DirectoryState:
        """Say which snapshot is loaded."""
        ...

    def age(self, now: datetime) -> timedelta | None:
        """Return how old the loaded snapshot is, or None when nothing is loaded."""
        ...

    def load(self, path: Path, now: datetime) -> DirectoryState:
        """Take over a signed full or delta file.

        Raises:
            CounterError: RULES_SIGNATURE when the signature is wrong or missing; DIRECTORY_INVALID
                (facts `file`, `line`, `key`) when a line is malformed, a key is unknown, the file
                is from the future, or it does not follow the one that is loaded.
        """
        ...
