"""The same promises are asked of the store on disk and of the one in memory."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.ports.store import CaseStore
from counter_app.storage.database import Database
from counter_app.storage.memory import MemoryCaseStore
from counter_app.storage.store import SqlCaseStore
from tests.contract.store.builders import PLACE

KEY = hashlib.sha256(b"a key for tests").digest()


@pytest.fixture(scope="session")
def empty_store() -> Iterator[Path]:
    """A store file at this version, in memory where there is such a disk; copying it is quick."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        database = Database(Path(folder) / "store.db", KEY)
        SqlCaseStore(database, PLACE)
        database.checkpoint()
        database.close()
        yield database.path


@pytest.fixture
def database(empty_store: Path) -> Iterator[Database]:
    with tempfile.TemporaryDirectory(dir=empty_store.parent) as folder:
        shutil.copyfile(empty_store, Path(folder) / "store.db")
        database = Database(Path(folder) / "store.db", KEY, busy_timeout_s=0.2)
        yield database
        database.close()


@pytest.fixture
def sql_store(database: Database) -> SqlCaseStore:
    return SqlCaseStore(database, PLACE)


@pytest.fixture(params=["sqlcipher", "memory"])
def store(request: pytest.FixtureRequest) -> CaseStore:
    if request.param == "memory":
        return MemoryCaseStore(PLACE)
    kept: CaseStore = request.getfixturevalue("sql_store")
    return kept
