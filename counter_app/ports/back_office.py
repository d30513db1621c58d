"""Head office as the counter sees it: images, messages, answers, signed files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from counter_app.domain.submission import Decision, OutboxMessage
from counter_app.errors import FailureCode
from counter_app.ports.stop import Stop


@dataclass(frozen=True, slots=True)
class Ack:
    """Head office holds the message durably.

    Attributes:
        epoch: The incarnation of head office's store; another value than before means that it was
            restored from a backup and that everything still kept must be sent again.
        server_time: Head office's clock (aware UTC), from the answer.
        missing: SHA-256 (hex) of images the message names and head office does not hold.
    """

    epoch: str
    server_time: datetime
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """Some answers in the order in which they were given.

    Attributes:
        cursor: Ask for answers after this one next time; the one asked for when there are none.
        epoch: As in `Ack`.
    """

    decisions: tuple[Decision, ...]
    cursor: int
    epoch: str
    server_time: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """How the sender stands with head office.

    Attributes:
        last_contact: When head office last answered anything (aware UTC), or None.
        trouble: Why nothing goes out at present, or None.
        next_try: When it is tried again by itself, or None.
        skew_s: By how much this computer's clock is ahead of head office's.
    """

    last_contact: datetime | None = None
    trouble: FailureCode | None = None
    next_try: datetime | None = None
    skew_s: float = 0.0


class SkipReason(StrEnum):
    """Why a message that others name as their predecessor will not come."""

    VOIDED = "voided"
    FROZEN = "frozen"
    PURGED = "purged"


class BackOffice(Protocol):
    """Delivers to head office; every method may be repeated without harm.

    All methods raise `CounterError` with one of

    * OFFICE_UNREACHABLE, OFFICE_NAME_UNKNOWN: no connection, or the answer did not come in time;
    * OFFICE_TLS: head office's certificate, or ours, was not accepted;
    * OFFICE_CLOCK: a certificate is not valid at the time this computer shows;
    * OFFICE_LOGIN: this counter is not (or no longer) enrolled;
    * OFFICE_VERSION: head office does not know this version of the contract;
    * OFFICE_CAPTIVE_PORTAL: something else answered, such as a page that asks to sign in;
    * OFFICE_MISMATCH: head office holds other content under this identity;
    * OFFICE_BUSY: come back later; fact `retry_after_s`;
    * OFFICE_REFUSED: the request itself was refused; facts `problem`, `status`, `retry`;
    * STOPPED: nobody waits any more.
    """

    def put_blob(self, sha256: str, data: bytes, stop: Stop) -> None:
        """Make sure that head office holds an image; it leaves encrypted to the institution.

        Args:
            sha256: Lower-case hex digest of `data`; head office keeps the image under it.
            data: The image as it was stored when the case was accepted.
            stop: Ends the call early.
        """
        ...

    def put_message(self, message: OutboxMessage, stop: Stop) -> Ack:
        """Hand over one message; the same message twice is one message.

        Raises:
            CounterError: As above; a missing predecessor is OFFICE_REFUSED with the fact
                `problem="predecessor-missing"`.
        """
        ...

    def skip(self, message_id: str, reason: SkipReason, stop: Stop) -> None:
        """Tell head office not to wait for a message, so that the next one of its lane may come."""
        ...

    def decisions(self, after: int, stop: Stop, wait_s: float) -> DecisionPage:
        """Ask for the answers after a cursor, waiting up to `wait_s` seconds for the first one."""
        ...


class SignedFileKind(StrEnum):
    """Files that head office publishes, each with its signature inside."""

    DIRECTORY = "directory"
    RULE_PACK = "rule-pack"


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A published file, unchanged; whoever reads it checks its signature.

    Attributes:
        version: Opaque name of this version; hand it back to learn whether there is a newer one.
    """

    kind: SignedFileKind
    version: str
    content: bytes = field(repr=False)


class PublishedFiles(Protocol):
    """Where the signed directory and the signed rule pack come from; fails as `BackOffice` does."""

    def newer(self, kind: SignedFileKind, have: str | None, stop: Stop) -> SignedFile | None:
        """Fetch the file when head office has another version than `have`, else return None."""
        ...
