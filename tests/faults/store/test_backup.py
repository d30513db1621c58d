from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.domain.acceptance_number import parse
from counter_app.domain.journal import Anchor, JournalDamage
from counter_app.domain.submission import MessageState
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import CaseFilter
from counter_app.storage.backup import make_backup, read_backup
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.keys import KeyKeeper
from counter_app.storage.restore import Wrapping, check_backup, check_data, restore
from tests.contract.store.builders import LANE, NOW, PLACE, accepted, draft, message, queued
from tests.faults.store.test_damage import QUICK, flip, opened

WORD = "a passphrase"
DAY = NOW.date()


@pytest.fixture
def data(tmp_path: Path) -> Iterator[DataFolder]:
    data = opened(tmp_path / "data")
    data.vault.put(b"a letter", "letter_page", "case-1", NOW)
    queued(data.store)
    yield data
    data.close()


@pytest.fixture
def kept(data: DataFolder, tmp_path: Path) -> Path:
    make_backup(data, tmp_path / "backup", WORD, NOW, QUICK)
    return tmp_path / "backup"


def brought_back(kept: Path, target: Path, minute: int = 0) -> DataFolder:
    now = NOW + timedelta(minutes=minute)
    return restore(kept, WORD, target, PLACE, now, Wrapping(KeyKeeper(target, None, QUICK)))


def test_a_backup_brings_everything_back_on_another_machine(kept: Path, tmp_path: Path) -> None:
    again = brought_back(kept, tmp_path / "other")
    with again.store.view() as unit:
        assert unit.load("case-1").draft == draft().draft
        assert unit.next_due(NOW) == message("m1")
        assert unit.verify_journal() == ()
    (image,) = again.vault.images("case-1")
    assert again.vault.get(image.sha256) == b"a letter"
    assert check_data(again).is_whole()
    again.close()


def test_what_the_folder_held_is_moved_aside(data: DataFolder, kept: Path) -> None:
    with data.store.begin() as unit:
        accepted(unit, "after the backup")
    data.close()
    again = brought_back(kept, data.path)
    with again.store.view() as unit:
        assert [case.case_id for case in unit.cases(CaseFilter())] == ["case-1"]
    (aside,) = data.path.glob("before-restore-*")
    assert {path.name for path in aside.iterdir()} >= {"store.db", "vault", "key.json"}
    again.close()


def test_a_restored_store_is_another_incarnation_and_sends_again(
    data: DataFolder, kept: Path, tmp_path: Path
) -> None:
    with data.store.begin() as unit:
        first = unit.device_epoch()
        unit.mark("m1", MessageState.ACKED, "", NOW)
    again = brought_back(kept, tmp_path / "other")
    with again.store.view() as unit:
        assert unit.device_epoch() not in {first, ""}
        assert unit.next_due(NOW) == message("m1")
        assert unit.last_in_lane(LANE) == "m1"
    again.close()


def test_a_number_given_out_after_the_backup_is_never_given_again(
    data: DataFolder, kept: Path, tmp_path: Path
) -> None:
    given: set[str] = set()
    with data.store.begin() as unit:
        given.update(accepted(unit, f"later-{number}") for number in range(20))
    for turn in range(3):
        again = brought_back(kept, tmp_path / f"turn-{turn}", minute=turn * 4)
        with again.store.begin() as unit:
            fresh = [unit.next_acceptance_no("110199", "01", DAY) for _ in range(15)]
            tomorrow = unit.next_acceptance_no("110199", "01", DAY + timedelta(days=1))
        again.close()
        assert given.isdisjoint(fresh)
        given.update(fresh)
        assert parse(tomorrow).sequence == 1


def test_the_outside_anchor_shows_what_a_restore_lost(
    data: DataFolder, kept: Path, tmp_path: Path
) -> None:
    with data.store.begin() as unit:
        accepted(unit, "lost")
        unit.save_draft(draft("lost too"), NOW)
        head: Anchor = unit.journal_head()
    again = brought_back(kept, tmp_path / "other")
    damage = {fault.damage for fault in check_data(again, [head]).journal}
    assert damage & {JournalDamage.CUT_TAIL, JournalDamage.ANCHOR_DIFFERS}
    again.close()


def test_a_wrong_passphrase_opens_no_backup(kept: Path, tmp_path: Path) -> None:
    for act in (
        lambda: check_backup(kept, "wrong"),
        lambda: restore(kept, "wrong", tmp_path / "other", PLACE, NOW),
    ):
        with pytest.raises(CounterError) as caught:
            act()
        assert caught.value.code is FailureCode.STORE_KEY_WRONG
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("name", ["store.db", "manifest.json", "vault"])
def test_a_changed_file_of_a_backup_is_named(kept: Path, tmp_path: Path, name: str) -> None:
    path = kept / name
    changed = next(path.iterdir()) if path.is_dir() else path
    flip(changed, 30)
    with pytest.raises(CounterError) as caught:
        restore(kept, WORD, tmp_path / "other", PLACE, NOW)
    assert caught.value.code is FailureCode.BACKUP_DAMAGED
    assert caught.value.facts == {
        "file": changed.relative_to(kept).as_posix(),
        "cause": "changed",
    }
    assert not (tmp_path / "other").exists()


def test_a_missing_and_an_added_file_are_named(kept: Path) -> None:
    (kept / "vault" / "added.bin").write_bytes(b"")
    with pytest.raises(CounterError) as caught:
        check_backup(kept, WORD)
    assert caught.value.facts == {"file": "vault/added.bin", "cause": "added"}
    (kept / "vault" / "added.bin").unlink()
    assert check_backup(kept, WORD).is_whole()
    (kept / "manifest.json").unlink()
    with pytest.raises(CounterError) as caught:
        check_backup(kept, WORD)
    assert caught.value.facts == {"file": "manifest.json", "cause": "missing"}


def test_a_backup_is_never_written_over(data: DataFolder, kept: Path) -> None:
    with pytest.raises(CounterError) as caught:
        make_backup(data, kept, WORD, NOW, QUICK)
    assert caught.value.code is FailureCode.TARGET_EXISTS
    assert check_backup(kept, WORD).is_whole()


def test_a_backup_taken_while_cases_go_on_is_consistent(data: DataFolder, tmp_path: Path) -> None:
    stop = threading.Event()
    failures: list[CounterError] = []

    def work() -> None:
        number = 0
        while not stop.wait(0.005):
            number += 1
            try:
                data.vault.put(str(number).encode(), "id_front", f"busy-{number}", NOW)
                with data.store.begin() as unit:
                    accepted(unit, f"busy-{number}")
            except CounterError as error:
                failures.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for turn in range(3):
            make_backup(data, tmp_path / f"live-{turn}", WORD, NOW, QUICK)
    finally:
        stop.set()
        thread.join()
    assert failures == []
    for turn in range(3):
        read_backup(tmp_path / f"live-{turn}", WORD)
        again = brought_back(tmp_path / f"live-{turn}", tmp_path / f"back-{turn}")
        assert check_data(again).is_whole()
        again.close()


def test_a_check_names_damaged_pictures(data: DataFolder) -> None:
    (path,) = (data.path / "vault").iterdir()
    flip(path, 20)
    health = check_data(data)
    assert not health.is_whole()
    assert len(health.images) == 1
