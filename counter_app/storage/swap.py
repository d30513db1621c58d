"""Putting restored files in the place of a data folder's own, so that a kill leaves one or both.

The new files are complete in a folder of their own before the first name changes. A plan, written
durably beforehand, says which folder holds the new files and where the old ones go; whoever opens
the data folder next brings an interrupted exchange to its end.
"""

from __future__ import annotations

import json
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from counter_app.errors import CounterError, FailureCode
from counter_app.storage.durable import sync_folder, write_durably
from counter_app.storage.failures import translated
from counter_app.storage.instance import InstanceLock

PLAN = "restore.plan"
LOCK = "restore.lock"
STAGE = "restore-new"
_OUT, _IN = "out", "in"
STORE_NAMES = (
    "store.db",
    "store.db-wal",
    "store.db-shm",
    "store.mark",
    "store.height",
    "vault",
    "key.json",
    "key.dpapi",
)


@dataclass(frozen=True, slots=True)
class _Plan:
    phase: str
    aside: str
    names: tuple[str, ...]


def is_pending(folder: Path) -> bool:
    """Say whether an exchange was interrupted."""
    return (folder / PLAN).exists()


def fresh_stage(folder: Path) -> Path:
    """Return an empty folder for the new files; what an earlier attempt left is removed."""
    stage = folder / STAGE
    with translated():
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(mode=0o700, parents=True)
    return stage


def exchange(folder: Path, now: datetime, names: tuple[str, ...]) -> None:
    """Move the folder's own files aside and the staged ones in; nothing is deleted.

    Args:
        folder: The data folder.
        now: Names the folder aside.
        names: Files and folders that go aside, or come in, where they are present.

    Raises:
        CounterError: DISK_FULL; STORE_LOCKED.
    """
    aside = f"before-restore-{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"
    _write(folder, _Plan(_OUT, aside, names))
    _go_on(folder)


def finish_exchange(folder: Path) -> None:
    """Bring an interrupted exchange to its end; without one there is nothing to do.

    Raises:
        CounterError: STORE_IN_USE while another process restores; DISK_FULL; STORE_LOCKED.
    """
    if not is_pending(folder):
        return
    with restoring(folder):
        _go_on(folder)


def restoring(folder: Path) -> InstanceLock:
    """Return the lock that one restoring process holds.

    Raises:
        CounterError: STORE_IN_USE.
    """
    try:
        return InstanceLock(folder / LOCK)
    except CounterError as error:
        if error.code is FailureCode.ANOTHER_INSTANCE:
            raise CounterError(FailureCode.STORE_IN_USE, part="restore") from error
        raise


def _go_on(folder: Path) -> None:
    plan = _read(folder)
    if plan is None:
        return
    with translated():
        if plan.phase == _OUT:
            _move(plan.names, folder, folder / plan.aside)
            _write(folder, _Plan(_IN, plan.aside, plan.names))
        _move(plan.names, folder / STAGE, folder)
        shutil.rmtree(folder / STAGE, ignore_errors=True)
        (folder / PLAN).unlink(missing_ok=True)
        sync_folder(folder)


def _move(names: tuple[str, ...], source: Path, target: Path) -> None:
    present = [name for name in names if (source / name).exists()]
    if not present:
        return
    target.mkdir(mode=0o700, exist_ok=True)
    for name in present:
        (source / name).replace(target / name)
    sync_folder(target)


def _write(folder: Path, plan: _Plan) -> None:
    said = {"phase": plan.phase, "aside": plan.aside, "names": plan.names}
    write_durably(folder / PLAN, json.dumps(said).encode())


def _read(folder: Path) -> _Plan | None:
    try:
        said = json.loads((folder / PLAN).read_bytes())
        names = tuple(Path(str(name)).name for name in said["names"])
        return _Plan(str(said["phase"]), Path(str(said["aside"])).name, names)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise CounterError(FailureCode.STORE_CORRUPT, file=PLAN) from error
