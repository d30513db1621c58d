"""What the review page shows, read from the database and opened with the institution's key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from counter_app.domain.submission import Verdict
from counter_app.headoffice.blob_store import get_blob, has_blob
from counter_app.headoffice.schema import counters, decisions, messages
from counter_app.headoffice.sql_ledger import SqlLedger
from counter_app.wire.case_data import CaseData, ImageRef, PersonalData
from counter_app.wire.envelope import Opened, SealBrokenError, open_blob, open_message

PAGE = 50
AMBER, RED = timedelta(hours=4), timedelta(hours=24)
WAITING = (Verdict.RECEIVED.value, Verdict.IN_PROCESS.value)
_SHOWN_TYPES = frozenset({"image/png", "image/jpeg", "image/webp", "application/pdf"})


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases to list.

    Attributes:
        state: `WAITING`, `ALL` or a verdict.
        text: Beginning of an acceptance, merchant or terminal number.
    """

    state: str = "WAITING"
    counter: str = ""
    text: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the list."""

    counter: str
    message_id: str
    acceptance_no: str
    merchant_no: str
    merchant_name: str = field(repr=False)
    type: str
    verdict: str
    presenter: str
    risk: str
    age_s: float
    urgency: str
    missing: int


@dataclass(frozen=True, slots=True)
class Picture:
    """One image of a case; `is_here` is False until it was received."""

    ref: ImageRef
    is_here: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was decided."""

    at: datetime
    by: str
    verdict: str
    reason_code: str
    reason_text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Related:
    """Another message of the same case: a withdrawal, more documents, a swap."""

    message_id: str
    type: str
    verdict: str


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """Everything the page shows of one message.

    Attributes:
        case: None when the seal does not hold.
        personal: None when the seal does not hold or the institution's key is not here.
    """

    counter: str
    message_id: str
    acceptance_no: str
    lane: str
    type: str
    verdict: str
    received_at: datetime
    not_before: datetime | None
    case: CaseData | None
    personal: PersonalData | None = field(repr=False)
    pictures: tuple[Picture, ...] = ()
    events: tuple[Event, ...] = ()
    related: tuple[Related, ...] = ()


def counters_known(connection: Connection) -> list[str]:
    """Return all counters, by name."""
    return list(
        connection.execute(select(counters.c.counter).order_by(counters.c.counter)).scalars()
    )


def counts(connection: Connection) -> dict[str, int]:
    """Return how many messages stand at each verdict."""
    rows = connection.execute(select(messages.c.verdict, func.count()).group_by(messages.c.verdict))
    return {row[0]: row[1] for row in rows}


def oldest_waiting(connection: Connection) -> datetime | None:
    """Return when the oldest undecided message came."""
    oldest: datetime | None = connection.execute(
        select(func.min(messages.c.received_at)).where(messages.c.verdict.in_(WAITING))
    ).scalar_one()
    return oldest


def list_rows(
    connection: Connection, which: Filter, key: bytes | None, now: datetime
) -> list[ListRow]:
    """Return one page of the list: what waits, oldest first; else the newest first."""
    rows = connection.execute(_listed(which)).all()
    return [_list_row(connection, row, key, now) for row in rows]


def read_sheet(
    connection: Connection, counter: str, message_id: str, key: bytes | None
) -> CaseSheet | None:
    """Read one message, or None when it is unknown."""
    row = connection.execute(
        _with_key().where(messages.c.counter == counter, messages.c.message_id == message_id)
    ).first()
    if row is None:
        return None
    opened = _open(row, key)
    pictures = () if opened is None else _pictures(connection, counter, opened.case.images)
    return CaseSheet(
        counter=counter,
        message_id=message_id,
        acceptance_no=row.acceptance_no,
        lane=row.lane,
        type=row.type,
        verdict=row.verdict,
        received_at=row.received_at,
        not_before=row.not_before,
        case=None if opened is None else opened.case,
        personal=None if opened is None else opened.personal,
        pictures=pictures,
        events=_events(connection, counter, message_id),
        related=_related(connection, counter, message_id, row.case_id),
    )


def read_picture(
    connection: Connection, counter: str, message_id: str, sha256: str, key: bytes
) -> tuple[bytes, str] | None:
    """Open an image that a message names; returns its bytes and media type, or None."""
    sheet = read_sheet(connection, counter, message_id, None)
    if sheet is None or sheet.case is None:
        return None
    refs = [ref for ref in sheet.case.images if ref.sha256 == sha256]
    sealed = get_blob(connection, counter, sha256) if refs else None
    if sealed is None or refs[0].media_type not in _SHOWN_TYPES:
        return None
    try:
        return open_blob(sealed, sha256, key), refs[0].media_type
    except SealBrokenError:
        return None


def _with_key() -> Select[Any]:
    return select(messages, counters.c.signing_key).join(
        counters, counters.c.counter == messages.c.counter
    )


def _listed(which: Filter) -> Select[Any]:
    query = _with_key()
    if which.state == "WAITING":
        query = query.where(messages.c.verdict.in_(WAITING)).order_by(messages.c.received_at)
    elif which.state == "ALL":
        query = query.order_by(messages.c.received_at.desc())
    else:
        query = query.where(messages.c.verdict == which.state).order_by(
            messages.c.received_at.desc()
        )
    if which.counter:
        query = query.where(messages.c.counter == which.counter)
    if which.text:
        query = query.where(
            or_(
                *(
                    column.startswith(which.text, autoescape=True)
                    for column in (
                        messages.c.acceptance_no,
                        messages.c.lane,
                        messages.c.terminal,
                    )
                )
            )
        )
    return query.limit(PAGE + 1).offset(which.page * PAGE)


def _list_row(connection: Connection, row: Row[Any], key: bytes | None, now: datetime) -> ListRow:
    opened = _open(row, key)
    personal = None if opened is None else opened.personal
    presenter = None if opened is None else opened.case.presenter
    risk = None if opened is None else opened.case.risk
    age = now - row.received_at
    is_waiting = row.verdict in WAITING
    return ListRow(
        counter=row.counter,
        message_id=row.message_id,
        acceptance_no=row.acceptance_no,
        merchant_no=row.lane,
        merchant_name="" if personal is None else personal.merchant_name,
        type=row.type,
        verdict=row.verdict,
        presenter="" if presenter is None else presenter.role,
        risk="" if risk is None else risk.band,
        age_s=age.total_seconds(),
        urgency=_urgency(age) if is_waiting else "",
        missing=len(SqlLedger(connection).missing_blobs(row.counter, row.message_id)),
    )


def _urgency(age: timedelta) -> str:
    if age > RED:
        return "red"
    return "amber" if age > AMBER else ""


def _open(row: Row[Any], key: bytes | None) -> Opened | None:
    try:
        return open_message(row.payload, row.signing_key.encode(), key)
    except SealBrokenError:
        return None


def _pictures(
    connection: Connection, counter: str, refs: tuple[ImageRef, ...]
) -> tuple[Picture, ...]:
    return tuple(Picture(ref, has_blob(connection, counter, ref.sha256)) for ref in refs)


def _events(connection: Connection, counter: str, message_id: str) -> tuple[Event, ...]:
    rows = connection.execute(
        select(decisions)
        .where(and_(decisions.c.counter == counter, decisions.c.message_id == message_id))
        .order_by(decisions.c.cursor)
    )
    return tuple(
        Event(row.decided_at, row.decided_by, row.verdict, row.reason_code, row.reason_text)
        for row in rows
    )


def _related(
    connection: Connection, counter: str, message_id: str, case_id: str
) -> tuple[Related, ...]:
    rows = connection.execute(
        select(messages.c.message_id, messages.c.type, messages.c.verdict)
        .where(
            messages.c.counter == counter,
            messages.c.case_id == case_id,
            messages.c.message_id != message_id,
        )
        .order_by(messages.c.seq)
    )
    return tuple(Related(row.message_id, row.type, row.verdict) for row in rows)
