"""What tests of faults at the counter share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDir
from PySide6.QtWidgets import QApplication

from counter_app.ui.application import dress
from tests.faults.counter.world import BenchMaker, benches, furnished


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with invented people and merchants."""
    return furnished(tmp_path_factory.mktemp("furnished"))


@pytest.fixture
def bench(template: Path, tmp_path: Path, qapp: QApplication) -> Iterator[BenchMaker]:
    """Opens counters of real parts; the same name opens the same data folder again."""
    if not QDir.searchPaths("icons"):
        dress(qapp, "zh_CN")
    yield from benches(template, tmp_path)
