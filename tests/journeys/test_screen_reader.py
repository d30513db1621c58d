"""The window as a screen reader finds it: through the accessibility bus, by another program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CASES = Path(__file__).with_name("screen_reader_cases.py")
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
PYATSPI = Path("/usr/lib/python3/dist-packages/pyatspi")


@pytest.fixture
def display() -> Iterator[str]:
    """Start an X server; yields its name."""
    if shutil.which("Xvfb") is None or not LAUNCHER.exists() or not PYATSPI.exists():
        pytest.skip("needs Xvfb, at-spi2-core and python3-pyatspi (installer/debian/test.txt)")
    reader, writer = os.pipe()
    words = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(words, pass_fds=[writer], stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        with os.fdopen(reader) as answer:
            yield f":{answer.readline().strip()}"
        server.terminate()


def test_another_program_can_read_every_page_aloud(display: str) -> None:
    own = {
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    pytest_words = f"{sys.executable} -m pytest -q -p no:cacheprovider -p no:xdist {CASES}"
    ended = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", f"{LAUNCHER} --launch-immediately & {pytest_words}"],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-4000:]
