"""SIGKILL in the middle of a backup or a restore: the store is right, half a copy is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.errors import CounterError, FailureCode
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.restore import check_backup, check_data
from tests.contract.store.builders import NOW
from tests.faults.store.killed_copy import WORD, bring_back
from tests.faults.store.test_damage import opened

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def wreckage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("killed")
    subprocess.run(
        [sys.executable, "-m", "tests.faults.store.killed_copy", str(root)], cwd=ROOT, check=True
    )
    return root


def folders(wreckage: Path, kind: str) -> list[Path]:
    """Return what each kill left behind; the last folder is of the run that was not killed."""
    found = sorted((wreckage / kind).iterdir())
    assert len(found) > 12, "hardly a change of the file system was seen"
    return found


def pictures(data: DataFolder) -> set[bytes]:
    return {data.vault.get(image.sha256) for image in data.vault.images("case-1")}


def test_a_killed_backup_harms_nothing_and_is_never_taken_for_whole(wreckage: Path) -> None:
    verdicts = []
    for folder in folders(wreckage, "backup"):
        data = opened(folder / "data")
        assert check_data(data).is_whole()
        data.close()
        verdicts.append(verdict(folder / "backup"))
    assert set(verdicts[:-1]) <= {FailureCode.BACKUP_DAMAGED, None}
    assert verdicts[-1] is None
    assert None not in verdicts[: len(verdicts) // 2]


def verdict(backup: Path) -> FailureCode | None:
    try:
        assert check_backup(backup, WORD).is_whole()
    except CounterError as error:
        return error.code
    return None


def test_a_killed_restore_leaves_the_old_store_or_the_new_one(wreckage: Path) -> None:
    seen = set()
    for folder in folders(wreckage, "restore"):
        data = opened(folder / "data")
        assert check_data(data).is_whole(), folder.name
        kept = pictures(data)
        with data.store.view() as unit:
            is_restored = any(b'"RESTORED"' in row.record for row in unit.journal_rows())
        assert kept == ({b"a letter"} if is_restored else {b"a letter", b"after the backup"})
        seen.add(is_restored)
        data.vault.put(b"work goes on", "letter_page", "case-1", NOW)
        data.close()
    assert seen == {False, True}


def test_a_killed_restore_can_be_done_again(wreckage: Path) -> None:
    for folder in folders(wreckage, "restore")[::4]:
        bring_back(folder)
        data = opened(folder / "data")
        assert check_data(data).is_whole()
        assert pictures(data) == {b"a letter"}
        data.close()
