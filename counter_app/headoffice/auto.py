"""Deciding by itself, for demonstrations: every message goes IN_PROCESS and then APPLIED.

It looks at nothing in a message but whether its images are there; it never runs in production.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from sqlalchemy import Exists, Select, exists, or_, select
from sqlalchemy.exc import SQLAlchemyError

from counter_app.domain.submission import MessageType, Verdict
from counter_app.headoffice.deciding import Judgement, decide, is_newest
from counter_app.headoffice.schema import messages
from counter_app.headoffice.sql_ledger import SqlLedger
from counter_app.headoffice.station import Station

log = logging.getLogger(__name__)

CHANNELS = ("unionpay", "alipay", "wechat")
_WHO = "auto"
_WITHDRAW = MessageType.WITHDRAW.value


async def decide_by_itself(station: Station, pause_s: float) -> None:
    """Decide until cancelled; each message takes two turns of `pause_s` seconds."""
    while True:
        await asyncio.sleep(pause_s)
        try:
            await asyncio.to_thread(one_turn, station, timedelta(seconds=pause_s))
        except SQLAlchemyError as error:
            log.warning("automatic turn skipped: %s", type(error).__name__)


def one_turn(station: Station, rest: timedelta) -> int:
    """Move every message one verdict on; returns how many moved.

    Args:
        station: Where.
        rest: How long a message stays IN_PROCESS at least.
    """
    now = station.now()
    moved = 0
    with station.database.writing() as connection:
        for row in connection.execute(_due(now)).all():
            if SqlLedger(connection).missing_blobs(row.counter, row.message_id):
                continue
            if row.verdict == Verdict.IN_PROCESS and row.decided_at > now - rest:
                continue
            moved += decide(connection, row.counter, row.message_id, _next(row.verdict), now)
    return moved


def _due(now: datetime) -> Select[tuple[str, str, str, datetime]]:
    return (
        select(messages.c.counter, messages.c.message_id, messages.c.verdict, messages.c.decided_at)
        .where(
            messages.c.verdict.in_([Verdict.RECEIVED.value, Verdict.IN_PROCESS.value]),
            or_(messages.c.not_before.is_(None), messages.c.not_before <= now),
            or_(messages.c.type == _WITHDRAW, ~_is_withdrawn()),
            is_newest(),
        )
        .order_by(messages.c.seq)
        .limit(500)
    )


def _is_withdrawn() -> Exists:
    withdrawal = messages.alias("withdrawal")
    return exists().where(
        withdrawal.c.counter == messages.c.counter,
        withdrawal.c.case_id == messages.c.case_id,
        withdrawal.c.type == _WITHDRAW,
    )


def _next(verdict: str) -> Judgement:
    if verdict == Verdict.RECEIVED:
        return Judgement(
            Verdict.IN_PROCESS, _WHO, channels=tuple((name, "pending") for name in CHANNELS)
        )
    return Judgement(Verdict.APPLIED, _WHO, channels=tuple((name, "done") for name in CHANNELS))
