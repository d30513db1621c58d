"""The store against plain SQLite running the very same statements on the very same tables.

What is left between the two is encryption, the object layer and the hash chain; tables, triggers,
indexes, transactions and fsync (write-ahead log, FULL) are alike. Both take turns, so that a busy
disk slows both.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.storage.data_folder import DataFolder
from tests.contract.store.builders import NOW, accepted, message

TURNS = 200
IN_ONE = 2_000
PICTURES = 20
PICTURE_BYTES = 1_500_000

Say = Callable[[str, float, float], None]


def say_against_plain(data: DataFolder, root: Path, say: Say) -> None:
    """Print accepting and appending, each against its statements on plain SQLite."""
    for what, act in (("accept", _accept), ("journal, one row a commit", _append)):
        ours, plain = _by_turns(data, root / f"{act.__name__}.db", act)
        say(f"{what}: plain SQLite, same statements", plain, plain)
        say(f"{what}: the store", ours, plain)
    _say_one_unit(data, root / "one_unit.db", say)


def say_pictures_against_bare(data: DataFolder, root: Path, say: Say) -> None:
    """Print keeping and reading a picture against bare AES-256-GCM and a file with fsync."""
    pictures = [os.urandom(PICTURE_BYTES) for _ in range(PICTURES)]
    times = {"bare write": 0.0, "vault.put": 0.0, "bare read": 0.0, "vault.get": 0.0}
    key = os.urandom(32)
    for number, picture in enumerate(pictures):
        path = root / f"{number}.sealed"
        times["bare write"] += _timed(partial(_write_bare, key, picture, path))
        times["vault.put"] += _timed(partial(data.vault.put, picture, "id_front", "twin", NOW))
        times["bare read"] += _timed(partial(_read_bare, key, path))
        digest = hashlib.sha256(picture).hexdigest()
        times["vault.get"] += _timed(partial(data.vault.get, digest))
    rates = {what: PICTURES / spent for what, spent in times.items()}
    for ours, bare in (("vault.put", "bare write"), ("vault.get", "bare read")):
        say(f"picture of 1.5 MB: {bare}, AES-256-GCM and one file", rates[bare], rates[bare])
        say(f"picture of 1.5 MB: {ours}", rates[ours], rates[bare])


def _by_turns(
    data: DataFolder, path: Path, act: Callable[[DataFolder, str], None]
) -> tuple[float, float]:
    twin = _twin(data, path)
    names = [f"{path.stem}-{number}" for number in range(TURNS)]
    statements = [_traced(data, partial(act, data, f"a-{name}")) for name in names]
    ours = plain = 0.0
    for name, traced in zip(names, statements, strict=True):
        plain += _timed(partial(_run, twin, traced))
        ours += _timed(partial(act, data, f"b-{name}"))
    twin.close()
    return TURNS / ours, TURNS / plain


def _say_one_unit(data: DataFolder, path: Path, say: Say) -> None:
    twin = _twin(data, path)

    def append_all() -> None:
        with data.store.begin() as unit:
            for _ in range(IN_ONE):
                unit.journal(JournalEntry(NOW, "c01", JournalAction.REVEALED, "case"))

    statements = _traced(data, append_all)
    plain = IN_ONE / _timed(lambda: _run(twin, statements))
    twin.close()
    say("journal, many rows a commit: plain SQLite, same statements", plain, plain)
    say("journal, many rows a commit: the store", IN_ONE / _timed(append_all), plain)


def _accept(data: DataFolder, name: str) -> None:
    with data.store.begin() as unit:
        accepted(unit, name)
        unit.add_message(message(f"m-{name}", name, lane=name))


def _append(data: DataFolder, name: str) -> None:
    with data.store.begin() as unit:
        unit.journal(JournalEntry(NOW, "c01", JournalAction.REVEALED, name))


def _twin(data: DataFolder, path: Path) -> sqlite3.Connection:
    """Copy the store as it stands into a plain database."""
    with data.database.raw() as connection:
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(path),))
        connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        connection.execute("DETACH DATABASE plain")
    twin = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        twin.execute(f"PRAGMA {pragma}")
    return twin


def _traced(data: DataFolder, act: Callable[[], None]) -> list[str]:
    """Run an act once and return its statements, with their values.

    The library names a statement once more for each of its triggers.
    """
    said: list[str] = []
    with data.database.write() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
    driver.set_trace_callback(said.append)
    act()
    driver.set_trace_callback(None)
    return [one for last, one in pairwise(("", *said)) if _is_new(last, one)]


def _is_new(before: str, statement: str) -> bool:
    return statement != before or statement.startswith("SELECT")


def _run(connection: sqlite3.Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.execute(statement).fetchall()


def _write_bare(key: bytes, picture: bytes, path: Path) -> None:
    nonce = os.urandom(12)
    with path.open("wb") as file:
        file.write(nonce + AESGCM(key).encrypt(nonce, picture, None))
        file.flush()
        os.fsync(file.fileno())


def _read_bare(key: bytes, path: Path) -> None:
    sealed = path.read_bytes()
    AESGCM(key).decrypt(sealed[:12], sealed[12:], None)


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
