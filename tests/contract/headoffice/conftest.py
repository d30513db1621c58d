"""Servers that are started once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.headoffice.postgres import Cluster, new_cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    made = new_cluster()
    made.start()
    yield made
    made.stop()
