"""Writing a file so that a power cut leaves the old one or the new one, never half of one."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from counter_app.storage.failures import disk_failure


def write_durably(path: Path, data: bytes) -> None:
    """Write `data` to `path`: a new file beside it, fsync, rename, fsync of the folder.

    Raises:
        CounterError: DISK_FULL; STORE_DENIED for every other error of the file system.
    """
    new = path.with_name(f"{secrets.token_hex(8)}.new")
    try:
        _write_private(new, data)
        new.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise disk_failure(error) from error


def copy_durably(source: Path, target: Path) -> None:
    """Copy a file for its owner only and make it durable; its name is so after `sync_folder`.

    Raises:
        FileNotFoundError: The source is gone.
        CounterError: DISK_FULL; STORE_DENIED for every other error of the file system.
    """
    try:
        with source.open("rb") as file, os.fdopen(_private(target), "wb") as copy:
            shutil.copyfileobj(file, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
    except FileNotFoundError:
        raise
    except OSError as error:
        raise disk_failure(error) from error


def sync_file(path: Path) -> None:
    """Make a file's content durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the folder's names durable; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_private(path: Path, data: bytes) -> None:
    with os.fdopen(_private(path), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _private(path: Path) -> int:
    binary = getattr(os, "O_BINARY", 0)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, 0o600)
