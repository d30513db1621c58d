"""Whether what the system moves out of memory reaches a disk in the clear."""

from __future__ import annotations

import os
import stat
from enum import StrEnum
from pathlib import Path

_PROC, _SYS = Path("/proc"), Path("/sys")


class SwapSpace(StrEnum):
    """Where memory goes when there is too little of it."""

    NONE = "none"
    ENCRYPTED = "encrypted"
    IN_THE_CLEAR = "in the clear"
    UNKNOWN = "unknown"


def swap_space(proc: Path = _PROC, sys: Path = _SYS) -> SwapSpace:
    """Judge the system's swap devices and files.

    A device of dm-crypt, alone or below others, is encrypted; zram stays in memory and counts so.

    Args:
        proc: Where the kernel tells of processes; `swaps` is read.
        sys: Where it tells of devices; `dev/block` is read.

    Returns:
        UNKNOWN where the system tells nothing (Windows: see its page file encryption).

    Source: proc(5), /proc/swaps; Linux, Documentation/ABI/testing/sysfs-block-dm.
    """
    try:
        lines = (proc / "swaps").read_text(encoding="utf-8").splitlines()[1:]
    except OSError:
        return SwapSpace.UNKNOWN
    places = [Path(line.split()[0]) for line in lines if line.strip()]
    if not places:
        return SwapSpace.NONE
    every = all(_is_safe(place, sys) for place in places)
    return SwapSpace.ENCRYPTED if every else SwapSpace.IN_THE_CLEAR


def _is_safe(place: Path, sys: Path) -> bool:
    if place.name.startswith("zram"):
        return True
    try:
        said = place.stat()
    except OSError:
        return False
    device = said.st_rdev if stat.S_ISBLK(said.st_mode) else said.st_dev
    return _is_encrypted(sys / "dev" / "block" / f"{os.major(device)}:{os.minor(device)}")


def _is_encrypted(block: Path) -> bool:
    try:
        if (block / "dm" / "uuid").read_text(encoding="ascii").startswith("CRYPT-"):
            return True
    except OSError:
        pass
    below = sorted((block / "slaves").glob("*"))
    return bool(below) and all(_is_encrypted(one) for one in below)
