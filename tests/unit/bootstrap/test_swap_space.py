from __future__ import annotations

import os
from pathlib import Path

import pytest

from counter_app.bootstrap.swap_space import SwapSpace, swap_space

HEADER = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"


class Kernel:
    """A folder that tells of swaps and devices as the kernel does."""

    def __init__(self, folder: Path) -> None:
        self.proc, self.sys = folder / "proc", folder / "sys"
        self.proc.mkdir()
        self.file = folder / "swapfile"
        self.file.write_bytes(b"")
        device = self.file.stat().st_dev
        self.block = self.sys / "dev" / "block" / f"{os.major(device)}:{os.minor(device)}"
        self.block.mkdir(parents=True)

    def uses(self, *places: Path) -> None:
        rows = "".join(f"{place} file 1000 0 -2\n" for place in places)
        (self.proc / "swaps").write_text(HEADER + rows)

    def maps(self, block: Path, uuid: str) -> None:
        (block / "dm").mkdir(parents=True)
        (block / "dm" / "uuid").write_text(uuid)

    def says(self) -> SwapSpace:
        return swap_space(self.proc, self.sys)


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    return Kernel(tmp_path)


def test_a_machine_without_swap_writes_no_memory_to_a_disk(kernel: Kernel) -> None:
    kernel.uses()
    assert kernel.says() is SwapSpace.NONE


def test_a_swap_file_on_a_plain_disk_is_in_the_clear(kernel: Kernel) -> None:
    kernel.uses(kernel.file)
    assert kernel.says() is SwapSpace.IN_THE_CLEAR


def test_a_swap_file_on_an_encrypted_disk_is_encrypted(kernel: Kernel) -> None:
    kernel.uses(kernel.file)
    kernel.maps(kernel.block, "CRYPT-LUKS2-0123")
    assert kernel.says() is SwapSpace.ENCRYPTED


def test_a_volume_on_an_encrypted_disk_is_encrypted(kernel: Kernel) -> None:
    kernel.uses(kernel.file)
    kernel.maps(kernel.block, "LVM-0123")
    kernel.maps(kernel.block / "slaves" / "dm-0", "CRYPT-LUKS2-0123")
    assert kernel.says() is SwapSpace.ENCRYPTED


def test_a_volume_of_which_one_disk_is_plain_is_in_the_clear(kernel: Kernel) -> None:
    kernel.uses(kernel.file)
    kernel.maps(kernel.block / "slaves" / "dm-0", "CRYPT-LUKS2-0123")
    (kernel.block / "slaves" / "sda3").mkdir()
    assert kernel.says() is SwapSpace.IN_THE_CLEAR


def test_compressed_memory_is_no_disk(kernel: Kernel) -> None:
    kernel.uses(Path("/dev/zram0"))
    assert kernel.says() is SwapSpace.ENCRYPTED


def test_a_swap_that_cannot_be_looked_at_counts_as_in_the_clear(kernel: Kernel) -> None:
    kernel.uses(Path("/dev/gone-with-the-wind"))
    assert kernel.says() is SwapSpace.IN_THE_CLEAR


def test_a_system_that_tells_nothing_leaves_it_unknown(kernel: Kernel) -> None:
    assert kernel.says() is SwapSpace.UNKNOWN
