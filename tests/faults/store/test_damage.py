"""Wrong keys, damaged pages, newer files, full disks, second instances, tampering."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import event

from counter_app.domain.acceptance_number import parse
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import CaseFilter, StoredPaper
from counter_app.storage.data_folder import DataFolder, open_data_folder
from counter_app.storage.database import Database
from counter_app.storage.instance import InstanceLock
from counter_app.storage.keys import Cost, KeyKeeper
from counter_app.storage.migrate import migrate
from counter_app.storage.store import SqlCaseStore
from tests.contract.store.builders import NOW, PLACE, accepted, draft, message, queued

KEY = hashlib.sha256(b"a key for tests").digest()
QUICK = Cost(memory_kib=8, passes=1, lanes=1)
PAGE = 4096


def keeper(folder: Path) -> KeyKeeper:
    return KeyKeeper(folder, None, QUICK)


def opened(folder: Path) -> DataFolder:
    folder.mkdir(exist_ok=True)
    kept = keeper(folder)
    if not kept.exists():
        kept.rewrap(KEY, "a passphrase")
    return open_data_folder(folder, PLACE, kept, "a passphrase")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "store.db", KEY, busy_timeout_s=0.2)
    yield database
    database.close()


def raw(database: Database, *statements: str) -> None:
    with database.raw() as connection:
        for statement in statements:
            connection.execute(statement)


def flip(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1]))


def code_of(caught: pytest.ExceptionInfo[CounterError]) -> FailureCode:
    return caught.value.code


def test_another_key_opens_nothing(database: Database, tmp_path: Path) -> None:
    migrate(database)
    other = Database(tmp_path / "store.db", bytes(32))
    with pytest.raises(CounterError) as caught:
        migrate(other)
    assert code_of(caught) is FailureCode.STORE_KEY_WRONG


def test_another_counters_store_does_not_open_here(tmp_path: Path) -> None:
    opened(tmp_path / "mine").close()
    theirs = Database(tmp_path / "theirs.db", bytes(32))
    migrate(theirs)
    theirs.close()
    shutil.copyfile(tmp_path / "theirs.db", tmp_path / "mine" / "store.db")
    with pytest.raises(CounterError) as caught:
        opened(tmp_path / "mine")
    assert code_of(caught) is FailureCode.STORE_KEY_WRONG


def test_a_damaged_first_page_is_damage_and_not_a_wrong_key(tmp_path: Path) -> None:
    opened(tmp_path / "data").close()
    flip(tmp_path / "data" / "store.db", 200)
    with pytest.raises(CounterError) as caught:
        opened(tmp_path / "data")
    assert code_of(caught) is FailureCode.STORE_CORRUPT


def test_a_lost_key_file_is_not_replaced_by_a_new_key(tmp_path: Path) -> None:
    opened(tmp_path / "data").close()
    (tmp_path / "data" / "key.json").unlink()
    with pytest.raises(CounterError) as caught:
        open_data_folder(tmp_path / "data", PLACE, keeper(tmp_path / "data"), "a passphrase")
    assert code_of(caught) is FailureCode.STORE_KEY_WRONG
    assert not (tmp_path / "data" / "key.json").exists()


def test_a_damaged_page_is_found_wherever_it_is(tmp_path: Path) -> None:
    data = opened(tmp_path / "data")
    with data.store.begin() as unit:
        accepted(unit)
        unit.put_paper(StoredPaper("case-1", "receipt", b"{}", os.urandom(60_000), NOW), "c01")
    assert data.database.problems() == ()
    data.close()
    path = tmp_path / "data" / "store.db"
    pages = path.stat().st_size // PAGE
    flip(path, (pages - 3) * PAGE + 100)
    data = opened(tmp_path / "data")
    assert data.database.problems() == (f"HMAC verification failed for page {pages - 2}",)
    with pytest.raises(CounterError) as caught, data.store.view() as unit:
        unit.paper("case-1", "receipt")
    assert code_of(caught) is FailureCode.STORE_CORRUPT
    data.close()


def test_a_newer_programs_store_is_left_alone(database: Database) -> None:
    migrate(database)
    raw(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CounterError) as caught:
        SqlCaseStore(database, PLACE)
    assert code_of(caught) is FailureCode.STORE_NEWER
    assert caught.value.facts == {"found": "9999", "known": "0004"}


def test_a_store_of_an_older_version_is_brought_forward_with_what_it_holds(
    database: Database,
) -> None:
    migrate(database)
    raw(
        database,
        "INSERT INTO phones (number, principal, merchant_no, seen_on)"
        " VALUES ('hash', 'hash', 'm', '2026-11-22')",
        "DROP INDEX numbers_by_day",
        "DROP INDEX phones_by_case",
        "DROP INDEX agents_by_case",
        "ALTER TABLE phones DROP COLUMN case_id",
        "ALTER TABLE agents DROP COLUMN case_id",
        "ALTER TABLE decisions DROP COLUMN wanted",
        "ALTER TABLE decisions DROP COLUMN deadline",
        "UPDATE alembic_version SET version_num = '0001'",
    )
    store = SqlCaseStore(database, PLACE)
    with store.begin() as unit:
        assert unit.phone_changed_on("m") == date(2026, 11, 22)
        accepted(unit)
    assert database.problems() == ()


def test_a_second_writer_waits_and_then_is_told(database: Database) -> None:
    store = SqlCaseStore(database, PLACE)
    with store.begin() as unit:
        unit.save_draft(draft(), NOW)
        with store.view() as view:
            assert view.cases(CaseFilter()) == ()
        with pytest.raises(CounterError) as caught, store.begin():
            pass
    assert code_of(caught) is FailureCode.STORE_LOCKED
    with store.view() as view:
        assert len(view.cases(CaseFilter())) == 1


def test_two_threads_never_get_the_same_number(tmp_path: Path) -> None:
    database = Database(tmp_path / "store.db", KEY)
    store = SqlCaseStore(database, PLACE)

    def work(name: str) -> None:
        for count in range(20):
            with store.begin() as unit:
                accepted(unit, f"{name}-{count}")

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.view() as unit:
        uses = unit.numbers(date(2026, 11, 23))
        assert unit.verify_journal() == ()
    assert [parse(use.acceptance_no).sequence for use in uses] == list(range(1, 41))
    assert len({use.case_id for use in uses}) == 40
    database.close()


def test_a_full_disk_keeps_what_was_saved_and_the_store_goes_on_after(database: Database) -> None:
    store = SqlCaseStore(database, PLACE)
    queued(store)
    limit = database.path.stat().st_size // PAGE + 40

    def cap(connection: sqlcipher.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {limit}")

    database.close()
    event.listen(database._engine, "connect", cap)
    with pytest.raises(CounterError) as caught, store.begin() as unit:
        unit.save_draft(draft("case-2", body=os.urandom(400_000)), NOW)
    assert code_of(caught) is FailureCode.DISK_FULL
    with store.view() as unit:
        assert [case.case_id for case in unit.cases(CaseFilter())] == ["case-1"]
        assert unit.next_due(NOW) == message("m1")
        assert unit.verify_journal() == ()
    event.remove(database._engine, "connect", cap)
    database.close()
    with store.begin() as unit:
        unit.save_draft(draft("case-2", body=os.urandom(400_000)), NOW)
    assert database.problems() == ()


def fill(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    with contextlib.suppress(OSError):
        while os.write(handle, bytes(4096)):
            continue
    os.close(handle)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("mounting a small tmpfs is not allowed here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_really_full_disk_loses_nothing(small_disk: Path) -> None:
    data = opened(small_disk / "data")
    data.vault.put(b"kept", "id_front", "case-1", NOW)
    queued(data.store)
    fill(small_disk / "ballast")
    with pytest.raises(CounterError) as caught, data.store.begin() as unit:
        unit.save_draft(draft("case-2", body=os.urandom(300_000)), NOW)
    assert code_of(caught) is FailureCode.DISK_FULL
    with pytest.raises(CounterError) as caught:
        data.vault.put(os.urandom(300_000), "id_back", "case-1", NOW)
    assert code_of(caught) is FailureCode.DISK_FULL
    (small_disk / "ballast").unlink()
    with data.store.begin() as unit:
        assert [case.case_id for case in unit.cases(CaseFilter())] == ["case-1"]
        unit.save_draft(draft("case-2", body=os.urandom(30_000)), NOW)
    assert [image.kind for image in data.vault.images("case-1")] == ["id_front"]
    assert data.vault.sweep(NOW) == 0
    assert data.database.problems() == ()
    data.close()


def test_one_program_at_a_folder_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "instance.lock"
    with InstanceLock(path), pytest.raises(CounterError) as caught:
        InstanceLock(path)
    assert code_of(caught) is FailureCode.ANOTHER_INSTANCE
    InstanceLock(path).release()


def test_a_killed_program_gives_its_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "instance.lock"
    script = (
        "import sys, pathlib, counter_app.storage.instance as i\n"
        "held = i.InstanceLock(pathlib.Path(sys.argv[1])); print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(CounterError) as caught:
            InstanceLock(path)
        child.kill()
    assert code_of(caught) is FailureCode.ANOTHER_INSTANCE
    InstanceLock(path).release()


def test_a_store_has_one_migration_history_and_the_tables_it_describes(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from counter_app.storage.tables import METADATA

    migrate(database)
    with database.engine_connection() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert differences == []
