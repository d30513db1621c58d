"""The same promises are asked of the store on disk and of the one in memory."""

from __future__ import annotations

import hashlib
import shutil
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
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file at this version; copying it is quicker than making one."""
    database = Database(tmp_path_factory.mktemp("empty") / "store.db", KEY)
    SqlCaseStore(database, PLACE)
    database.checkpoint()
    database.close()
    return database.path


@pytest.fixture
def database(tmp_path: Path, empty_store: Path) -> Iterator[Database]:
    shutil.copyfile(empty_store, tmp_path / "store.db")
    database = Database(tmp_path / "store.db", KEY, busy_timeout_s=0.2)
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
