"""The same histories on the real stores: SQLCipher at the counter, SQLite at head office."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random

from sqlalchemy import select

from counter_app.domain.submission import (
    EVIDENCE,
    Decision,
    MessageState,
    OutboxMessage,
    Verdict,
)
from counter_app.errors import CounterError
from counter_app.headoffice.database import Database as OfficeDatabase
from counter_app.headoffice.database import sqlite_url
from counter_app.headoffice.deciding import FINAL, Judgement, answers_after, decide, is_newest
from counter_app.headoffice.identity import register
from counter_app.headoffice.intake import Incoming
from counter_app.headoffice.schema import message_blobs, messages
from counter_app.headoffice.sql_ledger import SqlLedger
from counter_app.ports.back_office import DecisionPage
from counter_app.ports.stored import QueuedMessage
from counter_app.storage.database import Database
from counter_app.storage.store import SqlCaseStore
from tests.contract.store.builders import PLACE, accepted
from tests.contract.store.conftest import KEY
from tests.faults.simulation.bugs import Bug
from tests.faults.simulation.server import T0, Entry, Key, SimServer

COUNTERS = tuple(f"c{number}" for number in range(9))


class Folder:
    """Where all stores of one history are; in memory where there is such a disk."""

    def __init__(self) -> None:
        shared = Path("/dev/shm")
        self._folder = tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None)
        self._made = 0
        self.opened: list[Database | OfficeDatabase] = []

    def new_path(self) -> Path:
        self._made += 1
        return Path(self._folder.name) / f"{self._made}.db"

    def close(self) -> None:
        for one in self.opened:
            one.close()
        self._folder.cleanup()


class Noting:
    """A unit of the store that remembers which messages were acknowledged."""

    def __init__(self, unit: object, acked: list[str]) -> None:
        self._unit = unit
        self._acked = acked

    def mark(self, message_id: str, state: MessageState, reason: str, now: datetime) -> None:
        self._unit.mark(message_id, state, reason, now)  # type: ignore[attr-defined] # a unit
        if state is MessageState.ACKED:
            self._acked.append(message_id)

    def __getattr__(self, name: str) -> object:
        return getattr(self._unit, name)


class RealOutbox:
    """What `BuggyOutbox` offers the world, kept by the counter's own store."""

    def __init__(
        self, folder: Folder, path: Path | None = None, known: set[str] | None = None
    ) -> None:
        self._folder = folder
        self._database = Database(path or folder.new_path(), KEY)
        folder.opened.append(self._database)
        self._store = SqlCaseStore(self._database, PLACE)
        self._known = known or set()
        self.just_acked: list[str] = []

    def copy(self) -> RealOutbox:
        self._database.checkpoint()
        path = self._folder.new_path()
        shutil.copyfile(self._database.path, path)
        return RealOutbox(self._folder, path, set(self._known))

    @contextmanager
    def begin(self) -> Iterator[Noting]:
        acked: list[str] = []
        with self._store.begin() as unit:
            yield Noting(unit, acked)
        self.just_acked += acked

    @contextmanager
    def view(self) -> Iterator[object]:
        with self._store.view() as unit:
            yield unit

    @property
    def rows(self) -> dict[str, QueuedMessage]:
        with self._store.view() as unit:
            found = {name: _message(unit, name) for name in sorted(self._known)}
        return {name: row for name, row in found.items() if row is not None}

    @property
    def ready(self) -> bool:
        with self._store.view() as unit:
            return any(one.state is MessageState.READY for one in unit.waiting())

    def last_in_lane(self, lane: str) -> str | None:
        with self._store.view() as unit:
            return unit.last_in_lane(lane)

    def add_message(self, message: OutboxMessage) -> None:
        with self._store.begin() as unit:
            if message.type not in EVIDENCE:
                accepted(unit, message.case_id, T0)
            unit.add_message(message)
        self._known.add(message.message_id)

    def void_messages(self, case_id: str, now: datetime, by: str) -> None:
        with self._store.begin() as unit:
            unit.void_messages(case_id, now, by)


def _message(unit: object, name: str) -> QueuedMessage | None:
    try:
        return unit.message(name)  # type: ignore[attr-defined,no-any-return] # a unit
    except CounterError:
        return None


class RealLedger:
    """What `MemoryLedger` offers, kept by head office's own tables."""

    def __init__(
        self, folder: Folder, path: Path | None = None, blobs: set[Key] | None = None
    ) -> None:
        self._folder = folder
        self._path = path or folder.new_path()
        self.database = OfficeDatabase(sqlite_url(self._path))
        folder.opened.append(self.database)
        self.blobs = blobs if blobs is not None else set()
        self.tick = 0.0
        if path is None:
            self.database.upgrade(T0)
            with self.database.writing() as connection:
                for counter in COUNTERS:
                    register(connection, counter, b"key", T0)

    def digest_of(self, counter: str, message_id: str) -> str | None:
        with self.database.reading() as connection:
            return SqlLedger(connection).digest_of(counter, message_id)

    def add(self, message: Incoming, received_at: datetime) -> None:
        with self.database.writing() as connection:
            SqlLedger(connection).add(message, received_at)

    def add_skip(self, counter: str, message_id: str, reason: str, received_at: datetime) -> None:
        with self.database.writing() as connection:
            SqlLedger(connection).add_skip(counter, message_id, reason, received_at)

    @property
    def entries(self) -> dict[Key, Entry]:
        with self.database.reading() as connection:
            rows = connection.execute(select(messages)).all()
            named = connection.execute(select(message_blobs)).all()
        blobs: dict[Key, list[str]] = {}
        for one in named:
            blobs.setdefault((one.counter, one.message_id), []).append(one.sha256)
        found = {}
        for row in rows:
            key = (row.counter, row.message_id)
            own = tuple(blobs.get(key, ()))
            found[key] = Entry(row.sha256, row.seq, row.lane, row.prev, own, 0.0)
        return found

    @property
    def effects(self) -> dict[Key, int]:
        counted: dict[Key, int] = {}
        with self.database.reading() as connection:
            for row in connection.execute(select(messages.c.counter, messages.c.message_id)):
                key = (row.counter, row.message_id)
                counted[key] = counted.get(key, 0) + 1
        return counted

    def snapshot(self) -> RealLedger:
        path = self._folder.new_path()
        with sqlite3.connect(self._path) as here, sqlite3.connect(path) as there:
            here.backup(there)
        here.close()
        there.close()
        return RealLedger(self._folder, path, set(self.blobs))


class RealServer(SimServer):
    """Head office whose ledger, decisions and cursors are those of the real tables."""

    ledger: RealLedger  # type: ignore[assignment] # the same questions, other keeper

    def __init__(self, chance: Random, bugs: frozenset[Bug], folder: Folder) -> None:
        super().__init__(chance, bugs)
        self.ledger = RealLedger(folder)

    def decisions(self, counter: str, after: int) -> DecisionPage:
        with self.ledger.database.reading() as connection:
            items = answers_after(connection, counter, after)
        found = tuple(
            Decision(one.cursor, one.id, one.caseid, one.verdict, "", "", "", (), T0)
            for one in items
        )
        return DecisionPage(found, found[-1].cursor if found else after, str(self.epoch), T0)

    def judge(self, some: int) -> None:
        with self.ledger.database.writing() as connection:
            waiting = connection.execute(
                select(messages.c.counter, messages.c.message_id, messages.c.verdict)
                .where(messages.c.verdict.not_in([one.value for one in FINAL]), is_newest())
                .order_by(messages.c.seq)
                .limit(some)
            ).all()
            for row in waiting:
                entry_blobs = connection.execute(
                    select(message_blobs.c.sha256).where(
                        message_blobs.c.counter == row.counter,
                        message_blobs.c.message_id == row.message_id,
                    )
                ).scalars()
                if any((row.counter, one) not in self.ledger.blobs for one in entry_blobs):
                    continue
                is_new = row.verdict == Verdict.RECEIVED
                verdict = Verdict.IN_PROCESS if is_new else Verdict.APPLIED
                decide(connection, row.counter, row.message_id, Judgement(verdict, "sim"), T0)
