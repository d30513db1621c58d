"""What searching the encrypted directory costs, as ratios to plain SQLite in the same run."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.storage.directory import SqlDirectory
from counter_app.storage.directory_file import FileKind, Header, write_directory
from counter_app.storage.signed_file import Purpose, sign_file
from tests.contract.store.builders import NOW
from tests.contract.store.conftest import KEY
from tests.contract.store.merchants import merchant

LOOKUPS = 500
Show = Callable[[str], None]


def say_directory(root: Path, count: int, show: Show) -> None:
    """Load a directory of so many merchants and search it in every way."""
    office = Ed25519PrivateKey.generate()
    path = root / "directory.jsonl"
    write_directory(path, Header(FileKind.FULL, 1, 0, NOW), _merchants(count))
    sign_file(path, Purpose.DIRECTORY, office)
    directory = SqlDirectory(root / "directory", KEY, office.public_key())
    started = time.perf_counter()
    directory.load(path, NOW)
    loaded_s = time.perf_counter() - started
    show(f"directory: {count:,} merchants verified and loaded in {loaded_s:.0f} s")
    with closing(_plain_directory(root, count)) as plain:
        for name, ours, theirs in _searches(directory, plain, count):
            base = _median_ms(theirs, count)
            own = _median_ms(ours, count)
            show(f"  {name}: {own:.2f} ms, ratio to plain sqlite {own / base:.1f}")
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


def _median_ms(act: Callable[[int], object], count: int) -> float:
    times = []
    for turn in range(LOOKUPS):
        number = turn * 7_919 % count
        started = time.perf_counter()
        act(number)
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000
