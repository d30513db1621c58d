"""A disk of a few pages: a tmpfs of its own, filled and freed at will."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

FILLER = "filler"
PIECE = bytes(4096)


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """Give a new folder a file system of its own; `size` as mount takes it ("8m", "128k")."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a small tmpfs is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=True)


def fill(disk: Path) -> None:
    """Write until not a page is left."""
    with (disk / FILLER).open("ab", buffering=0) as file:
        try:
            while file.write(PIECE):
                pass
        except OSError:
            return


def free(disk: Path) -> None:
    """Give back what `fill` took."""
    (disk / FILLER).unlink()
