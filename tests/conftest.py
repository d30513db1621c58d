"""Guards that hold for every test."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.canaries import CANARIES

pytest_plugins = ["tests.coverage_of_units"]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def shared_data() -> Path:
    """Third-party test data beside the project; the test is skipped where it is absent."""
    if not SHARED.exists():
        pytest.skip("shared test data is not beside the project (../shared/data)")
    return SHARED


@pytest.fixture(autouse=True)
def no_personal_data_in_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test whose log holds a canary value."""
    caplog.set_level(logging.DEBUG, logger="counter_app")
    yield
    text = "\n".join(
        record.getMessage() + str(record.exc_info or "") for record in caplog.get_records("call")
    )
    found = [canary for canary in CANARIES if canary in text]
    assert not found, f"personal data in the log: {found}"


@pytest.fixture(autouse=True)
def no_unexpected_warnings(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fail a test that logs WARNING or worse without saying that it expects it."""
    yield
    if request.node.get_closest_marker("expects_warnings"):
        return
    stray = [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING and record.name.startswith("counter_app")
    ]
    assert not stray, f"unexpected log records: {stray}"


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail a test that leaves a thread of ours behind (half a second to wind down)."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + 0.5
    while (left := _ours(before)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not left, f"threads left running: {[thread.name for thread in left]}"


def _ours(before: set[threading.Thread]) -> list[threading.Thread]:
    known = ("asyncio_", "AnyIO", "pytest", "execnet", "Dummy")
    return [
        thread
        for thread in threading.enumerate()
        if thread not in before and thread.is_alive() and not thread.name.startswith(known)
    ]
