"""The journal (操作日志): what was done, by whom, where; each row names the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

GENESIS = "0" * 64
"""What the first row names as the row before it."""

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China Standard Time; no daylight saving since 1991."""


def counter_day(at: datetime) -> date:
    """Return the counter's day (Asia/Shanghai) of an aware time."""
    return at.astimezone(CHINA).date()


class JournalAction(StrEnum):
    """What a row is about; the store itself writes those of cases, messages, prints and purges."""

    CASE_STARTED = "CASE_STARTED"
    STATE_CHANGED = "STATE_CHANGED"
    HANDED_OVER = "HANDED_OVER"
    ACCEPTED = "ACCEPTED"
    REVIEWED = "REVIEWED"
    OVERRIDE = "OVERRIDE"
    SAMPLED = "SAMPLED"
    POST_REVIEWED = "POST_REVIEWED"
    LETTER_USED = "LETTER_USED"
    LETTER_REVOKED = "LETTER_REVOKED"
    MESSAGE_QUEUED = "MESSAGE_QUEUED"
    MESSAGE_MARKED = "MESSAGE_MARKED"
    DOCUMENTS_ADDED = "DOCUMENTS_ADDED"
    DECIDED = "DECIDED"
    OFFICE_RESTORED = "OFFICE_RESTORED"
    SEALED = "SEALED"
    PRINTED = "PRINTED"
    REPRINTED = "REPRINTED"
    PRINT_CONFIRMED = "PRINT_CONFIRMED"
    NO_PAPER = "NO_PAPER"
    SIGNED_COPY_KEPT = "SIGNED_COPY_KEPT"
    SIGNED_ON_PAD = "SIGNED_ON_PAD"
    REVEALED = "REVEALED"
    EXPORTED = "EXPORTED"
    CORRECTION_NOTED = "CORRECTION_NOTED"
    SIGNED_IN = "SIGNED_IN"
    SIGN_IN_REFUSED = "SIGN_IN_REFUSED"
    SIGNED_OUT = "SIGNED_OUT"
    STEPPED_UP = "STEPPED_UP"
    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - a name, not a secret
    ACCOUNTS_LOADED = "ACCOUNTS_LOADED"
    LOCKED = "LOCKED"
    UNLOCKED = "UNLOCKED"
    RULES_LOADED = "RULES_LOADED"
    DIRECTORY_LOADED = "DIRECTORY_LOADED"
    SETTINGS_CHANGED = "SETTINGS_CHANGED"
    DEVICE_CHECKED = "DEVICE_CHECKED"
    DAY_OPENED = "DAY_OPENED"
    DAY_CLOSED = "DAY_CLOSED"
    CASES_UNLOCKED = "CASES_UNLOCKED"
    PURGED = "PURGED"
    JOURNAL_PURGED = "JOURNAL_PURGED"
    BACKED_UP = "BACKED_UP"
    RESTORED = "RESTORED"


@dataclass(frozen=True, slots=True)
class Place:
    """Where rows are written; the same for every row of one run.

    Attributes:
        branch: Six digits.
        counter: Two digits.
        device: Name of the machine.
        app_version: Version of the program.
        clock_source: What sets the clock, for example "ntp" or "local".
    """

    branch: str
    counter: str
    device: str
    app_version: str
    clock_source: str = "local"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One act.

    Attributes:
        at: Aware UTC.
        actor: Account id, or "sender", "system".
        case_id: The case, or empty.
        facts: Short values without personal data: codes, counts, versions, hashes; the key
            `to_state` names the state that a case enters.
    """

    at: datetime
    actor: str
    action: JournalAction
    case_id: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One row as it is kept.

    Attributes:
        seq: 1, 2, 3 ... without gaps.
        prev: Hash of the row before, 64 hex digits.
        record: Canonical JSON of seq, prev and the act (UTF-8).
        hash: SHA-256 of `record`, 64 hex digits.
    """

    seq: int
    prev: str
    record: bytes
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The journal's head at some moment, kept outside the machine (receipt, day-end message)."""

    seq: int
    hash: str


class JournalDamage(StrEnum):
    """What verification can find."""

    EDITED = "EDITED"
    DELETED = "DELETED"
    REORDERED = "REORDERED"
    LINK_BROKEN = "LINK_BROKEN"
    CUT_TAIL = "CUT_TAIL"
    ANCHOR_DIFFERS = "ANCHOR_DIFFERS"


@dataclass(frozen=True, slots=True)
class JournalFault:
    """One place where the journal is not what was written.

    Attributes:
        seq: The row, or the first missing row.
    """

    seq: int
    damage: JournalDamage


def chain(head: Anchor, entry: JournalEntry, place: Place) -> JournalRow:
    """Make the row that follows `head`."""
    seq = head.seq + 1
    record = canonical(
        {
            "seq": seq,
            "prev": head.hash,
            "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "day": counter_day(entry.at).isoformat(),
            "actor": entry.actor,
            "action": entry.action.value,
            "case": entry.case_id,
            "facts": dict(entry.facts),
            "branch": place.branch,
            "counter": place.counter,
            "device": place.device,
            "app": place.app_version,
            "clock": place.clock_source,
        }
    )
    return JournalRow(seq, head.hash, record, hashlib.sha256(record).hexdigest())


def as_line(row: JournalRow) -> bytes:
    """Write a row as one line of an export: canonical JSON of hash, prev, record and seq."""
    record = row.record.decode("utf-8")
    said = {"seq": row.seq, "prev": row.prev, "record": record, "hash": row.hash}
    return canonical(said) + b"\n"


def from_line(line: bytes) -> JournalRow:
    """Read a line of an export, so that it can be verified away from the counter.

    Raises:
        ValueError: The line is not one of an export.
    """
    said = json.loads(line)
    if not isinstance(said, dict) or set(said) != {"seq", "prev", "record", "hash"}:
        raise ValueError("not a line of an exported journal")
    return JournalRow(
        int(said["seq"]), str(said["prev"]), str(said["record"]).encode(), str(said["hash"])
    )


def canonical(value: object) -> bytes:
    """Return the canonical JSON of `value`: sorted keys, no spaces, UTF-8.

    Source: the subset of RFC 8785 that strings, integers, lists and objects need.
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def verify(
    rows: Iterable[JournalRow], anchors: Sequence[Anchor] = (), base: Anchor | None = None
) -> tuple[JournalFault, ...]:
    """Judge a journal: edits, deletions, reordering, and a cut tail against anchors.

    Args:
        rows: In the order in which they are kept.
        anchors: Heads that were noted outside the machine.
        base: The row before the first one kept; None: the journal begins with row 1.

    Returns:
        Faults in the order found; empty when the journal is whole.
    """
    start = base or Anchor(0, GENESIS)
    head = start
    faults: list[JournalFault] = []
    wanted = {anchor.seq: anchor.hash for anchor in anchors}
    for row in rows:
        faults.extend(_faults_of(row, head))
        if row.seq in wanted and wanted[row.seq] != row.hash:
            faults.append(JournalFault(row.seq, JournalDamage.ANCHOR_DIFFERS))
        head = Anchor(row.seq, row.hash)
    cut = [anchor.seq for anchor in anchors if anchor.seq > head.seq]
    if cut:
        faults.append(JournalFault(head.seq + 1, JournalDamage.CUT_TAIL))
    return tuple(faults)


def _faults_of(row: JournalRow, head: Anchor) -> list[JournalFault]:
    faults: list[JournalFault] = []
    if hashlib.sha256(row.record).hexdigest() != row.hash or not _says(row):
        faults.append(JournalFault(row.seq, JournalDamage.EDITED))
    if row.seq <= head.seq:
        faults.append(JournalFault(row.seq, JournalDamage.REORDERED))
    elif row.seq != head.seq + 1:
        faults.append(JournalFault(head.seq + 1, JournalDamage.DELETED))
    elif row.prev != head.hash:
        faults.append(JournalFault(row.seq, JournalDamage.LINK_BROKEN))
    return faults


def _says(row: JournalRow) -> bool:
    """Say whether a record names its own place; `canonical` writes prev and seq last."""
    end = b',"prev":"%b","seq":%d}' % (row.prev.encode(), row.seq)
    if row.record.startswith(b'{"action":"') and row.record.endswith(end):
        return True
    try:
        said = json.loads(row.record)
    except ValueError:
        return False
    if not isinstance(said, dict):
        return False
    return said.get("seq") == row.seq and said.get("prev") == row.prev
