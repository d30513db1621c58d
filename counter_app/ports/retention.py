"""What is held of a case, under which class, and until when: for whoever asks, and for purging."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from counter_app.domain.case_state import OPEN_STATES, CaseState
from counter_app.domain.journal import CHINA, counter_day
from counter_app.domain.submission import MessageState
from counter_app.ports.stored import (
    PaperStatus,
    QueuedMessage,
    RegisterEntry,
    Retention,
    RetentionClass,
    StoredCase,
)
from counter_app.ports.vault import ImageRef

DECIDED = (CaseState.APPLIED, CaseState.REJECTED, CaseState.VOIDED, CaseState.SUPERSEDED)
ENDED = (CaseState.REFUSED, CaseState.ADVISED_ONLINE)
SETTLED = (MessageState.DECIDED, MessageState.VOIDED)
SUSPECTED_FRAUD = "11"
"""Reason code 疑似被冒用: the pictures of such a case stay as long as the case."""

NOTICE = timedelta(days=14)
"""How long before an open case goes the clerks are told, at opening and at hand-over."""


class Sort(StrEnum):
    """What sort of thing is held."""

    CASE = "CASE"
    PICTURE = "PICTURE"
    PAPER = "PAPER"
    MESSAGE = "MESSAGE"
    CORRECTION = "CORRECTION"
    REGISTER = "REGISTER"
    JOURNAL = "JOURNAL"


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is held of a case.

    Attributes:
        kind: Of a picture or paper ("id_front", "signed_receipt", "receipt"), the type of a
            message, the register ("letter", "agent", "phone"); else empty.
        ends_at: From when it may go (aware UTC; it goes within the hour while the program runs and
            head office says the time); None: not before head office has decided.
    """

    sort: Sort
    kind: str
    retention: RetentionClass
    ends_at: datetime | None


def class_of(state: CaseState) -> RetentionClass:
    """Return the class of a case in this state, with its pictures and papers."""
    if state in OPEN_STATES or state is CaseState.ABANDONED:
        return RetentionClass.ABANDONED
    return RetentionClass.REFUSED if state in ENDED else RetentionClass.CASE


def case_ends_at(
    case: StoredCase, messages: Sequence[QueuedMessage], retention: Retention
) -> datetime | None:
    """Return when a case may go; None while head office has not decided every message of it."""
    if any(one.state not in SETTLED for one in messages):
        return None
    if case.state is CaseState.ABANDONED:
        return case.changed_at
    if case.state in OPEN_STATES:
        return case.changed_at + retention.abandoned
    if case.state in ENDED:
        return case.changed_at + retention.refused
    return case.changed_at + retention.case if case.state in DECIDED else None


def goes_soon_on(case: StoredCase, now: datetime) -> date | None:
    """Return the day from which an open case goes unless somebody goes on with it, when near."""
    if case.state not in OPEN_STATES:
        return None
    ends_at = case.changed_at + Retention().abandoned
    return counter_day(ends_at) if now >= ends_at - NOTICE else None


def kept_of(
    case: StoredCase,
    images: Sequence[ImageRef],
    papers: Sequence[PaperStatus],
    messages: Sequence[QueuedMessage],
    retention: Retention,
) -> Iterator[Kept]:
    """Yield what is held of a case beside corrections, registers and journal."""
    ends_at, of_case = case_ends_at(case, messages, retention), class_of(case.state)
    if case.purged_at is None:
        yield Kept(Sort.CASE, "", of_case, ends_at)
    go_at_close = case.state in ENDED and case.summary.reason_code != SUSPECTED_FRAUD
    for image in images:
        yield Kept(Sort.PICTURE, image.kind, of_case, case.changed_at if go_at_close else ends_at)
    for paper in papers:
        yield Kept(Sort.PAPER, paper.kind, of_case, ends_at)
    for queued in messages:
        if queued.message.payload:
            yield _message(queued, retention)


def kept_in_registers(
    entries: Sequence[RegisterEntry], last_day: date | None, retention: Retention
) -> Iterator[Kept]:
    """Yield what letters, agents, numbers and the journal remember: hashes and codes only.

    Args:
        entries: Of one case.
        last_day: Of the case's last row of the journal, None without one.
        retention: How long each class stays.
    """
    for entry in entries:
        yield Kept(
            Sort.REGISTER, entry.register, RetentionClass.JOURNAL, _after(entry.on, retention)
        )
    if last_day is not None:
        ends_at = _after(last_day, retention)
        yield Kept(Sort.JOURNAL, "", RetentionClass.JOURNAL, ends_at)


def _message(queued: QueuedMessage, retention: Retention) -> Kept:
    since = queued.decided_at or queued.message.created_at
    ends_at = since + retention.payload if queued.state in SETTLED else None
    return Kept(Sort.MESSAGE, queued.message.type.value, RetentionClass.PAYLOAD, ends_at)


def _after(day: date, retention: Retention) -> datetime:
    """Return the beginning of the first day on which a day's rows are too old."""
    return datetime.combine(day + retention.journal + timedelta(days=1), time(), CHINA)
