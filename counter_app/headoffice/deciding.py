"""Deciding on messages, and handing the decisions out by cursor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from counter_app.domain.submission import Verdict
from counter_app.headoffice.schema import audit, counters, decisions, messages
from counter_app.wire.answers import ChannelState, DecisionItem

FINAL = frozenset({Verdict.APPLIED, Verdict.REJECTED})
"""After one of these no other decision follows."""

PAGE = 200
"""How many answers one page holds at most."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was decided on one message.

    Attributes:
        channels: State by channel name.
        by: Who decided; the reviewer's name, or "auto".
    """

    verdict: Verdict
    by: str
    reason_code: str = ""
    reason_text: str = ""
    next_action: str = ""
    channels: tuple[tuple[str, str], ...] = ()


def decide(
    connection: Connection, counter: str, message_id: str, judgement: Judgement, at: datetime
) -> bool:
    """Record a decision with the next cursor of its counter.

    Returns:
        False when the message is unknown or was decided for good before; nothing is changed then.
    """
    cursor = _next_cursor(connection, counter)
    row = _message(connection, counter, message_id)
    if row is None or Verdict(row.verdict) in FINAL:
        return False
    connection.execute(
        insert(decisions).values(
            counter=counter,
            cursor=cursor,
            message_id=message_id,
            case_id=row.case_id,
            verdict=judgement.verdict.value,
            reason_code=judgement.reason_code,
            reason_text=judgement.reason_text,
            next_action=judgement.next_action,
            channels=dict(judgement.channels),
            decided_at=at,
            decided_by=judgement.by,
        )
    )
    connection.execute(
        update(messages)
        .where(messages.c.counter == counter, messages.c.message_id == message_id)
        .values(verdict=judgement.verdict.value, decided_at=at)
    )
    note(connection, judgement.by, f"decided.{judgement.verdict.value}", message_id, at)
    return True


def note(connection: Connection, who: str, act: str, subject: str, at: datetime) -> None:
    """Write one row of the audit trail."""
    connection.execute(insert(audit).values(at=at, who=who, act=act, subject=subject))


def answers_after(connection: Connection, counter: str, cursor: int) -> list[DecisionItem]:
    """Return a counter's answers after a cursor, in order, at most `PAGE` of them."""
    rows = connection.execute(
        select(decisions)
        .where(decisions.c.counter == counter, decisions.c.cursor > cursor)
        .order_by(decisions.c.cursor)
        .limit(PAGE)
    )
    return [_item(row) for row in rows]


def last_cursors(connection: Connection, who: Iterable[str]) -> Mapping[str, int]:
    """Return the newest cursor of each counter that was asked for."""
    rows = connection.execute(
        select(counters.c.counter, counters.c.last_cursor).where(counters.c.counter.in_(list(who)))
    )
    return {row.counter: row.last_cursor for row in rows}


def _next_cursor(connection: Connection, counter: str) -> int:
    """Take the next cursor; the row stays locked, so cursors become visible in their order."""
    connection.execute(
        update(counters)
        .where(counters.c.counter == counter)
        .values(last_cursor=counters.c.last_cursor + 1)
    )
    taken: int = connection.execute(
        select(counters.c.last_cursor).where(counters.c.counter == counter)
    ).scalar_one()
    return taken


def _message(connection: Connection, counter: str, message_id: str) -> Row[Any, Any] | None:
    return connection.execute(
        select(messages.c.case_id, messages.c.verdict).where(
            messages.c.counter == counter, messages.c.message_id == message_id
        )
    ).first()


def _item(row: Row[Any, Any]) -> DecisionItem:
    values = row._mapping  # noqa: SLF001  (SQLAlchemy's public name for a row as a mapping)
    return DecisionItem(
        cursor=values["cursor"],
        id=values["message_id"],
        caseid=values["case_id"],
        verdict=values["verdict"],
        reason_code=values["reason_code"],
        reason_text=values["reason_text"],
        next_action=values["next_action"],
        channels=[
            ChannelState(channel=channel, state=state)
            for channel, state in values["channels"].items()
        ],
        decided_at=values["decided_at"],
    )
