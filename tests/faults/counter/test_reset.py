"""A counter is taken out of use: never while something is promised, and then for good."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from counter_app.backoffice.sender_lock import sender_lock
from counter_app.bootstrap.application import DEMO_PASSPHRASE
from counter_app.domain.case_state import CaseState
from counter_app.errors import CounterError
from tests.contract.store.builders import NOW, accepted, queued
from tests.faults.counter.test_store_commands import data, opened, refused, run

__all__ = ["data"]

SCRIPT = Path(__file__).parents[3] / "installer" / "uninstall.sh"
LAST = "settings.toml"


def waiting(folder: Path) -> None:
    """Accept and print a case whose message waits."""
    kept = opened(folder)
    queued(kept.store)
    with kept.store.begin() as unit:
        unit.set_state("case-1", CaseState.QUEUED, NOW, "c01")
    kept.close()


def test_a_counter_with_waiting_cases_is_not_reset(data: Path) -> None:
    waiting(data)
    before = sorted(path.name for path in data.iterdir())
    done = run("reset", "--yes", "--data", data)
    refused(done, "QUEUE_WAITING")
    assert "waiting: 1" in done.stderr
    assert sorted(path.name for path in data.iterdir() if "lock" not in path.name) == [
        name for name in before if "lock" not in name
    ]
    assert run("check", "--data", data).exit_code == 0


def test_a_counter_that_owes_a_receipt_is_not_reset(data: Path) -> None:
    kept = opened(data)
    with kept.store.begin() as unit:
        accepted(unit)
    kept.close()
    done = run("reset", "--yes", "--data", data)
    refused(done, "QUEUE_WAITING")
    assert "unprinted: 1" in done.stderr


def test_nobody_says_yes_by_pressing_enter(data: Path) -> None:
    done = run("reset", "--data", data, typed="\n")
    assert done.exit_code == 1
    assert run("check", "--data", data).exit_code == 0


def test_a_check_erases_nothing(data: Path) -> None:
    assert run("reset", "--check", "--data", data).exit_code == 0
    assert run("check", "--data", data).exit_code == 0


def test_a_reset_while_the_sender_works_is_refused(data: Path) -> None:
    with sender_lock(data / "sender.lock.db"):
        refused(run("reset", "--yes", "--data", data), "STORE_IN_USE")


def test_a_reset_leaves_the_settings_and_nothing_that_can_be_read(data: Path) -> None:
    before = shutil.copytree(data, data.parent / "stolen")
    (data / "notes.txt").write_text("of somebody else", encoding="utf-8")
    done = run("reset", "--yes", "--data", data)
    assert done.exit_code == 0, done.stderr
    assert "the journal ended at " in done.stdout
    left = {path.name for path in data.iterdir() if "lock" not in path.name}
    assert left <= {LAST, "head_office.pem", "notes.txt", "headoffice"}
    assert "notes.txt" in left
    refused(run("check", "--data", data), "STORE_MISSING")
    (before / "key.json").unlink()
    with pytest.raises(CounterError):
        opened(before)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A copy of the installer beside a program folder that leads to the real program."""
    home = tmp_path / "program"
    (home / "installer").mkdir(parents=True)
    shutil.copy(SCRIPT, home / "installer")
    (home / ".venv" / "bin").mkdir(parents=True)
    program = Path(os.environ.get("VIRTUAL_ENV", SCRIPT.parents[1] / ".venv"))
    (home / ".venv" / "bin" / "counter-app").symlink_to(program / "bin" / "counter-app")
    return home


def uninstall(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    own = {
        "COUNTER_APP_PASSPHRASE": DEMO_PASSPHRASE,
        "XDG_CONFIG_HOME": str(home / "config"),
        "UDEV_RULES": str(home / "udev"),
    }
    command = ["bash", str(home / "installer" / "uninstall.sh"), *words]
    return subprocess.run(
        command, env={**os.environ, **own}, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_program_stays_while_cases_wait(installed: Path, data: Path) -> None:
    waiting(data)
    done = uninstall(installed, "--keep-data", str(data))
    assert done.returncode == 1
    assert "QUEUE_WAITING" in done.stderr
    assert (installed / ".venv").exists()


def test_the_program_goes_once_the_data_are_gone_or_meant_to_stay(
    installed: Path, data: Path
) -> None:
    assert uninstall(installed, str(data)).returncode == 1
    done = uninstall(installed, str(data), "--keep-data")
    assert done.returncode == 0, done.stderr
    assert not (installed / ".venv").exists()
    assert (data / "store.db").exists()
    assert uninstall(installed, str(data)).returncode == 1
