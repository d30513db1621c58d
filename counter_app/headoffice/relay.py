"""Handing decided events on to RabbitMQ, for other systems that subscribe.

The database stays the truth: how far each counter's decisions were handed on is noted only after
the broker confirmed them, so a death between the two repeats events and never loses one. Whoever
reads tells them apart by the event's id. Nothing personal is in an event.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Row, delete, func, insert, select

from counter_app.errors import CounterError, FailureCode
from counter_app.headoffice.database import Database
from counter_app.headoffice.schema import decisions, relayed
from counter_app.wire.answers import ENVELOPE_TYPE
from counter_app.wire.case_data import utc

log = logging.getLogger(__name__)

EXCHANGE = "counter.decided"
QUEUE = "counter.decided"
TIMEOUT_S = 10.0
PAGE = 200
_QUORUM = {"x-queue-type": "quorum"}


@dataclass(frozen=True, slots=True)
class DecidedEvent:
    """One decision as other systems see it: CloudEvents 1.0, JSON, UTF-8.

    Attributes:
        event_id: Counter, message and cursor; the same decision always has the same.
    """

    counter: str
    cursor: int
    event_id: str
    body: bytes


Publish = Callable[[DecidedEvent], Awaitable[None]]
"""Returns once the broker holds the event durably."""


def unrelayed(database: Database, most: int = PAGE) -> list[DecidedEvent]:
    """Return decisions that were not handed on, each counter's in their order."""
    done = func.coalesce(relayed.c.cursor, 0)
    with database.reading() as connection:
        rows = connection.execute(
            select(decisions)
            .outerjoin(relayed, relayed.c.counter == decisions.c.counter)
            .where(decisions.c.cursor > done)
            .order_by(decisions.c.counter, decisions.c.cursor)
            .limit(most)
        ).all()
    return [_event(row) for row in rows]


def note_relayed(database: Database, event: DecidedEvent) -> None:
    """Note that a counter's decisions are handed on up to this one."""
    with database.writing() as connection:
        connection.execute(delete(relayed).where(relayed.c.counter == event.counter))
        connection.execute(insert(relayed).values(counter=event.counter, cursor=event.cursor))


async def relay_page(database: Database, publish: Publish) -> int:
    """Hand one page of decisions on; returns how many."""
    events = await asyncio.to_thread(unrelayed, database)
    for event in events:
        await publish(event)
        await asyncio.to_thread(note_relayed, database, event)
    return len(events)


async def relay_all(database: Database, amqp_url: str) -> int:
    """Connect, hand everything on that waits, and disconnect; returns how many.

    Raises:
        CounterError: OFFICE_BROKER when the broker is away or did not confirm in time.
    """
    try:
        import aio_pika
    except ImportError as error:
        raise CounterError(FailureCode.OFFICE_BROKER, cause="aio-pika is not installed") from error
    refused = (aio_pika.exceptions.AMQPError, OSError, TimeoutError)
    total = 0
    try:
        async with await aio_pika.connect(amqp_url, timeout=TIMEOUT_S) as connection:
            publish = await _publisher(connection)
            while count := await relay_page(database, publish):
                total += count
    except refused as error:
        raise CounterError(FailureCode.OFFICE_BROKER, cause=type(error).__name__) from error
    return total


async def relay_for_ever(database: Database, amqp_url: str, pause_s: float) -> None:
    """Hand decisions on until cancelled; a broker that is away is asked again after a pause."""
    while True:
        try:
            count = await relay_all(database, amqp_url)
        except CounterError as error:
            log.warning("broker not reached: %s", error.facts.get("cause"))
        else:
            if count:
                log.info("events handed on: %d", count)
        await asyncio.sleep(pause_s)


class _Connection(Protocol):
    def channel(self, *, publisher_confirms: bool) -> Awaitable[Any]: ...


async def _publisher(connection: _Connection) -> Publish:
    """Declare the exchange and a quorum queue; both survive a restart of the broker."""
    import aio_pika

    channel = await connection.channel(publisher_confirms=True)
    exchange = await channel.declare_exchange(
        EXCHANGE, aio_pika.ExchangeType.FANOUT, durable=True, timeout=TIMEOUT_S
    )
    queue = await channel.declare_queue(QUEUE, durable=True, arguments=_QUORUM, timeout=TIMEOUT_S)
    await queue.bind(exchange, timeout=TIMEOUT_S)

    async def publish(event: DecidedEvent) -> None:
        message = aio_pika.Message(
            event.body,
            content_type=ENVELOPE_TYPE,
            message_id=event.event_id,
            delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        )
        await exchange.publish(message, routing_key="", mandatory=True, timeout=TIMEOUT_S)

    return publish


def _event(row: Row[Any]) -> DecidedEvent:
    values = row._mapping  # noqa: SLF001  (SQLAlchemy's public name for a row as a mapping)
    event_id = f"{values['counter']}/{values['message_id']}/{values['cursor']}"
    body = {
        "specversion": "1.0",
        "id": event_id,
        "source": "urn:headoffice",
        "type": "headoffice.case.decided.v1",
        "subject": values["case_id"],
        "time": utc(values["decided_at"]),
        "datacontenttype": "application/json",
        "data": {
            "counter": values["counter"],
            "messageid": values["message_id"],
            "caseid": values["case_id"],
            "verdict": values["verdict"],
            "reason_code": values["reason_code"],
            "channels": values["channels"],
        },
    }
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return DecidedEvent(values["counter"], values["cursor"], event_id, text.encode())
