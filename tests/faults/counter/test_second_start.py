"""The program is started twice, as two real processes: the second brings the first to the front."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.bootstrap.application import DEMO_PASSPHRASE
from counter_app.bootstrap.second_start import Doorbell, call_first
from counter_app.logs import FILE_NAME
from tests.faults.counter.world import BenchMaker

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 60.0


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def command(data: Path) -> list[str]:
    return [sys.executable, "-m", "counter_app", "run", f"--data={data}"]


def environment() -> dict[str, str]:
    words = {"COUNTER_APP_PASSPHRASE": DEMO_PASSPHRASE, "COUNTER_APP_LANGUAGE": "en"}
    return {**os.environ, **words, "QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture
def running(template: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A counter's window in a process of its own, with its data folder."""
    data = tmp_path / "data"
    shutil.copytree(template, data)
    (data / "settings.toml").write_text('[devices]\nprinter = "folder"\n', "utf-8")
    first = subprocess.Popen(command(data), cwd=ROOT, env=environment())
    yield first, data
    first.terminate()
    first.wait(30)


def test_a_second_process_calls_the_first_window_and_ends(
    running: tuple[subprocess.Popen[bytes], Path],
) -> None:
    first, data = running
    log = data / "logs" / FILE_NAME
    until(lambda: log.exists() and "window shown" in log.read_text("utf-8"))
    second = subprocess.run(
        command(data), cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert second.stderr.startswith("ANOTHER_INSTANCE: The program is running already")
    until(lambda: "second start" in log.read_text("utf-8"))
    assert first.poll() is None


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_window_comes_up_from_the_task_bar(bench: BenchMaker, qtbot: QtBot) -> None:
    one = bench()
    folder = one.counter.places.data
    owner = QObject()
    doorbell = Doorbell(folder, one.window.bring_to_front, owner)
    one.window.showMinimized()
    assert one.window.isMinimized()
    caller = subprocess.Popen(
        [sys.executable, "-c", CALL, str(folder)], cwd=ROOT, env=environment()
    )
    qtbot.waitUntil(lambda: not one.window.isMinimized(), timeout=30_000)
    assert caller.wait(30) == 0
    assert QApplication.activeWindow() is one.window or one.window.isVisible()
    assert not one.window.windowState() & Qt.WindowState.WindowMinimized
    del doorbell


CALL = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from counter_app.bootstrap.second_start import call_first
application = QCoreApplication([])
sys.exit(0 if call_first(Path(sys.argv[1])) else 1)
"""


def test_nobody_answers_where_no_window_is(tmp_path: Path, qapp: QApplication) -> None:
    assert qapp is not None
    assert not call_first(tmp_path)
