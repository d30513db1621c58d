"""Measures coverage by the unit tests alone, within one run of all tests.

With `--cov` alone every test counts. With `--units-count` only those below the folders named here
do, so that a floor says what the unit tests cover and nothing has to be run twice. Modules are
loaded while pytest collects, which is measured too.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from coverage import Coverage

TESTS = Path(__file__).parent
COUNTED = (TESTS / "unit", TESTS / "faults" / "sender")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch."""
    parser.addoption(
        "--units-count", action="store_true", help="measure coverage in unit tests only"
    )


class CountedTests:
    """Pauses the measurement of this process wherever no counted test runs."""

    def __init__(self) -> None:
        self._coverage: Coverage | None = None

    def pytest_collection_finish(self) -> None:
        """All modules are loaded: stop until a counted test comes."""
        self._coverage = Coverage.current()
        if self._coverage is not None:
            self._coverage.stop()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Measure one test with its fixtures, if it counts."""
        is_counted = any(item.path.is_relative_to(folder) for folder in COUNTED)
        if self._coverage is None or not is_counted:
            return (yield)
        self._coverage.start()
        try:
            return (yield)
        finally:
            self._coverage.stop()


def pytest_configure(config: pytest.Config) -> None:
    """Pause only where the switch asks for it."""
    if config.getoption("--units-count"):
        config.pluginmanager.register(CountedTests(), "counted-tests")
