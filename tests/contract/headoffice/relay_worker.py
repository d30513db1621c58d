"""A relay in a process of its own that kills itself at a named step of one event."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import aio_pika

from counter_app.headoffice.database import Database, sqlite_url
from counter_app.headoffice.relay import DecidedEvent, _publisher, relay_page


async def main(store: str, amqp_url: str, point: str, at: int) -> None:
    database = Database(sqlite_url(Path(store)))
    async with await aio_pika.connect(amqp_url, timeout=10) as connection:
        publish = await _publisher(connection)

        async def publish_and_die(event: DecidedEvent) -> None:
            if point == "noted" and event.cursor == at + 1:
                os.kill(os.getpid(), signal.SIGKILL)
            await publish(event)
            if point == "published" and event.cursor == at:
                os.kill(os.getpid(), signal.SIGKILL)

        await relay_page(database, publish_and_die)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
