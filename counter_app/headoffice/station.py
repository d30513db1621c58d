"""Everything one head-office process shares between its requests."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fastapi import Request

from counter_app.headoffice.authority import open_authority, write_private
from counter_app.headoffice.database import Database
from counter_app.headoffice.enrolment import Registry
from counter_app.headoffice.identity import Caller, IdentityMode, caller_of
from counter_app.headoffice.limits import Gate, Pace
from counter_app.headoffice.noticeboard import NoticeBoard
from counter_app.ports.receipt_judge import ReceiptJudge
from counter_app.wire.keys import new_institution_key, public_half
from counter_app.wire.version import FORMS, Forms

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Station:
    """One process of head office.

    Attributes:
        institution_key: The institution's private key (PEM) for the review page, or None at an edge
            that only takes messages in.
        registry: Hands certificates out, or None where another process does.
        receipts: Judges receipts that merchants bring, or None where no trust is configured.
        forms: The versions of the contract that are read here.
    """

    database: Database
    identity: IdentityMode
    board: NoticeBoard
    gate: Gate
    epoch: str
    registry: Registry | None = None
    receipts: ReceiptJudge | None = None
    forms: Forms = FORMS
    institution_key: bytes | None = field(default=None, repr=False)
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def caller(self, request: Request) -> Caller:
        """Find out which counter calls; see `identity.caller_of`."""
        with self.database.reading() as connection:
            return caller_of(request, connection, self.identity)


def open_station(
    database_url: str, keys: Path, identity: IdentityMode, pace: Pace | None = None
) -> Station:
    """Open the database and the keys, making both on first use.

    Args:
        database_url: SQLAlchemy address, `sqlite+pysqlite:///...` or `postgresql+psycopg://...`.
        keys: Folder of `authority.*` and `institution.key`.
        identity: How counters show who they are.
        pace: How fast counters may go.
    """
    now = datetime.now(UTC)
    database = Database(database_url)
    database.upgrade(now)
    institution = institution_key(keys)
    return Station(
        database=database,
        identity=identity,
        board=NoticeBoard(database),
        gate=Gate(pace or Pace(), time.monotonic, random.random),
        epoch=database.epoch(),
        registry=Registry(open_authority(keys, now), public_half(institution)),
        institution_key=institution,
    )


def institution_key(keys: Path) -> bytes:
    """Return the institution's private key (PEM) of a folder, making it on first use."""
    path = keys / "institution.key"
    if not path.exists():
        keys.mkdir(parents=True, exist_ok=True)
        write_private(path, new_institution_key())
    return path.read_bytes()
