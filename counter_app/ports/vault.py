"""Where pictures are kept: encrypted, one key each, erased by forgetting the key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ImageRef:
    """A picture in the vault.

    Attributes:
        sha256: Of the picture's bytes, hex; the name under which cases and messages know it.
        size: Bytes.
        kind: What it shows, for example "letter_page", "id_front", "signed_receipt".
        case_id: The case it belongs to.
    """

    sha256: str
    size: int
    kind: str
    case_id: str
    stored_at: datetime


class Vault(Protocol):
    """Pictures and other evidence files.

    Every call may raise CounterError with DISK_FULL, STORE_LOCKED, STORE_DENIED or STORE_CORRUPT.
    """

    def put(self, data: bytes, kind: str, case_id: str, now: datetime) -> ImageRef:
        """Keep bytes durably; the same bytes for the same case are kept once.

        Raises:
            CounterError: IMAGE_TOO_LARGE above 32 MiB.
        """
        ...

    def get(self, sha256: str) -> bytes:
        """Return the bytes. Raises IMAGE_UNKNOWN; STORE_CORRUPT when the file was changed."""
        ...

    def images(self, case_id: str) -> tuple[ImageRef, ...]:
        """Return what is kept of a case, oldest first."""
        ...

    def erase(self, sha256: str, case_id: str) -> None:
        """Forget the key and remove the file; another case's copy of the picture stays."""
        ...

    def sweep(self, now: datetime) -> int:
        """Remove files without a key, left by a power cut, and pictures of no case after a day.

        Returns how many files went.
        """
        ...
