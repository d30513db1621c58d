"""The customer's own screen, on an X server with two monitors that can be unplugged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.second_screen_cases import PLUG

CASES = Path(__file__).with_name("second_screen_cases.py")


@pytest.fixture
def display() -> Iterator[str]:
    """Start an X server whose picture is two monitors side by side; yields its name."""
    if shutil.which("Xvfb") is None or shutil.which("xrandr") is None:
        pytest.skip("needs Xvfb and xrandr (installer/debian/test.txt)")
    reader, writer = os.pipe()
    words = [
        "Xvfb",
        "-displayfd",
        str(writer),
        "-screen",
        "0",
        "2646x800x24",
        "-noreset",
        "-nolisten",
        "tcp",
    ]
    with subprocess.Popen(words, pass_fds=[writer], stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        with os.fdopen(reader) as answer:
            name = f":{answer.readline().strip()}"
        clerk = ("--setmonitor", "clerk", "1366/361x768/203+0+0", "screen")
        for monitor in (clerk, PLUG):
            subprocess.run(["xrandr", "-d", name, *monitor], check=True, timeout=10)
        yield name
        server.terminate()


def test_the_second_screen_belongs_to_the_customer(display: str, tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    own = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PICTURES": str(pictures)}
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    ended = subprocess.run(
        [*words, str(CASES)],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-4000:]
    assert len(list(pictures.glob("*.png"))) == 16
