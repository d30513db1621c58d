"""Deciding on messages, and handing the decisions out by cursor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, insert, not_, select, update

from counter_app.domain.submission import EVIDENCE, MessageType, Verdict
from counter_app.headoffice.schema import audit, counters, decisions, messages
from counter_app.wire.answers import ChannelState, DecisionItem

FINAL = frozenset({Verdict.APPLIED, Verdict.REJECTED})
"""After one of these no other decision follows."""

ABOUT_THE_CHANGE = (MessageType.PHONE_REBIND.value, MessageType.MORE_DOCUMENTS.value)
"""Messages of one case that are decided as one: the newest of them."""

PAGE = 200
"""How many answers one page holds at most."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was decided on one message.

    Attributes:
        channels: State by channel name.
        by: Who decided; the reviewer's name, or "auto".
        wanted: With NEED_MORE, the documents to bring (`WANTED_KINDS`).
        deadline: With NEED_MORE, the last day on which they count.
    """

    verdict: Verdict
    by: str
    reason_code: str = ""
    reason_text: str = ""
    next_action: str = ""
    channels: tuple[tuple[str, str], ...] = ()
    wanted: tuple[str, ...] = ()
    deadline: date | None = None


def is_newest() -> ColumnElement[bool]:
    """Say of a row of `messages` that it is what is decided on.

    It asks for something, and no later documents of its case came.
    """
    later = messages.alias("later")
    return messages.c.type.not_in([kind.value for kind in EVIDENCE]) & not_(
        and_(
            messages.c.type.in_(ABOUT_THE_CHANGE),
            exists().where(
                later.c.counter == messages.c.counter,
                later.c.case_id == messages.c.case_id,
                later.c.type == MessageType.MORE_DOCUMENTS.value,
                later.c.seq > messages.c.seq,
            ),
        )
    )


def decide(
    connection: Connection, counter: str, message_id: str, judgement: Judgement, at: datetime
) -> bool:
    """Record a decision with the next cursor of its counter.

    A decision on documents that were added later is the decision on the case: the messages before
    it are closed with it.

    Returns:
        False when the message is unknown, was decided for good before, or later documents of the
        same case came; nothing is changed then.
    """
    cursor = _next_cursor(connection, counter)
    row = _message(connection, counter, message_id)
    if row is None or Verdict(row.verdict) in FINAL:
        return False
    about = {"counter": counter, "message_id": message_id, "case_id": row.case_id}
    connection.execute(
        insert(decisions).values(**about, cursor=cursor, decided_at=at, **_columns(judgement))
    )
    connection.execute(
        update(messages)
        .where(messages.c.counter == counter, messages.c.message_id == message_id)
        .values(verdict=judgement.verdict.value, decided_at=at)
    )
    if row.type == MessageType.MORE_DOCUMENTS:
        _close_earlier(connection, counter, row, judgement.verdict, at)
    note(connection, judgement.by, f"decided.{judgement.verdict.value}", message_id, at)
    return True


def _columns(judgement: Judgement) -> dict[str, object]:
    return {
        "verdict": judgement.verdict.value,
        "reason_code": judgement.reason_code,
        "reason_text": judgement.reason_text,
        "next_action": judgement.next_action,
        "channels": dict(judgement.channels),
        "wanted": list(judgement.wanted),
        "deadline": judgement.deadline,
        "decided_by": judgement.by,
    }


def _close_earlier(
    connection: Connection,
    counter: str,
    row: Row[Any, Any, Any, Any],
    verdict: Verdict,
    at: datetime,
) -> None:
    connection.execute(
        update(messages)
        .where(
            messages.c.counter == counter,
            messages.c.case_id == row.case_id,
            messages.c.type.in_(ABOUT_THE_CHANGE),
            messages.c.seq < row.seq,
            messages.c.verdict.not_in([one.value for one in FINAL]),
        )
        .values(verdict=verdict.value, decided_at=at)
    )


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


def _message(
    connection: Connection, counter: str, message_id: str
) -> Row[Any, Any, Any, Any] | None:
    return connection.execute(
        select(messages.c.case_id, messages.c.verdict, messages.c.type, messages.c.seq).where(
            messages.c.counter == counter, messages.c.message_id == message_id, is_newest()
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
        wanted=values["wanted"] or [],
        deadline=values["deadline"],
    )
