"""The same promises are asked of the store on disk and of the one in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.ports.store import CaseStore
from counter_app.storage.database import Database
from counter_app.storage.memory import MemoryCaseStore
from counter_app.storage.store import SqlCaseStore
from tests.contract.store.builders import PLACE

KEY = hashlib.sha256(b"a key for tests").digest()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
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
