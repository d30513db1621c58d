"""Nothing personal stays where it does not belong: core files, clipboard, pictures, prints."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.bootstrap.clock import SystemClock
from counter_app.bootstrap.housekeeping import HourlyPurge
from counter_app.bootstrap.screen_guard import (
    WDA_EXCLUDEFROMCAPTURE,
    require_demonstration,
    shield,
    user32,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.services.evidence import Evidence
from counter_app.ui.clipboard import ClipboardGuard
from counter_app.wire.keys import SealingKeys
from tests.faults.store.test_damage import opened

CRASH = """
import os, resource, sys
from counter_app.bootstrap.process import protect_process
if sys.argv[1] == "protected":
    protect_process()
open("left.txt", "w").close()
os.abort()
"""
LARGE = 64 * 1024 * 1024


def crashed(folder: Path, how: str) -> set[str]:
    """Crash a program that may write a core file of 64 MB and return what it left behind."""
    done = subprocess.run(
        [sys.executable, "-c", CRASH, how],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (LARGE, LARGE)),
        check=False,
    )
    assert done.returncode == -signal.SIGABRT
    return {path.name for path in folder.iterdir()}


def test_a_crash_leaves_no_core_file_and_new_files_are_the_owners(tmp_path: Path) -> None:
    assert crashed(tmp_path, "protected") == {"left.txt"}
    assert (tmp_path / "left.txt").stat().st_mode & 0o077 == 0


def test_the_program_protects_itself_before_any_command() -> None:
    program = "import resource, sys; from counter_app.__main__ import main; sys.argv[1:] = ['x']"
    ask = f"{program}\ntry: main()\nexcept SystemExit: print(resource.getrlimit(4)[0])"
    done = subprocess.run(
        [sys.executable, "-c", ask],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
        check=True,
    )
    assert done.stdout.strip() == "0"


@pytest.fixture
def line(qtbot: QtBot) -> QLineEdit:
    """A field of the program that has the focus."""
    edit = QLineEdit("13900000001")
    qtbot.addWidget(edit)
    edit.show()
    edit.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    return edit


def copy_from(line: QLineEdit) -> None:
    line.selectAll()
    line.copy()
    assert QGuiApplication.clipboard().text() == "13900000001"


def test_what_was_copied_here_leaves_the_clipboard(qtbot: QtBot, line: QLineEdit) -> None:
    ClipboardGuard(20, line)
    copy_from(line)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")


def test_the_clipboard_is_emptied_at_the_end_but_not_of_what_others_copied(
    line: QLineEdit,
) -> None:
    guard = ClipboardGuard(60_000, line)
    copy_from(line)
    guard.clear()
    assert QGuiApplication.clipboard().text() == ""
    copy_from(line)
    with QSignalBlocker(QGuiApplication.clipboard()):
        QGuiApplication.clipboard().setText("of another program")
    guard.clear()
    assert QGuiApplication.clipboard().text() == "of another program"


class Shield:
    """Remembers what user32 was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def SetWindowDisplayAffinity(self, window: int, affinity: int) -> int:  # noqa: N802 - its name
        """Remember."""
        self.asked.append((window, affinity))
        return 1


def test_pictures_of_the_window_are_for_demonstrations_only() -> None:
    system = Shield()
    assert shield(7, "production", system)
    assert not shield(7, "demo", system)
    assert system.asked == [(7, WDA_EXCLUDEFROMCAPTURE)]
    assert not shield(7, "production", user32())
    require_demonstration("demo")
    with pytest.raises(CounterError) as caught:
        require_demonstration("production")
    assert caught.value.code is FailureCode.SIMULATOR_IN_PRODUCTION


def test_the_sender_removes_old_papers_of_the_folder_printer(tmp_path: Path) -> None:
    data = opened(tmp_path / "data")
    prints = tmp_path / "data" / "prints"
    prints.mkdir()
    now = datetime.now(UTC)
    for name, age in (("old.pdf", timedelta(days=1, minutes=1)), ("new.pdf", timedelta(hours=1))):
        (prints / name).write_bytes(b"%PDF")
        at = (now - age).timestamp()
        os.utime(prints / name, (at, at))
    keys = SealingKeys("110199-07", b"", b"")
    evidence = Evidence(data.store, data.vault, keys, SystemClock(), lambda: "")
    HourlyPurge(data, SystemClock(), prints, evidence).run_if_due()
    data.close()
    assert [path.name for path in prints.iterdir()] == ["new.pdf"]
