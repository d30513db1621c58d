"""Accounts and directory from head office, a person's own data, and the locked queue, by hand."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from counter_app.bootstrap import demo_world
from counter_app.bootstrap.places import resource
from counter_app.storage.directory_file import FileKind, Header, write_directory
from tests.canaries import CANARIES
from tests.contract.store.builders import NOW, accepted, draft
from tests.faults.counter.test_store_commands import WRONG, data, opened, refused, run

__all__ = ["data"]

KEY = resource("simulator", "demo_head_office_key.pem")
PERSON = demo_world.PRINCIPAL_NUMBER
PASSWORD = demo_world.PASSWORD
BODY = f'{{"number":"{PERSON}","name":"赵䶮"}}'.encode()


def account_file(folder: Path, serial: int, *people: tuple[str, str]) -> Path:
    """Write an unsigned account file of invented people."""
    hashed = run("accounts", "hash", typed="first-password\nfirst-password\n").stdout.strip()
    assert hashed.startswith("$argon2id$")
    listed = [
        {"account_id": name, "display_name": "演示", "roles": [role], "password": hashed}
        for name, role in people
    ]
    path = folder / "accounts.json"
    said = {
        "schema": 1,
        "serial": serial,
        "issued_at": datetime.now(UTC).isoformat(),
        "accounts": listed,
    }
    path.write_text(json.dumps(said, ensure_ascii=False) + "\n", "utf-8")
    return path


def test_accounts_come_signed_from_head_office(data: Path, tmp_path: Path) -> None:
    path = account_file(tmp_path, 1, ("c07", "clerk"), ("m01", "centre_manager"))
    refused(run("accounts", "load", path, "--data", data), "RULES_SIGNATURE")
    signed = run("accounts", "sign", path, "--key", KEY)
    assert "serial 1, 2 accounts" in signed.stdout
    assert run("accounts", "load", path, "--data", data).stdout == "2 accounts\n"
    shown = run("accounts", "show", "--data", data).stdout
    assert shown == "c07: clerk\nm01: centre_manager\n"
    refused(run("accounts", "load", path, "--data", data), "ACCOUNTS_INVALID", 2)
    path.write_text(path.read_text("utf-8").replace("c07", "c08"), "utf-8")
    refused(run("accounts", "load", path, "--data", data), "RULES_SIGNATURE")


def test_a_first_password_opens_no_day_and_authorises_nothing(data: Path, tmp_path: Path) -> None:
    path = account_file(tmp_path, 1, ("c07", "clerk"), ("m07", "centre_manager"))
    run("accounts", "sign", path, "--key", KEY)
    run("accounts", "load", path, "--data", data)
    typed = "first-password\n"
    opening = run("day", "open", "--by", "c07", "--data", data, typed=typed)
    refused(opening, "PASSWORD_MUST_CHANGE")
    looking = run("subject", "show", "--by", "m07", "--data", data, typed=typed)
    refused(looking, "PASSWORD_MUST_CHANGE")


def test_an_account_file_that_is_wrong_is_never_signed(tmp_path: Path) -> None:
    path = account_file(tmp_path, 1, ("c07", "king"))
    refused(run("accounts", "sign", path, "--key", KEY), "ACCOUNTS_INVALID", 2)
    assert not path.with_name("accounts.json.sig").exists()
    refused(run("accounts", "sign", tmp_path / "no.json", "--key", KEY), *WRONG)
    refused(run("accounts", "sign", path, "--key", tmp_path / "no.pem"), *WRONG)
    refused(run("accounts", "hash", typed="one\ntwo\n"), *WRONG)


def test_a_directory_comes_signed_from_head_office(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "directory.jsonl"
    header = Header(FileKind.FULL, 2, 0, datetime.now(UTC))
    write_directory(path, header, demo_world.MERCHANTS)
    refused(run("directory", "load", path, "--data", data), "RULES_SIGNATURE")
    assert run("directory", "sign", path, "--key", KEY).exit_code == 0
    assert run("directory", "load", path, "--data", data).stdout == "serial 2, 4 merchants\n"
    assert run("directory", "load", path, "--data", data).exit_code == 2
    refused(run("directory", "load", tmp_path / "no", "--data", data), *WRONG)
    kept = opened(data)
    with kept.store.view() as unit:
        rows = [json.loads(row.record) for row in unit.journal_rows()]
    kept.close()
    assert rows[-1]["action"] == "DIRECTORY_LOADED"
    assert rows[-1]["facts"] == {"serial": "2", "merchants": "4"}


def picture() -> bytes:
    """Return a plain photograph."""
    out = io.BytesIO()
    Image.new("RGB", (640, 400), (120, 140, 160)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def filled(data: Path) -> Path:
    """A store with an accepted case of a person, with a picture and something that is none."""
    kept = opened(data)
    kept.vault.put(picture(), "id_front", "case-1", NOW)
    kept.vault.put(b"no picture", "pen_samples", "case-1", NOW)
    with kept.store.begin() as unit:
        unit.save_draft(draft("case-1", body=BODY), NOW)
        accepted(unit, "case-2")
    kept.close()
    return data


def ask(command: str, *more: str | Path, data: Path, by: str = "m01", who: str = PERSON) -> str:
    """Ask about a person, as somebody who may."""
    words = ("subject", command, *more, "--by", by, "--data", data)
    done = run(*words, typed=f"{PASSWORD}\n{who}\n")
    assert done.exit_code == 0, done.stderr
    return str(done.stdout)


def test_a_person_is_told_what_is_held_and_gets_a_copy(filled: Path, tmp_path: Path) -> None:
    shown = ask("show", data=filled)
    assert shown.startswith("case-1")
    assert "2 pictures" in shown
    assert "nothing is held" in ask("show", data=filled, who="110199198811020021")
    copy = tmp_path / "copy"
    assert ask("export", copy, data=filled) == "1 cases, 2 files in copy\n"
    said = json.loads((copy / "held.json").read_text("utf-8"))
    assert json.loads(said[0]["draft"]) == {"number": PERSON, "name": "赵䶮"}
    (marked,) = copy.glob("*.jpg")
    assert is_marked_all_over(marked.read_bytes())
    assert all(path.stat().st_mode & 0o077 == 0 for path in copy.iterdir())


def is_marked_all_over(marked: bytes) -> bool:
    """Say whether each ninth of the picture differs from the plain one."""
    difference = ImageChops.difference(
        Image.open(io.BytesIO(marked)).convert("L"), Image.open(io.BytesIO(picture())).convert("L")
    )
    width, height = difference.size
    parts = [
        difference.crop(
            (width * x // 3, height * y // 3, width * (x + 1) // 3, height * (y + 1) // 3)
        )
        for x in range(3)
        for y in range(3)
    ]
    return all(part.getextrema()[1] > 40 for part in parts)


def test_the_journal_names_who_looked_and_copied_and_never_whom(
    filled: Path, tmp_path: Path
) -> None:
    ask("show", data=filled)
    ask("export", tmp_path / "copy", data=filled)
    kept = opened(filled)
    with kept.store.view() as unit:
        rows = [row.record.decode() for row in unit.journal_rows()][-5:]
    kept.close()
    acts = [json.loads(row)["action"] for row in rows]
    assert acts == ["STEPPED_UP", "REVEALED", "STEPPED_UP", "REVEALED", "EXPORTED"]
    assert all(json.loads(row)["actor"] == "m01" for row in rows)
    assert not [one for one in CANARIES for row in rows if one in row]


def test_a_correction_is_taken_down_and_goes_into_the_copy(filled: Path, tmp_path: Path) -> None:
    ask("correct", "case-1", data=filled, who="姓名应为赵龑")
    ask("correct", "case-1", data=filled, who="号码也不对")
    assert "2 corrections" in ask("show", data=filled)
    ask("export", tmp_path / "copy", data=filled)
    (said,) = json.loads((tmp_path / "copy" / "held.json").read_text("utf-8"))
    assert [one["text"] for one in said["corrections"]] == ["姓名应为赵龑", "号码也不对"]
    kept = opened(filled)
    with kept.store.view() as unit:
        row = next(row for row in unit.journal_rows() if b"CORRECTION_NOTED" in row.record)
    kept.close()
    assert "赵龑" not in row.record.decode()


def test_only_who_may_see_whole_cases_may_ask(filled: Path, tmp_path: Path) -> None:
    typed = f"{PASSWORD}\n{PERSON}\n"
    words = ("--data", filled)
    clerk = run("subject", "show", "--by", "c01", *words, typed=typed)
    refused(clerk, "ROLE_MISSING")
    wrong = run("subject", "show", "--by", "m01", *words, typed="wrong password\n")
    refused(wrong, "SIGN_IN_REFUSED")
    (tmp_path / "copy").mkdir()
    export = ("subject", "export", tmp_path / "copy", "--by", "m01", *words)
    refused(run(*export, typed=typed), "TARGET_EXISTS")
    unknown = run("subject", "correct", "case-9", "--by", "m01", *words, typed=f"{PASSWORD}\nx\n")
    refused(unknown, "CASE_UNKNOWN")


def test_the_queue_is_unlocked_by_a_manager_with_a_reason(data: Path) -> None:
    words = ("day", "unlock", "--data", data, "--reason", "network works")
    told = run(*words, "--by", "m01", typed=f"{PASSWORD}\n")
    assert told.stdout == "nothing was locked\n"
    clerk = run(*words, "--by", "c01", typed=f"{PASSWORD}\n")
    refused(clerk, "ROLE_MISSING")
