from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.vault import ImageRef, Vault
from counter_app.storage.database import Database
from counter_app.storage.memory_vault import MemoryVault
from counter_app.storage.store import SqlCaseStore
from counter_app.storage.vault import FileVault
from tests.contract.store.builders import NOW, PLACE, draft, minutes

PICTURE = b"\x89PNG \xe6\xa0\xb7\xe6\x9c\xac\xe7\x94\xb2 " + os.urandom(100_000)
DIGEST = hashlib.sha256(PICTURE).hexdigest()


@pytest.fixture
def files(sql_store: SqlCaseStore, database: Database, tmp_path: Path) -> FileVault:
    return FileVault(database, tmp_path / "vault")


@pytest.fixture(params=["files", "memory"])
def vault(request: pytest.FixtureRequest) -> Vault:
    if request.param == "memory":
        return MemoryVault()
    kept: Vault = request.getfixturevalue("files")
    return kept


def failure(act: object) -> FailureCode:
    assert callable(act)
    with pytest.raises(CounterError) as caught:
        act()
    return caught.value.code


def test_a_picture_comes_back_byte_for_byte(vault: Vault) -> None:
    ref = vault.put(PICTURE, "letter_page", "case-1", NOW)
    assert ref == ImageRef(DIGEST, len(PICTURE), "letter_page", "case-1", NOW)
    assert vault.get(DIGEST) == PICTURE
    assert vault.images("case-1") == (ref,)
    assert vault.images("case-2") == ()


def test_an_empty_picture_is_kept_too(vault: Vault) -> None:
    ref = vault.put(b"", "signature", "case-1", NOW)
    assert vault.get(ref.sha256) == b""


def test_the_same_picture_of_a_case_is_kept_once(vault: Vault) -> None:
    first = vault.put(PICTURE, "letter_page", "case-1", NOW)
    assert vault.put(PICTURE, "letter_page", "case-1", minutes(1)) == first
    assert len(vault.images("case-1")) == 1


def test_an_erased_picture_is_gone_and_another_cases_copy_stays(vault: Vault) -> None:
    vault.put(PICTURE, "id_front", "case-1", NOW)
    vault.put(PICTURE, "id_front", "case-2", NOW)
    vault.erase(DIGEST, "case-1")
    assert vault.images("case-1") == ()
    assert vault.get(DIGEST) == PICTURE
    vault.erase(DIGEST, "case-2")
    assert failure(lambda: vault.get(DIGEST)) is FailureCode.IMAGE_UNKNOWN
    assert failure(lambda: vault.erase(DIGEST, "case-2")) is FailureCode.IMAGE_UNKNOWN


def test_a_picture_above_32_mib_is_refused(vault: Vault) -> None:
    too_large = bytes(32 * 1024 * 1024 + 1)
    found = failure(lambda: vault.put(too_large, "letter_page", "case-1", NOW))
    assert found is FailureCode.IMAGE_TOO_LARGE


def test_nothing_is_swept_that_has_a_key(vault: Vault) -> None:
    vault.put(PICTURE, "id_front", "case-1", NOW)
    assert vault.sweep(NOW) == 0
    assert vault.get(DIGEST) == PICTURE


def test_files_say_nothing_by_name_or_content(files: FileVault, tmp_path: Path) -> None:
    files.put(PICTURE, "id_front", "case-1", NOW)
    (path,) = (tmp_path / "vault").iterdir()
    assert DIGEST not in path.name
    assert "case" not in path.name
    content = path.read_bytes()
    assert PICTURE[:16] not in content
    assert path.stat().st_mode & 0o077 == 0


def test_each_copy_has_a_key_of_its_own(files: FileVault, tmp_path: Path) -> None:
    files.put(PICTURE, "id_front", "case-1", NOW)
    files.put(PICTURE, "id_front", "case-2", NOW)
    first, second = (path.read_bytes() for path in (tmp_path / "vault").iterdir())
    assert first != second


def test_erasing_removes_the_key_and_the_file(
    files: FileVault, database: Database, tmp_path: Path
) -> None:
    files.put(PICTURE, "id_front", "case-1", NOW)
    with database.read() as sql:
        (key,) = sql.exec_driver_sql("SELECT key FROM images").one()
    files.erase(DIGEST, "case-1")
    assert list((tmp_path / "vault").iterdir()) == []
    with database.read() as sql:
        assert sql.exec_driver_sql("SELECT count(*) FROM images").scalar() == 0
    assert len(key) == 32


def test_a_changed_file_is_never_shown(files: FileVault, tmp_path: Path) -> None:
    files.put(PICTURE, "id_front", "case-1", NOW)
    (path,) = (tmp_path / "vault").iterdir()
    content = bytearray(path.read_bytes())
    content[50] ^= 1
    path.write_bytes(content)
    assert failure(lambda: files.get(DIGEST)) is FailureCode.STORE_CORRUPT
    assert files.damaged() == (DIGEST,)


def test_swapped_files_are_never_shown(files: FileVault, tmp_path: Path) -> None:
    files.put(PICTURE, "id_front", "case-1", NOW)
    files.put(PICTURE + b"2", "id_back", "case-1", NOW)
    first, second = (tmp_path / "vault").iterdir()
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)
    assert failure(lambda: files.get(DIGEST)) is FailureCode.STORE_CORRUPT


@pytest.mark.parametrize("size", [0, 5, 12, 20])
def test_a_cut_file_is_never_shown(files: FileVault, tmp_path: Path, size: int) -> None:
    files.put(PICTURE, "id_front", "case-1", NOW)
    (path,) = (tmp_path / "vault").iterdir()
    path.write_bytes(path.read_bytes()[:size])
    assert failure(lambda: files.get(DIGEST)) is FailureCode.STORE_CORRUPT


def test_a_missing_file_is_named_and_counted(files: FileVault, tmp_path: Path) -> None:
    files.put(PICTURE, "id_front", "case-1", NOW)
    next((tmp_path / "vault").iterdir()).unlink()
    assert failure(lambda: files.get(DIGEST)) is FailureCode.STORE_CORRUPT
    assert files.damaged() == (DIGEST,)


def test_files_left_by_a_power_cut_are_swept(files: FileVault, tmp_path: Path) -> None:
    files.put(PICTURE, "id_front", "case-1", NOW)
    (tmp_path / "vault" / "0123.bin").write_bytes(b"left over")
    (tmp_path / "vault" / "4567.new").write_bytes(b"half")
    assert files.sweep(NOW) == 2
    assert files.get(DIGEST) == PICTURE


def test_pictures_of_a_case_that_was_never_saved_go_after_a_day(
    files: FileVault, database: Database
) -> None:
    with SqlCaseStore(database, PLACE).begin() as unit:
        unit.save_draft(draft("saved"), NOW)
    files.put(PICTURE, "id_front", "saved", NOW)
    files.put(PICTURE, "id_front", "never saved", NOW)
    day = timedelta(days=1)
    assert files.sweep(NOW + day - timedelta(microseconds=1)) == 0
    assert files.sweep(NOW + day) == 1
    assert files.images("never saved") == ()
    assert len(files.images("saved")) == 1
    assert files.get(DIGEST) == PICTURE
