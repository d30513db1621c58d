"""What encryption and the promises of the store cost, as ratios to plain SQLite in the same run.

`python -m tests.bench.store [MERCHANTS]` uses 100,000 merchants; 1,000,000 take some minutes.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.domain.account import Account, Role
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.storage.accounts import SqlAccounts
from counter_app.storage.data_folder import DataFolder, open_data_folder
from counter_app.storage.directory import SqlDirectory
from counter_app.storage.directory_file import FileKind, Header, write_directory
from counter_app.storage.keys import KeyKeeper
from counter_app.storage.memory import MemoryCaseStore
from counter_app.storage.signed_file import Purpose, sign_file
from tests.contract.store.builders import NOW, PLACE, accepted, draft, message
from tests.contract.store.conftest import KEY
from tests.contract.store.merchants import merchant

COMMITS = 300
ROWS = 20_000
LOOKUPS = 500
IMAGE_BYTES = 1_500_000
BODY = b"x" * 8_000


def main() -> None:
    """Print the figures."""
    merchants = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        data = _opened(root)
        _say_commits(root, data)
        _say_journal(data)
        _say_images(root, data)
        _say_unlock(data)
        data.close()
        _say_directory(root, merchants)


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
    started = time.perf_counter()
    with data.store.begin() as unit:
        for _ in range(ROWS):
            unit.journal(JournalEntry(NOW, "c01", JournalAction.REVEALED, "case"))
    appended = ROWS / (time.perf_counter() - started)
    started = time.perf_counter()
    with data.store.view() as unit:
        assert unit.verify_journal() == ()
    verified = ROWS / (time.perf_counter() - started)
    _print(f"journal: {appended:,.0f} appends/s in one unit, {verified:,.0f} rows/s verified")


def _say_images(root: Path, data: DataFolder) -> None:
    pictures = [os.urandom(IMAGE_BYTES) for _ in range(20)]
    digests: list[str] = []

    def put(number: int) -> None:
        digests.append(data.vault.put(pictures[number], "id_front", "bench", NOW).sha256)

    def write_plain(number: int) -> None:
        with (root / f"{number}.raw").open("wb") as file:
            file.write(pictures[number])
            file.flush()
            os.fsync(file.fileno())

    base, kept = _rate(write_plain, 20), _rate(put, 20)
    _say("plain 1.5 MB file with fsync", base, base)
    _say("vault.put of 1.5 MB", kept, base)
    _say("vault.get of 1.5 MB", _rate(lambda number: data.vault.get(digests[number]), 20), base)


def _say_unlock(data: DataFolder) -> None:
    hasher = PasswordHasher()
    accounts = SqlAccounts(data.database, PLACE, Ed25519PrivateKey.generate().public_key(), hasher)
    accounts.add(Account("c01", "x", frozenset({Role.CLERK})), "a long password", NOW)
    signed_in = _rate(lambda _: accounts.sign_in("c01", "a long password", NOW), 5)
    unlocked = _rate(lambda _: KeyKeeper(data.path).unlock("a passphrase"), 3)
    _print(f"sign-in {1000 / signed_in:.0f} ms, passphrase to data key {1000 / unlocked:.0f} ms")


def _say_directory(root: Path, count: int) -> None:
    office = Ed25519PrivateKey.generate()
    path = root / "directory.jsonl"
    write_directory(path, Header(FileKind.FULL, 1, 0, NOW), _merchants(count))
    sign_file(path, Purpose.DIRECTORY, office)
    directory = SqlDirectory(root / "directory", KEY, office.public_key())
    started = time.perf_counter()
    directory.load(path, NOW)
    loaded_s = time.perf_counter() - started
    _print(f"directory: {count:,} merchants verified and loaded in {loaded_s:.0f} s")
    with closing(_plain_directory(root, count)) as plain:
        for name, ours, theirs in _searches(directory, plain, count):
            base = _median_ms(theirs, count)
            own = _median_ms(ours, count)
            _print(f"  {name}: {own:.2f} ms, ratio to plain sqlite {own / base:.1f}")
    directory.close()


def _searches(
    directory: SqlDirectory, plain: sqlite3.Connection, count: int
) -> Iterator[tuple[str, Callable[[int], object], Callable[[int], object]]]:
    def ask(column: str, value: str) -> object:
        query = f"SELECT * FROM merchant WHERE {column} = ?"
        return plain.execute(query, (value,)).fetchall()

    def prefix(value: str) -> object:
        query = "SELECT * FROM merchant WHERE name >= ? AND name < ? ORDER BY name LIMIT 20"
        return plain.execute(query, (value, value + "\U0010ffff")).fetchall()

    yield (
        "by serial number",
        lambda number: directory.by_sn(f"SN-{number:06d}"),
        lambda number: ask("sn", f"SN-{number:06d}"),
    )
    yield (
        "by merchant number",
        lambda number: directory.by_merchant_no(f"1021100{number:08d}"),
        lambda number: ask("no", f"1021100{number:08d}"),
    )
    yield (
        "by party",
        lambda number: directory.by_uscc(f"9111{number:014d}"),
        lambda number: ask("uscc", f"9111{number:014d}"),
    )
    yield (
        "by name prefix, 20 found",
        lambda number: directory.by_name_prefix(f"样本商户{number:07d}"[:-2]),
        lambda number: prefix(f"样本商户{number:07d}"[:-2]),
    )
    yield (
        "merchants of a phone",
        lambda number: directory.bound_to(f"1390{number:07d}"),
        lambda number: ask("phone", f"1390{number:07d}"),
    )


def _merchants(count: int) -> Iterator[object]:
    from dataclasses import replace

    for number in range(count):
        one = merchant(number, f"样本商户{number:07d}", f"1390{number:07d}", f"9111{number:014d}")
        yield replace(one, merchant_no=f"1021100{number:08d}")


def _plain_directory(root: Path, count: int) -> sqlite3.Connection:
    plain = sqlite3.connect(root / "plain-directory.db")
    plain.execute("CREATE TABLE merchant (no TEXT, sn TEXT, uscc TEXT, phone TEXT, name TEXT)")
    rows = (
        (
            f"1021100{number:08d}",
            f"SN-{number:06d}",
            f"9111{number:014d}",
            f"1390{number:07d}",
            f"样本商户{number:07d}",
        )
        for number in range(count)
    )
    plain.executemany("INSERT INTO merchant VALUES (?, ?, ?, ?, ?)", rows)
    for column in ("no", "sn", "uscc", "phone", "name"):
        plain.execute(f"CREATE INDEX by_{column} ON merchant ({column})")
    plain.commit()
    return plain


def _rate(act: Callable[[int], object], count: int) -> float:
    started = time.perf_counter()
    for number in range(count):
        act(number)
    return count / (time.perf_counter() - started)


def _median_ms(act: Callable[[int], object], count: int) -> float:
    times = []
    for turn in range(LOOKUPS):
        number = turn * 7_919 % count
        started = time.perf_counter()
        act(number)
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def _say(what: str, rate: float, base: float) -> None:
    _print(f"{what}: {rate:,.0f}/s, ratio {rate / base:.2f}")


def _print(line: str) -> None:
    sys.stdout.write(f"store: {line}\n")


if __name__ == "__main__":
    main()
