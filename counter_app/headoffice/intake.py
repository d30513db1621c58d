"""Taking messages in: what is stored, what is repeated, what is out of order. No input or output.

Accept first, judge later: whatever is well enveloped is stored; a business refusal is an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from counter_app.domain.submission import MessageType


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message as intake sees it.

    Attributes:
        counter: Who sent it, by its certificate.
        sha256: Hash (hex) of the payload; with the identity it decides between "again" and "other".
        blobs: SHA-256 (hex) of the images it names.
        key_id: Name of the key it was signed with.
        is_retired: Its version is too old to be taken in over the line.
    """

    counter: str
    message_id: str
    case_id: str
    request_no: str
    lane: str
    prev: str | None
    type: MessageType
    version: int
    sha256: str
    blobs: tuple[str, ...]
    payload: bytes = field(repr=False)
    acceptance_no: str = ""
    terminal: str = ""
    clerk: str = ""
    reason: str = ""
    retention_class: str = ""
    not_before: datetime | None = None
    corrects: str | None = None
    key_id: str = ""
    is_retired: bool = False


class Taken(Enum):
    """What became of a message."""

    STORED = auto()
    REPEATED = auto()
    MISMATCH = auto()
    PREDECESSOR_MISSING = auto()
    RETIRED = auto()


SKIPPED = ""
"""The hash under which the ledger knows a message that its counter said will not come."""


class Ledger(Protocol):
    """The record of head office, inside one transaction."""

    def digest_of(self, counter: str, message_id: str) -> str | None:
        """Return the hash a message was stored under, SKIPPED, or None when it never came."""
        ...

    def add(self, message: Incoming, received_at: datetime) -> None:
        """Store a new message, or put it in the place of one that was skipped."""
        ...

    def add_skip(self, counter: str, message_id: str, reason: str, received_at: datetime) -> None:
        """Note that a message will not come."""
        ...


def receive(ledger: Ledger, message: Incoming, received_at: datetime) -> Taken:
    """Take a message in, once, and never before the one it follows."""
    known = ledger.digest_of(message.counter, message.message_id)
    if known == message.sha256:
        return Taken.REPEATED
    if known:
        return Taken.MISMATCH
    if message.is_retired:
        return Taken.RETIRED
    if message.prev is not None and ledger.digest_of(message.counter, message.prev) is None:
        return Taken.PREDECESSOR_MISSING
    ledger.add(message, received_at)
    return Taken.STORED


def skip(ledger: Ledger, counter: str, message_id: str, reason: str, received_at: datetime) -> None:
    """Let the lane go on without a message; one that did come stays as it is."""
    if ledger.digest_of(counter, message_id) is None:
        ledger.add_skip(counter, message_id, reason, received_at)
