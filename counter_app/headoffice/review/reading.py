"""What the review page shows, read from the database and opened with the institution's key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from counter_app.domain.submission import EVIDENCE, Verdict
from counter_app.headoffice.deciding import is_newest
from counter_app.headoffice.review.sheet import opened_of, with_key
from counter_app.headoffice.schema import counters, messages
from counter_app.headoffice.sql_ledger import SqlLedger

PAGE = 50
AMBER, RED = timedelta(hours=4), timedelta(hours=24)
WAITING = (Verdict.RECEIVED.value, Verdict.IN_PROCESS.value)


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


def counters_known(connection: Connection) -> list[str]:
    """Return all counters, by name."""
    return list(
        connection.execute(select(counters.c.counter).order_by(counters.c.counter)).scalars()
    )


def counts(connection: Connection) -> dict[str, int]:
    """Return how many messages stand at each verdict."""
    rows = connection.execute(
        select(messages.c.verdict, func.count()).where(is_newest()).group_by(messages.c.verdict)
    )
    return {row[0]: row[1] for row in rows}


def oldest_waiting(connection: Connection) -> datetime | None:
    """Return when the oldest undecided message came."""
    oldest: datetime | None = connection.execute(
        select(func.min(messages.c.received_at)).where(messages.c.verdict.in_(WAITING), is_newest())
    ).scalar_one()
    return oldest


def list_rows(
    connection: Connection, which: Filter, key: bytes | None, now: datetime
) -> list[ListRow]:
    """Return one page of the list: what waits, oldest first; else the newest first."""
    rows = connection.execute(_listed(which)).all()
    return [_list_row(connection, row, key, now) for row in rows]


def _listed(which: Filter) -> Select[Any]:
    query = with_key()
    if which.state == "WAITING":
        query = query.where(messages.c.verdict.in_(WAITING), is_newest()).order_by(
            messages.c.received_at
        )
    elif which.state == "ALL":
        asked = messages.c.type.not_in([kind.value for kind in EVIDENCE])
        query = query.where(asked).order_by(messages.c.received_at.desc())
    else:
        query = query.where(messages.c.verdict == which.state, is_newest()).order_by(
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
    opened = opened_of(row, key)
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
