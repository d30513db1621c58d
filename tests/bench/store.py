"""What encryption and the promises of the store cost, as ratios to plain SQLite in the same run.

`python -m tests.bench.store [MERCHANTS]` uses 100,000 merchants; 1,000,000 take some minutes.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from argon2 import PasswordHasher
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.domain.account import Account, Role
from counter_app.domain.journal import (
    GENESIS,
    Anchor,
    JournalAction,
    JournalEntry,
    chain,
    verify,
)
from counter_app.storage.accounts import SqlAccounts
from counter_app.storage.backup import make_backup
from counter_app.storage.data_folder import DataFolder, open_data_folder
from counter_app.storage.database import Database
from counter_app.storage.keys import Cost, KeyKeeper
from counter_app.storage.memory import MemoryCaseStore
from counter_app.storage.restore import Wrapping, restore
from tests.bench.store_directory import say_directory
from tests.bench.store_twin import say_against_plain, say_pictures_against_bare
from tests.contract.store.builders import NOW, PLACE, accepted, draft, message
from tests.contract.store.conftest import KEY
from tests.faults.store.test_damage import QUICK

COMMITS = 300
ROWS = 5_000
LOOKUPS = 500
BODY = b"x" * 8_000


def main() -> None:
    """Print the figures."""
    merchants = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        data = _opened(root)
        _say_commits(root, data)
        _say_journal(data)
        say_against_plain(data, root, _say)
        say_pictures_against_bare(data, root, _say)
        _say_unlock(data)
        _say_copies(root, data)
        data.close()
        say_directory(root, merchants, show)


def _opened(root: Path) -> DataFolder:
    folder = root / "data"
    folder.mkdir()
    keeper = KeyKeeper(folder)
    keeper.rewrap(KEY, "a passphrase")
    return open_data_folder(folder, PLACE, keeper, "a passphrase")


def _say_commits(root: Path, data: DataFolder) -> None:
    plain = sqlite3.connect(root / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = FULL")
    plain.execute("CREATE TABLE draft (id TEXT PRIMARY KEY, body BLOB)")

    def save_plain(number: int) -> None:
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("INSERT OR REPLACE INTO draft VALUES (?, ?)", (str(number % 9), BODY))
        plain.execute("COMMIT")

    def save(number: int) -> None:
        with data.store.begin() as unit:
            unit.save_draft(draft(f"bench-{number % 9}", body=BODY), NOW)

    def accept(number: int) -> None:
        with data.store.begin() as unit:
            accepted(unit, f"case-{number}")
            unit.add_message(message(f"m-{number}", f"case-{number}", lane=f"lane-{number}"))

    memory = MemoryCaseStore(PLACE)

    def accept_in_memory(number: int) -> None:
        with memory.begin() as unit:
            accepted(unit, f"case-{number}")
            unit.add_message(message(f"m-{number}", f"case-{number}", lane=f"lane-{number}"))

    with closing(plain):
        base = _rate(save_plain, COMMITS)
    _say("plain sqlite3, one row a commit (WAL, FULL)", base, base)
    _say("save_draft on SQLCipher", _rate(save, COMMITS), base)
    _say("accept with number, message and journal", _rate(accept, COMMITS), base)
    _say("the same in memory", _rate(accept_in_memory, COMMITS), base)


def _say_journal(data: DataFolder) -> None:
    """Compare appending and verifying with the bare hash chain in the same run."""
    head, rows = Anchor(0, GENESIS), []
    started = time.perf_counter()
    for _ in range(ROWS):
        rows.append(chain(head, JournalEntry(NOW, "c01", JournalAction.REVEALED, "case"), PLACE))
        head = Anchor(rows[-1].seq, rows[-1].hash)
    bare = ROWS / (time.perf_counter() - started)
    started = time.perf_counter()
    assert verify(rows) == ()
    bare_verified = ROWS / (time.perf_counter() - started)
    started = time.perf_counter()
    with data.store.begin() as unit:
        for _ in range(ROWS):
            unit.journal(JournalEntry(NOW, "c01", JournalAction.REVEALED, "case"))
    _say("journal: bare hash chain in memory", bare, bare)
    _say("journal: appended in one unit", ROWS / (time.perf_counter() - started), bare)

    def append(_number: int) -> None:
        with data.store.begin() as unit:
            unit.journal(JournalEntry(NOW, "c01", JournalAction.REVEALED, "case"))

    _say("journal: appended one a commit, FULL", _rate(append, COMMITS), bare)
    started = time.perf_counter()
    with data.store.view() as unit:
        assert unit.verify_journal() == ()
        count = unit.journal_head().seq
    verified = count / (time.perf_counter() - started)
    _say("journal: bare rows verified", bare_verified, bare_verified)
    _say("journal: verified from SQLCipher", verified, bare_verified)


def _say_copies(root: Path, data: DataFolder) -> None:
    """Compare a backup and its restore with a plain copy of the same files."""
    started = time.perf_counter()
    shutil.copytree(data.path, root / "copy")
    base = 1 / (time.perf_counter() - started)
    started = time.perf_counter()
    make_backup(data, root / "backup", "a passphrase", NOW, QUICK)
    _say("plain copy of the folder", base, base)
    _say("backup", 1 / (time.perf_counter() - started), base)
    started = time.perf_counter()
    target = root / "restored"
    wrapping = Wrapping(KeyKeeper(target, None, QUICK))
    restore(root / "backup", "a passphrase", target, PLACE, NOW, wrapping).close()
    _say("restore, checked first", 1 / (time.perf_counter() - started), base)


def _say_unlock(data: DataFolder) -> None:
    hasher = PasswordHasher()
    accounts = SqlAccounts(data.database, PLACE, Ed25519PrivateKey.generate().public_key(), hasher)
    accounts.add(Account("c01", "x", frozenset({Role.CLERK})), "a long password", NOW)
    signed_in = _rate(lambda _: accounts.sign_in("c01", "a long password", NOW), 5)
    unlocked = _rate(lambda _: KeyKeeper(data.path).unlock("a passphrase"), 3)

    def open_once(_number: int) -> None:
        with Database(data.path / "store.db", KEY).raw() as connection:
            connection.execute("SELECT count(*) FROM cases").fetchone()

    opened = _rate(open_once, 5)
    show(f"sign-in {1000 / signed_in:.0f} ms, passphrase to data key {1000 / unlocked:.0f} ms")
    _say("bare argon2id of the same cost", _rate(lambda _: _bare_argon2(), 3), unlocked)
    show(f"opening the store with the key {1000 / opened:.1f} ms")


def _bare_argon2() -> None:
    cost = Cost()
    hash_secret_raw(
        b"a passphrase",
        bytes(16),
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def _rate(act: Callable[[int], object], count: int) -> float:
    started = time.perf_counter()
    for number in range(count):
        act(number)
    return count / (time.perf_counter() - started)


def _say(what: str, rate: float, base: float) -> None:
    show(f"{what}: {rate:,.0f}/s, ratio {rate / base:.2f}")


def show(line: str) -> None:
    sys.stdout.write(f"store: {line}\n")


if __name__ == "__main__":
    main()
