"""Decided events on their way to other systems: in order, never lost, nothing personal."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aio_pika
import pytest
from sqlalchemy import select

from counter_app.domain.submission import MessageType, Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.headoffice.database import Database, sqlite_url
from counter_app.headoffice.deciding import Judgement, decide
from counter_app.headoffice.identity import register
from counter_app.headoffice.intake import Incoming
from counter_app.headoffice.relay import (
    PAGE,
    QUEUE,
    DecidedEvent,
    _publisher,
    relay_all,
    relay_page,
    unrelayed,
)
from counter_app.headoffice.schema import relayed
from counter_app.headoffice.sql_ledger import SqlLedger
from tests.contract.headoffice.rabbit import Broker, new_broker

ROOT = Path(__file__).parents[3]
AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SECRET = "给客户的话：请张三重拍"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(sqlite_url(tmp_path / "office.db"))
    opened.upgrade(AT)
    yield opened
    opened.close()


def decided(database: Database, counter: str, count: int, first: int = 0) -> None:
    """Let a counter have so many decisions, the later ones made by an earlier clock."""
    with database.writing() as connection:
        register(connection, counter, b"key", AT)
        for number in range(first, first + count):
            name = f"{counter}-{number:04d}"
            ledger = SqlLedger(connection)
            ledger.add(Incoming(counter, name, name, name, "m", None, *KIND, "0" * 64, (), b""), AT)
            judgement = Judgement(
                Verdict.REJECTED, "shen", "UNCLEAR", SECRET, SECRET, (("alipay", "failed"),)
            )
            decide(connection, counter, name, judgement, AT - timedelta(minutes=number))


KIND = (MessageType.PHONE_REBIND, 1)


def test_events_go_in_order_and_once_though_clocks_ran_backwards(database: Database) -> None:
    decided(database, "110199-01", 250)
    decided(database, "110199-02", 3)
    seen: list[DecidedEvent] = []

    async def publish(event: DecidedEvent) -> None:
        seen.append(event)

    while asyncio.run(relay_page(database, publish)):
        pass
    for counter, count in (("110199-01", 250), ("110199-02", 3)):
        own = [event.cursor for event in seen if event.counter == counter]
        assert own == list(range(1, count + 1))
    assert unrelayed(database) == []


def test_an_event_that_was_not_confirmed_goes_again(database: Database) -> None:
    decided(database, "110199-01", 5)
    confirmed: list[int] = []

    async def dies(event: DecidedEvent) -> None:
        if event.cursor == 3:
            raise ConnectionResetError
        confirmed.append(event.cursor)

    with pytest.raises(ConnectionResetError):
        asyncio.run(relay_page(database, dies))
    assert confirmed == [1, 2]
    assert [event.cursor for event in unrelayed(database)] == [3, 4, 5]


def test_an_event_is_a_cloud_event_without_anything_personal(database: Database) -> None:
    decided(database, "110199-01", 1)
    (event,) = unrelayed(database)
    read = json.loads(event.body)
    assert read["specversion"] == "1.0"
    assert {"id", "source", "type", "subject", "time", "data"} <= set(read)
    assert SECRET not in event.body.decode()
    assert read["data"]["channels"] == {"alipay": "failed"}


def test_a_broker_that_is_away_is_said(database: Database) -> None:
    with pytest.raises(CounterError) as caught:
        asyncio.run(relay_all(database, "amqp://guest:guest@127.0.0.1:1/"))
    assert caught.value.code is FailureCode.OFFICE_BROKER


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_real_broker_that_was_away_has_every_event_afterwards(
    database: Database, broker: Broker
) -> None:
    decided(database, "110199-01", 40)
    _settled(broker)
    assert _relay(database, broker) == 40
    broker.stop()
    decided(database, "110199-01", 20, first=40)
    with pytest.raises(CounterError):
        asyncio.run(relay_all(database, broker.url))
    broker.start()
    _settled(broker)
    assert _relay(database, broker) == 20
    assert _cursors(asyncio.run(_drain(broker))) == list(range(1, 61))


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    made = new_broker(tmp_path_factory.mktemp("broker"))
    made.start()
    yield made
    made.stop()


def _cursors(ids: list[str]) -> list[int]:
    return [int(one.rsplit("/", 1)[1]) for one in ids]


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("point", ["published", "noted"])
def test_a_relay_killed_at_any_step_loses_nothing_and_repeats_under_the_same_name(
    database: Database, tmp_path: Path, broker: Broker, point: str
) -> None:
    decided(database, "110199-01", 12)
    _settled(broker)
    order = [str(tmp_path / "office.db"), broker.url, point, "5"]
    worker = [sys.executable, "-m", "tests.contract.headoffice.relay_worker", *order]
    assert subprocess.run(worker, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert _relay(database, broker) == (8 if point == "published" else 7)
    ids = asyncio.run(_drain(broker))
    twice = [5] if point == "published" else []
    assert sorted(_cursors(ids)) == sorted([*range(1, 13), *twice])
    assert list(dict.fromkeys(_cursors(ids))) == list(range(1, 13)), "the first of each in order"
    assert len(set(ids)) == 12


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_broker_killed_while_it_takes_events_keeps_every_one_it_confirmed(
    database: Database, broker: Broker
) -> None:
    decided(database, "110199-01", 400)
    _settled(broker)
    failed: list[CounterError] = []

    def hand_on() -> None:
        try:
            asyncio.run(relay_all(database, broker.url))
        except CounterError as error:
            failed.append(error)

    relaying = threading.Thread(target=hand_on)
    relaying.start()
    until = time.monotonic() + 30
    while len(unrelayed(database)) == PAGE and time.monotonic() < until:
        relaying.join(0.01)
    broker.kill()
    relaying.join(60)
    assert [error.code for error in failed] == [FailureCode.OFFICE_BROKER]
    noted = _noted(database)
    assert 0 < noted < 400
    broker.start()
    _settled(broker)
    assert _relay(database, broker) == 400 - noted
    cursors = _cursors(asyncio.run(_drain(broker)))
    assert set(cursors) == set(range(1, 401)), "none is lost"
    assert len(cursors) <= 401, "at most the one under way comes twice"


def _noted(database: Database) -> int:
    with database.reading() as connection:
        found: int = connection.execute(select(relayed.c.cursor)).scalar_one()
    return found


def _settled(broker: Broker) -> None:
    """Wait until the broker takes work; a node that listens may still be starting."""
    until = time.monotonic() + 90
    while time.monotonic() < until:
        try:
            asyncio.run(_declared(broker))
        except (OSError, TimeoutError, aio_pika.exceptions.AMQPError):
            time.sleep(0.5)
            continue
        return
    pytest.fail("the broker takes nothing")


async def _declared(broker: Broker) -> None:
    async with await aio_pika.connect(broker.url, timeout=10) as connection:
        await _publisher(connection)


def _relay(database: Database, broker: Broker) -> int:
    """Hand on; a broker that listens may still refuse for a moment while it starts."""
    for _ in range(6):
        try:
            return asyncio.run(relay_all(database, broker.url))
        except CounterError:
            continue
    pytest.fail("the broker takes nothing")


async def _drain(broker: Broker) -> list[str]:
    ids = []
    async with await aio_pika.connect(broker.url, timeout=10) as connection:
        channel = await connection.channel()
        queue = await channel.get_queue(QUEUE)
        while (message := await queue.get(fail=False, timeout=10)) is not None:
            await message.ack()
            ids.append(message.message_id or "")
    return ids
