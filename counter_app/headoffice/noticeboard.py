"""Telling held polls that there is something new, across any number of processes."""

from __future__ import annotations

import asyncio

from counter_app.headoffice.database import Database
from counter_app.headoffice.deciding import last_cursors

LOOK_EVERY_S = 0.5


class NoticeBoard:
    """One question to the database every half second, however many counters wait."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._seen: dict[str, int] = {}

    async def wait(self, counter: str, cursor: int, timeout_s: float) -> None:
        """Return when a counter has answers after `cursor`, or when the time is over."""
        event = asyncio.Event()
        self._waiting.setdefault(counter, set()).add(event)
        self._seen[counter] = cursor
        try:
            async with asyncio.timeout(timeout_s):
                await event.wait()
        except TimeoutError:
            return
        finally:
            self._waiting[counter].discard(event)
            if not self._waiting[counter]:
                del self._waiting[counter]

    async def watch(self) -> None:
        """Look for news until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if self._waiting:
                news = await asyncio.to_thread(self._look, list(self._waiting))
                self._tell(news)

    def release(self) -> None:
        """Let every held poll go, because the process ends."""
        for events in self._waiting.values():
            for event in events:
                event.set()

    def _look(self, counters: list[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        with self._database.reading() as connection:
            for start in range(0, len(counters), 500):
                found.update(last_cursors(connection, counters[start : start + 500]))
        return found

    def _tell(self, news: dict[str, int]) -> None:
        for counter, cursor in news.items():
            if cursor > self._seen.get(counter, 0):
                for event in self._waiting.get(counter, ()):
                    event.set()
