"""The data key in a real keyring: Secret Service on a private session bus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SESSION = """
printf pw | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
daemon=$!
trap 'kill $daemon; wait $daemon' EXIT
"$@"
"""
UNLOCK = """
import pathlib, sys
from counter_app.storage.keys import KeyKeeper
keeper = KeyKeeper(pathlib.Path(sys.argv[1]))
print(keeper.needs_passphrase(), keeper.unlock().hex())
"""


@pytest.fixture
def keyring_home(tmp_path: Path) -> Path:
    for tool in ("dbus-run-session", "gnome-keyring-daemon"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed (installer/debian/test.txt)")
    home = tmp_path / "home"
    home.mkdir()
    return home


def run(home: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    program = [sys.executable, "-c", WAIT + UNLOCK, str(folder)]
    return subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", SESSION, "session", *program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


WAIT = """
import time, keyring, keyring.errors
until = time.monotonic() + 20
while time.monotonic() < until:
    try:
        if keyring.get_keyring().priority > 0 and keyring.get_password("probe", "probe") is None:
            break
    except (keyring.errors.KeyringError, RuntimeError):
        keyring.core.init_backend()
    time.sleep(0.05)
"""


def test_the_systems_keyring_keeps_the_key_across_sessions(
    keyring_home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    first, second = run(keyring_home, folder), run(keyring_home, folder)
    assert first.returncode == 0, first.stderr
    passphrase_needed, key = first.stdout.split()
    assert passphrase_needed == "False"
    assert len(key) == 64
    assert second.stdout == first.stdout


def test_another_persons_keyring_does_not_open_the_folder(
    keyring_home: Path, tmp_path: Path
) -> None:
    folder, other_home = tmp_path / "data", tmp_path / "other"
    folder.mkdir()
    other_home.mkdir()
    assert run(keyring_home, folder).returncode == 0
    other = run(other_home, folder)
    assert other.returncode != 0
    assert "STORE_KEY_WRONG" in other.stderr
