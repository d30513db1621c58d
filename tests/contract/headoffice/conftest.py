"""Head offices, and servers that are started once, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.headoffice.database import sqlite_url
from tests.contract.headoffice.intake import Intake, opened
from tests.contract.headoffice.postgres import Cluster, new_cluster


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def intake(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Intake]:
    """An open head office, once on each database that it supports."""
    url = sqlite_url(tmp_path / "office.db")
    if request.param == "postgres":
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.new_database()
    with opened(url, tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    made = new_cluster()
    made.start()
    yield made
    made.stop()
