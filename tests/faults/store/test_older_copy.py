"""A store file put back by hand from an older copy: numbers would be given out twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.errors import CounterError, FailureCode
from counter_app.storage.backup import make_backup
from counter_app.storage.data_folder import DataFolder, open_as_found, open_data_folder
from counter_app.storage.keys import Cost, KeyKeeper
from counter_app.storage.restore import Wrapping, check_data, restore
from tests.contract.store.builders import NOW, PLACE, accepted

WORD = "a passphrase"
QUICK = Cost(memory_kib=8, passes=1, lanes=1)
FILES = ("store.db", "store.db-wal", "store.db-shm")


def keeper(folder: Path) -> KeyKeeper:
    return KeyKeeper(folder, None, QUICK)


def opened(folder: Path) -> DataFolder:
    return open_data_folder(folder, PLACE, keeper(folder), WORD)


def accept(data: DataFolder, *case_ids: str) -> list[str]:
    """Accept cases, each in its own transaction; returns their numbers."""
    numbers = []
    for case_id in case_ids:
        with data.store.begin() as unit:
            numbers.append(accepted(unit, case_id))
    return numbers


def many(first: int, count: int) -> list[str]:
    return [f"case-{number}" for number in range(first, first + count)]


def taken(folder: Path, into: Path) -> Path:
    """Copy the store's files as somebody with a file manager does."""
    into.mkdir()
    for name in FILES:
        if (folder / name).exists():
            shutil.copy2(folder / name, into / name)
    return into


def put_back(copy: Path, folder: Path) -> None:
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
        if (copy / name).exists():
            shutil.copy2(copy / name, folder / name)


def refusal(folder: Path) -> FailureCode:
    with pytest.raises(CounterError) as caught:
        opened(folder)
    return caught.value.code


def refused(folder: Path) -> bool:
    """Say whether a store is not opened since it is older, or not in one piece."""
    try:
        opened(folder).close()
    except CounterError as error:
        return error.code in {FailureCode.STORE_OLDER, FailureCode.STORE_CORRUPT}
    return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one accepted case, closed."""
    path = tmp_path / "data"
    path.mkdir()
    keeper(path).unlock(WORD)
    data = opened(path)
    accept(data, "case-1")
    data.close()
    return path


def test_an_older_store_is_refused_and_the_newer_one_put_back_opens(
    folder: Path, tmp_path: Path
) -> None:
    older = taken(folder, tmp_path / "older")
    data = opened(folder)
    accept(data, "case-2")
    data.close()
    newer = taken(folder, tmp_path / "newer")
    put_back(older, folder)
    assert refusal(folder) is FailureCode.STORE_OLDER
    put_back(newer, folder)
    data = opened(folder)
    with data.store.view() as unit:
        assert unit.load("case-2").acceptance_no
    data.close()


def test_an_older_store_with_its_own_log_is_refused(folder: Path, tmp_path: Path) -> None:
    data = opened(folder)
    accept(data, "case-2")
    older = taken(folder, tmp_path / "older")
    assert (older / "store.db-wal").stat().st_size > 0
    accept(data, "case-3")
    data.close()
    put_back(older, folder)
    assert refusal(folder) is FailureCode.STORE_OLDER


@pytest.mark.parametrize("between", [1, 2, 3, 5, 8, 12, 20, 40, 200])
def test_an_older_store_under_the_newer_ones_log_is_refused_or_whole(
    folder: Path, tmp_path: Path, between: int
) -> None:
    older = taken(folder, tmp_path / "older")
    data = opened(folder)
    accept(data, *many(100, between))
    data.database.checkpoint()
    accept(data, "case-900", "case-901")
    cut = tmp_path / "cut"
    shutil.copytree(folder, cut)
    data.close()
    shutil.copy2(older / "store.db", cut / "store.db")
    (cut / "store.db-shm").unlink()
    if refused(cut):
        return
    data = opened(cut)
    health = check_data(data)
    with data.store.view() as unit:
        kept = [unit.load(case_id).acceptance_no for case_id in many(100, between)]
    data.close()
    assert health.is_whole()
    assert all(kept)


def test_a_power_cut_with_a_log_left_opens_with_everything(folder: Path, tmp_path: Path) -> None:
    data = opened(folder)
    accept(data, *many(100, 5))
    cut = tmp_path / "cut"
    shutil.copytree(folder, cut)
    data.close()
    data = opened(cut)
    with data.store.view() as unit:
        assert unit.load("case-104").acceptance_no
    data.close()


def test_where_only_the_older_copy_is_left_a_backup_of_it_restores_and_no_number_comes_twice(
    folder: Path, tmp_path: Path
) -> None:
    older = taken(folder, tmp_path / "older")
    data = opened(folder)
    lost = accept(data, "case-2", "case-3")
    data.close()
    put_back(older, folder)
    found = open_as_found(folder, PLACE, keeper(folder), WORD)
    make_backup(found, tmp_path / "backup", WORD, NOW)
    found.close()
    assert refusal(folder) is FailureCode.STORE_OLDER
    wrapping = Wrapping(keeper(folder), WORD)
    data = restore(tmp_path / "backup", WORD, folder, PLACE, NOW, wrapping)
    assert not set(accept(data, "case-4")) & set(lost)
    data.close()
    opened(folder).close()


@pytest.mark.expects_warnings
def test_a_height_that_cannot_be_noted_fails_no_case(folder: Path) -> None:
    data = opened(folder)
    (folder / "store.height").unlink()
    (folder / "store.height").mkdir()
    accept(data, "case-2")
    with data.store.view() as unit:
        assert unit.load("case-2").acceptance_no
    data.close()


def test_an_unreadable_note_refuses_nothing_and_is_written_anew(folder: Path) -> None:
    (folder / "store.height").write_bytes(b"\xff\x00 not a note")
    data = opened(folder)
    with data.store.begin() as unit:
        unit.journal(JournalEntry(NOW, "system", JournalAction.DEVICE_CHECKED))
        head = unit.journal_head()
    data.close()
    assert (folder / "store.height").read_text().startswith(f"{head.seq:020d}:{head.hash}")
