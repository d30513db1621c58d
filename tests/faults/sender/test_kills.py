"""Real processes killed at named points: nothing promised is lost, nothing happens twice."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from counter_app.backoffice.sender_lock import sender_lock, sender_runs
from counter_app.domain.submission import MessageState
from counter_app.headoffice import embedded
from counter_app.headoffice.database import Database as OfficeDatabase
from counter_app.headoffice.database import sqlite_url
from counter_app.headoffice.schema import decisions, messages
from counter_app.headoffice.sql_ledger import SqlLedger
from counter_app.headoffice.station import institution_key
from counter_app.storage.database import Database
from counter_app.storage.store import SqlCaseStore
from counter_app.wire.keys import new_signing_key, public_half
from tests.contract.store.builders import PLACE
from tests.faults.sender.kill_worker import KEY

ROOT = Path(__file__).parents[3]
COUNTER = "110199-07"
POINTS = (
    "add_message.before_commit",
    "add_message.after_commit",
    "claim.before_commit",
    "claim.after_commit",
    "image.before",
    "image.after",
    "message.before",
    "message.after",
    "mark.before_commit",
    "mark.after_commit",
    "question.before",
    "question.after",
    "store_decisions.before_commit",
    "store_decisions.after_commit",
)


@dataclass
class Branch:
    """One counter's folder and the head office it talks to."""

    folder: Path
    office: embedded.EmbeddedOffice
    options: embedded.EmbeddedOptions
    signing_key: Path
    counter: subprocess.Popen[str]

    def begin(self, kill_at: str, cases: int) -> None:
        """Let the counter live once more; `end` waits for its end."""
        order = [
            str(self.folder),
            self.office.url,
            str(self.office.folder / "institution.key"),
            str(self.signing_key),
            kill_at,
            cases,
        ]
        assert self.counter.stdin is not None
        self.counter.stdin.write(json.dumps(order) + "\n")
        self.counter.stdin.flush()

    def end(self) -> int:
        """Wait until the counter's life is over; returns its exit status."""
        assert self.counter.stdout is not None
        return int(self.counter.stdout.readline())

    def live(self, kill_at: str, cases: int) -> int:
        self.begin(kill_at, cases)
        return self.end()

    def restart_office(self) -> None:
        self.office.kill()
        self.office.stop()
        self.office = embedded.start(self.office.folder, self.options)

    def promised(self) -> dict[str, str]:
        lines = (self.folder / "promised.txt").read_text().splitlines()
        return dict(line.split() for line in lines)


@contextmanager
def opened_branch(folder: Path) -> Iterator[Branch]:
    """Start a head office and a counter that waits to be told what to do."""
    office_folder, counter_folder = folder / "office", folder / "counter"
    counter_folder.mkdir()
    office_folder.mkdir()
    key = new_signing_key()
    (folder / "signing.key").write_bytes(key)
    institution_key(office_folder)
    options = embedded.EmbeddedOptions(
        port=_free_port(), pause_s=0.1, counters={COUNTER: public_half(key)}
    )
    worker = [sys.executable, "-m", "tests.faults.sender.kill_worker"]
    with subprocess.Popen(
        worker, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as counter:
        office = embedded.start(office_folder, options)
        made = Branch(counter_folder, office, options, folder / "signing.key", counter)
        yield made
        made.office.stop()


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Branch]:
    with opened_branch(tmp_path_factory.mktemp("branch")) as made:
        yield made


def _free_port() -> int:
    """Find a port below the range from which outgoing connections take theirs."""
    for port in range(20_000 + os.getpid() % 5_000, 32_000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("no free port")


def check(branch: Branch) -> int:
    """Compare what was promised with both stores; returns how many cases there are."""
    database = Database(branch.folder / "store.db", KEY)
    office = OfficeDatabase(sqlite_url(branch.office.folder / "headoffice.db"))
    try:
        store = SqlCaseStore(database, PLACE)
        with store.view() as unit, office.reading() as connection:
            rows = connection.execute(select(messages.c.message_id, messages.c.sha256)).all()
            at_office = {row.message_id: row.sha256 for row in rows}
            assert len(rows) == len(at_office), "stored twice"
            for message_id, digest in branch.promised().items():
                assert at_office.get(message_id) == digest, "promised, but not at head office"
                assert unit.message(message_id).state is MessageState.DECIDED
                assert SqlLedger(connection).missing_blobs(COUNTER, message_id) == []
            assert unit.waiting_count() == 0
            most = connection.execute(
                select(func.count())
                .select_from(decisions)
                .group_by(decisions.c.message_id, decisions.c.verdict)
            ).scalars()
            assert set(most) == {1}, "decided twice"
            return len(at_office)
    finally:
        office.close()
        database.close()


def test_a_counter_killed_at_every_point_keeps_every_promise(branch: Branch) -> None:
    kills = 0
    for point in POINTS:
        kills += branch.live(point, 2) == -signal.SIGKILL
    assert kills == len(POINTS)
    assert branch.live("nowhere", 1) == 0
    assert check(branch) >= 2 * (len(POINTS) - 1)


def test_head_office_killed_while_it_takes_cases_in_keeps_every_promise(branch: Branch) -> None:
    office = OfficeDatabase(sqlite_url(branch.office.folder / "headoffice.db"))
    try:
        before = _stored(office)
        branch.begin("nowhere", 12)
        for more in (1, 4, 8):
            _wait_until_stored(office, before + more)
            branch.restart_office()
    finally:
        office.close()
    assert branch.end() == 0
    assert check(branch) == before + 12


def _wait_until_stored(office: OfficeDatabase, count: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if _stored(office) >= count:
            return
    pytest.fail("head office took nothing in")


def _stored(office: OfficeDatabase) -> int:
    with office.reading() as connection:
        count: int = connection.execute(select(func.count(messages.c.seq))).scalar_one()
    return count


def test_a_second_sender_ends_at_once(branch: Branch) -> None:
    lock = branch.folder / "sender.lock.db"
    assert branch.live("nowhere", 0) == 0
    with sender_lock(lock):
        assert sender_runs(lock)
        assert branch.live("nowhere", 0) == 1
    assert not sender_runs(lock)
    assert branch.live("nowhere", 0) == 0
