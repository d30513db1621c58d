"""Journal, backup, restore and check on the command line, used rightly and in every wrong way."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from counter_app.__main__ import app
from counter_app.backoffice.sender_lock import sender_lock
from counter_app.bootstrap.application import DEMO_PASSPHRASE
from counter_app.bootstrap.places import resource
from counter_app.domain.journal import Place
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import StoredPaper
from counter_app.storage.data_folder import DataFolder, open_data_folder
from counter_app.storage.instance import InstanceLock
from counter_app.storage.keys import KeyKeeper
from tests.canaries import CANARIES
from tests.contract.store.builders import NOW, accepted, message
from tests.faults.small_disk import mounted

WORD = "wrapped for the safe"
DROP = "DROP TRIGGER journal_stays; DROP TRIGGER journal_kept; DROP TRIGGER journal_chained"
PLACE = Place("110199", "01", "test", "0")


@pytest.fixture
def data(template: Path, tmp_path: Path) -> Path:
    """A furnished data folder."""
    folder = tmp_path / "data"
    shutil.copytree(template, folder)
    return folder


def run(*words: str | Path, typed: str = "", passphrase: str = DEMO_PASSPHRASE) -> Result:
    """Run a command with what is piped in."""
    environment = {"COUNTER_APP_PASSPHRASE": passphrase, "COUNTER_APP_LANGUAGE": "en"}
    done = CliRunner().invoke(app, [str(word) for word in words], input=typed, env=environment)
    told = done.stdout + done.stderr
    assert "Traceback" not in told
    assert not [canary for canary in CANARIES if canary in told]
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done


def refused(done: Result, code: str, status: int = 1) -> None:
    """Require one line with a code."""
    assert done.exit_code == status, done.stderr
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith(f"{code}: "), line


def opened(folder: Path) -> DataFolder:
    """Open a data folder as a program of its own would."""
    return open_data_folder(folder, PLACE, KeyKeeper(folder), DEMO_PASSPHRASE)


def tamper(folder: Path, statements: str) -> None:
    """Change the store with its key and the library alone."""
    data = opened(folder)
    with data.database.raw() as connection:
        for statement in statements.split(";"):
            connection.execute(statement)
    data.close()


def backed_up(data: Path, folder: Path) -> Path:
    """Make a backup."""
    done = run("backup", folder, "--data", data, typed=f"{WORD}\n{WORD}\n")
    assert done.exit_code == 0, done.stderr
    return folder


@pytest.mark.parametrize(
    "words", [("check",), ("journal", "verify"), ("journal", "export", "x"), ("backup", "x")]
)
def test_no_command_makes_a_store_where_there_is_none(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused(run(*words, "--data", tmp_path / "typo"), "STORE_MISSING")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_passphrase_is_asked_for_by_name(data: Path) -> None:
    done = run("check", "--data", data, passphrase="")
    refused(done, "PASSPHRASE_MISSING")
    assert "COUNTER_APP_PASSPHRASE" in done.stderr


@pytest.mark.parametrize(
    ("statement", "damage"),
    [
        ("UPDATE journal SET record = replace(record, '\"system\"', '\"c01\"') WHERE seq = 3", "3"),
        ("DELETE FROM journal WHERE seq = 3", "3: DELETED"),
        (
            """
            UPDATE journal SET seq = 99 WHERE seq = 2;
            UPDATE journal SET seq = 2 WHERE seq = 3;
            UPDATE journal SET seq = 3 WHERE seq = 99
            """,
            "2: EDITED",
        ),
        ("DELETE FROM journal WHERE seq > 3", "4: CUT_TAIL"),
        ("DELETE FROM journal", "1: CUT_TAIL"),
    ],
    ids=["edit", "deletion", "exchange", "cut tail", "all"],
)
def test_tampering_with_the_file_is_found_without_an_anchor(
    data: Path, statement: str, damage: str
) -> None:
    assert run("journal", "verify", "--data", data).exit_code == 0
    tamper(data, f"{DROP};{statement}")
    done = run("journal", "verify", "--data", data)
    assert done.exit_code == 1
    assert f"row {damage}" in done.stdout
    assert run("check", "--data", data).exit_code == 1


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DROP TRIGGER cases_stay; UPDATE cases SET draft = x'7b7d'", "case-1"),
        ("UPDATE papers SET pdf = x'25504446'", "case-1/receipt"),
    ],
    ids=["case", "paper"],
)
def test_a_changed_case_or_paper_is_found_by_the_journal(
    data: Path, statement: str, found: str
) -> None:
    kept = opened(data)
    with kept.store.begin() as unit:
        accepted(unit, "case-1")
        unit.put_paper(StoredPaper("case-1", "receipt", b"{}", b"%PDF of the day", NOW), "c01")
    kept.close()
    assert run("check", "--data", data).exit_code == 0
    tamper(data, statement)
    done = run("check", "--data", data)
    assert done.exit_code == 1
    assert json.loads(done.stdout)["cases"] == [found]


def test_who_cuts_the_stores_own_note_too_is_found_by_the_digits_on_a_receipt(data: Path) -> None:
    kept = opened(data)
    with kept.store.view() as unit:
        digits = unit.journal_head().hash[:16]
    kept.close()
    assert run("journal", "verify", "--data", data, "--anchor", digits).exit_code == 0
    tamper(
        data,
        f"{DROP};DELETE FROM journal WHERE seq > 3;DELETE FROM notes WHERE name LIKE '%head'",
    )
    assert run("journal", "verify", "--data", data).exit_code == 0
    done = run("journal", "verify", "--data", data, "--anchor", digits)
    assert done.exit_code == 1
    assert "row 4: CUT_TAIL" in done.stdout


def test_an_export_is_verified_away_from_the_counter(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "journal.jsonl"
    assert run("journal", "export", out, "--data", data).exit_code == 0
    assert out.stat().st_mode & 0o077 == 0
    refused(run("journal", "export", out, "--data", data), "TARGET_EXISTS")
    assert run("journal", "verify", "--file", out).exit_code == 0
    lines = out.read_bytes().splitlines(keepends=True)
    head = json.loads(lines[-1])
    anchor = f"{head['seq']}:{head['hash']}"
    out.write_bytes(b"".join(lines[:-1]))
    assert run("journal", "verify", "--file", out).exit_code == 0
    assert run("journal", "verify", "--file", out, "--anchor", anchor).exit_code == 1
    out.write_bytes(b"".join([*lines[:1], *lines[2:]]))
    assert "row 2: DELETED" in run("journal", "verify", "--file", out).stdout
    refused(run("journal", "verify", "--file", resource("providers", "lakala.toml")), *WRONG)
    refused(run("journal", "verify", "--file", tmp_path / "none"), *WRONG)
    refused(run("journal", "verify", "--anchor", "five", "--data", data), *WRONG)
    refused(run("journal", "export", tmp_path / "no" / "x", "--data", data), "FILE_UNWRITABLE")


WRONG = ("INPUT_INVALID", 2)


def test_a_backup_comes_back_on_another_machine(data: Path, tmp_path: Path) -> None:
    kept = backed_up(data, tmp_path / "kept")
    assert run("check", "--backup", kept, typed=f"{WORD}\n").exit_code == 0
    other = tmp_path / "other"
    assert run("restore", kept, "--data", other, typed=f"{WORD}\n").exit_code == 0
    assert run("check", "--data", other).exit_code == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept.rglob("*"))


def test_a_backup_used_wrongly_says_what_is_wrong(data: Path, tmp_path: Path) -> None:
    kept = backed_up(data, tmp_path / "kept")
    twice = f"{WORD}\n{WORD}\n"
    refused(run("backup", kept, "--data", data, typed=twice), "TARGET_EXISTS")
    unequal = run("backup", tmp_path / "b", "--data", data, typed=f"{WORD}\nother\n")
    refused(unequal, *WRONG)
    assert not (tmp_path / "b").exists()
    assert run("backup", tmp_path / "b", "--data", data).exit_code == 1
    refused(run("backup", "/proc/x", "--data", data, typed=twice), "FILE_UNWRITABLE")


def test_a_restore_used_wrongly_changes_nothing(data: Path, tmp_path: Path) -> None:
    kept = backed_up(data, tmp_path / "kept")
    before = (data / "store.db").read_bytes()
    refused(run("restore", kept, "--data", data, typed="wrong\n"), "STORE_KEY_WRONG")
    refused(run("restore", tmp_path / "no", "--data", data, typed="x\n"), "BACKUP_DAMAGED")
    refused(run("restore", data, "--data", data, typed="x\n"), "BACKUP_DAMAGED")
    with InstanceLock(data / "window.lock"):
        refused(run("restore", kept, "--data", data, typed=f"{WORD}\n"), "STORE_IN_USE")
    with sender_lock(data / "sender.lock.db"):
        refused(run("restore", kept, "--data", data, typed=f"{WORD}\n"), "STORE_IN_USE")
    half = kept / "store.db"
    half.write_bytes(half.read_bytes()[:100_000])
    refused(run("restore", kept, "--data", data, typed=f"{WORD}\n"), "BACKUP_DAMAGED")
    refused(run("check", "--backup", kept, typed=f"{WORD}\n"), "BACKUP_DAMAGED")
    assert (data / "store.db").read_bytes() == before
    assert run("check", "--data", data).exit_code == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system too small for a copy of the store."""
    with mounted(tmp_path / "small", size="128k") as folder:
        yield folder


def test_a_full_disk_leaves_neither_half_a_backup_nor_half_a_restore(
    data: Path, tmp_path: Path, small_disk: Path
) -> None:
    full = run("backup", small_disk / "b", "--data", data, typed=f"{WORD}\n{WORD}\n")
    refused(full, "DISK_FULL")
    assert list(small_disk.iterdir()) == []
    kept = backed_up(data, tmp_path / "kept")
    target = small_disk / "data"
    refused(run("restore", kept, "--data", target, typed=f"{WORD}\n"), "DISK_FULL")
    assert not (target / "store.db").exists()
    assert not (target / "vault").exists()
    assert run("check", "--data", data).exit_code == 0


def test_a_damaged_page_is_named_and_no_backup_hides_it(data: Path, tmp_path: Path) -> None:
    path = data / "store.db"
    content = bytearray(path.read_bytes())
    content[3 * 4096 + 100] ^= 1
    path.write_bytes(content)
    done = run("check", "--data", data)
    assert (done.exit_code, "page 4" in done.stdout) == (1, True)
    kept = run("backup", tmp_path / "b", "--data", data, typed=f"{WORD}\n{WORD}\n")
    assert kept.exit_code == 1
    assert kept.stderr.startswith("STORE_CORRUPT")
    assert not (tmp_path / "b").exists()


LOST: dict[str, Callable[[Path], object]] = {
    "empty": lambda data: (data / "store.db").write_bytes(b""),
    "gone": lambda data: (data / "store.db").unlink(),
    "cut short": lambda data: os.truncate(data / "store.db", 10),
}


@pytest.mark.parametrize("lose", LOST.values(), ids=LOST.keys())
def test_a_store_that_was_there_is_never_begun_anew(
    data: Path, lose: Callable[[Path], object]
) -> None:
    lose(data)
    pictures = sorted((data / "vault").iterdir())
    for command in (("check",), ("journal", "verify"), ("sender",)):
        refused(run(*command, "--data", data), "STORE_CORRUPT")
    with pytest.raises(CounterError) as caught:
        opened(data)
    assert caught.value.code is FailureCode.STORE_CORRUPT
    assert sorted((data / "vault").iterdir()) == pictures


DENIED = ("key.json", "store.db", "store.mark")


@pytest.mark.parametrize("name", DENIED)
def test_a_file_that_cannot_be_read_is_said_in_one_line(data: Path, name: str) -> None:
    (data / name).unlink()
    (data / name).mkdir()
    refused(run("check", "--data", data), "STORE_DENIED")


def test_a_vault_that_is_no_folder_is_said_in_one_line(data: Path) -> None:
    shutil.rmtree(data / "vault")
    (data / "vault").write_text("x")
    refused(run("check", "--data", data), "STORE_DENIED")


CHANGED = {
    "a picture's key": ("DELETE FROM images", "case-1/picture"),
    "whose picture it is": ("UPDATE images SET case_id = 'case-2'", "case-1/picture"),
    "a message": ("DROP TRIGGER messages_kept; DELETE FROM messages", "case-1/m1"),
    "what a message says": (
        "DROP TRIGGER messages_stay; UPDATE messages SET payload = x'00'",
        "case-1/m1",
    ),
    "a message emptied": (
        "DROP TRIGGER messages_stay; UPDATE messages SET payload = x''",
        "case-1/m1",
    ),
    "a message never to be sent": ("UPDATE messages SET state = 'VOIDED'", "case-1/m1"),
    "where a case stands": ("UPDATE cases SET state = 'PARKED'", "case-1"),
    "a case": (
        "PRAGMA foreign_keys = OFF; DROP TRIGGER cases_kept; DELETE FROM cases",
        "case-1",
    ),
}


@pytest.mark.parametrize(("statement", "found"), CHANGED.values(), ids=CHANGED.keys())
def test_what_was_changed_beside_the_program_is_named(
    data: Path, statement: str, found: str
) -> None:
    kept = opened(data)
    picture = kept.vault.put(b"a picture", "id_front", "case-1", NOW)
    with kept.store.begin() as unit:
        accepted(unit, "case-1")
        unit.add_message(replace(message("m1"), blobs=(picture.sha256,)))
    kept.close()
    done = run("check", "--data", data)
    assert done.exit_code == 0, done.stdout
    tamper(data, statement)
    done = run("check", "--data", data)
    assert done.exit_code == 1
    assert any(one.startswith(found) for one in json.loads(done.stdout)["cases"])
