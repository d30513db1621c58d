"""A backup or a restore that is killed before any change of the file system.

`python -m tests.faults.store.killed_copy ROOT` forks one child for each change; the child counts
what Python tells its auditors (files opened for writing, renames, folders made, files removed) and
kills itself with SIGKILL just before the change whose turn it is.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from counter_app.storage.backup import make_backup
from counter_app.storage.keys import KeyKeeper
from counter_app.storage.restore import Wrapping, restore
from tests.contract.store.builders import NOW, PLACE, queued
from tests.faults.store.test_damage import QUICK, opened

WORD = "a passphrase"
CHANGES = frozenset({"os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.truncate", "os.chmod"})


def die_before(turn: int) -> None:
    """Kill this process before its change number `turn`."""
    left = turn

    def watch(event: str, facts: tuple[object, ...]) -> None:
        nonlocal left
        if event not in CHANGES and not (event == "open" and _writes(facts)):
            return
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    sys.addaudithook(watch)


def _writes(facts: tuple[object, ...]) -> bool:
    flags = facts[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def back_up(folder: Path) -> None:
    """Back up the data folder in `folder`."""
    data = opened(folder / "data")
    make_backup(data, folder / "backup", WORD, NOW, QUICK)


def bring_back(folder: Path) -> None:
    """Take the backup in `folder` back into the data folder there."""
    target = folder / "data"
    wrapping = Wrapping(KeyKeeper(target, None, QUICK))
    restore(folder / "backup", WORD, target, PLACE, NOW, wrapping).close()


def furnish(folder: Path) -> None:
    """Make a data folder with a case and a picture."""
    folder.mkdir(parents=True)
    data = opened(folder / "data")
    data.vault.put(b"a letter", "letter_page", "case-1", NOW)
    queued(data.store)
    data.close()


def furnish_with_backup(folder: Path) -> None:
    """The same, backed up; afterwards the data folder has a second picture."""
    furnish(folder)
    data = opened(folder / "data")
    make_backup(data, folder / "backup", WORD, NOW, QUICK)
    data.vault.put(b"after the backup", "letter_page", "case-1", NOW)
    data.close()


def run(root: Path, make: Callable[[Path], None], act: Callable[[Path], None]) -> int:
    """Kill a child before each change in turn; return how many changes there are."""
    turn = 0
    make(root.with_suffix(".fresh"))
    while True:
        folder = root / f"{turn:03d}"
        shutil.copytree(root.with_suffix(".fresh"), folder)
        child = os.fork()
        if child == 0:
            die_before(turn)
            act(folder)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            return turn
        turn += 1


if __name__ == "__main__":
    place = Path(sys.argv[1])
    count = run(place / "backup", furnish, back_up)
    sys.stdout.write(f"{count} {run(place / 'restore', furnish_with_backup, bring_back)}\n")
