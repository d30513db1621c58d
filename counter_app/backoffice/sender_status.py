"""What the sender tells the window: a small file, replaced as a whole."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.back_office import Contact

STALE_AFTER = timedelta(minutes=10)
"""Longer than a step on the slowest line; what is older was left by a sender that is gone."""

_SIZE = 512
"""Bytes of the file, always the same, so that it can be written over."""


@dataclass(frozen=True, slots=True)
class SenderStatus:
    """How the sender stood when it last looked.

    Attributes:
        at: When this was written (aware UTC).
        pid: Process of the sender.
    """

    at: datetime
    pid: int
    contact: Contact

    def is_stale(self, now: datetime) -> bool:
        """Say whether no sender stands behind it any more."""
        expected = max(self.at, self.contact.next_try or self.at)
        return now > expected + STALE_AFTER


def write_status(path: Path, contact: Contact, now: datetime) -> None:
    """Replace the file; on a full disk write over the one that is there.

    Raises:
        CounterError: DISK_FULL, when there is none yet.
    """
    value = {
        "at": now.isoformat(),
        "pid": os.getpid(),
        "last_contact": _text(contact.last_contact),
        "trouble": contact.trouble,
        "next_try": _text(contact.next_try),
        "skew_s": round(contact.skew_s, 1),
    }
    text = json.dumps(value).ljust(_SIZE).encode()
    fresh = path.with_suffix(".new")
    try:
        fresh.write_bytes(text)
        fresh.replace(path)
    except OSError:
        _write_over(path, text)


def _write_over(path: Path, text: bytes) -> None:
    """Use the room that the file has: a full disk is what the window must be told of."""
    try:
        with path.open("r+b") as file:
            file.write(text)
    except OSError as error:
        raise CounterError(FailureCode.DISK_FULL, file=path.name) from error


def read_status(path: Path) -> SenderStatus | None:
    """Return what the sender wrote last, or None when it never ran or the file is damaged."""
    try:
        value = json.loads(path.read_text())
        trouble = value["trouble"]
        contact = Contact(
            last_contact=_time(value["last_contact"]),
            trouble=None if trouble is None else FailureCode(trouble),
            next_try=_time(value["next_try"]),
            skew_s=float(value["skew_s"]),
        )
        return SenderStatus(datetime.fromisoformat(value["at"]), int(value["pid"]), contact)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
