"""`counter-app rehearse` as somebody types it: several files, broken ones among them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from counter_app.__main__ import app

FOLDER = Path(__file__).resolve().parents[2] / "rehearsals"
GOOD = FOLDER / "s01_principal_in_person.toml"
KEYS = {
    "file", "state", "step", "risk", "findings", "papers", "messages", "journal", "differences"
}  # fmt: skip


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["rehearse", *(str(word) for word in words)])


@pytest.fixture
def different(tmp_path: Path) -> Path:
    path = tmp_path / "different.toml"
    path.write_text(GOOD.read_text("utf-8").replace('"QUEUED"', '"REFUSED"'), "utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.toml"
    path.write_text(GOOD.read_text("utf-8").replace("[visit]", "[visit]\nhurry = true"), "utf-8")
    return path


def test_the_status_tells_the_worst_of_several_files(different: Path, broken: Path) -> None:
    assert run(GOOD).exit_code == 0
    assert run(GOOD, different).exit_code == 1
    assert run(different, GOOD).exit_code == 1
    assert run(broken, GOOD, different).exit_code == 2
    assert run(GOOD, broken).exit_code == 2


def test_a_broken_file_among_others_keeps_none_of_them_from_being_played(
    different: Path, broken: Path
) -> None:
    done = run(broken, GOOD, different)
    assert f"{GOOD}: ok (QUEUED)" in done.stdout
    assert f"{different}: state: expected REFUSED, got QUEUED" in done.stdout
    assert "broken.toml" in done.stderr
    assert "visit.hurry" in done.stderr


def test_the_json_is_one_object_a_line_and_file(different: Path, broken: Path) -> None:
    done = run(GOOD, broken, different, "--json")
    assert done.exit_code == 2
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert set(first) == set(second) == KEYS
    assert first["differences"] == []
    assert second["differences"] == [{"key": "state", "expected": "REFUSED", "got": "QUEUED"}]


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"", b"zz = " + b"[" * 20_000, b"zz = " + b"9" * 6_000]
)
def test_a_file_that_is_nothing_is_said_in_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_bytes(content)
    for odd in (path, tmp_path, tmp_path / "absent.toml"):
        done = run(odd)
        assert done.exit_code == 2
        assert odd.name in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_file_saved_by_a_windows_editor_is_played(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.read_bytes().replace(b"\n", b"\r\n"))
    assert run(path).exit_code == 0


SHIPPED = FOLDER.parents[1] / "resources" / "providers"


def pack_alone(folder: Path, old: str, new: str) -> Path:
    text = (SHIPPED / "lakala.toml").read_text("utf-8")
    assert old in text
    folder.mkdir()
    (folder / "lakala.toml").write_text(text.replace(old, new, 1), "utf-8")
    return folder


def test_a_new_pack_alone_is_rehearsed_before_it_is_signed(tmp_path: Path) -> None:
    virtual = FOLDER / "phone_virtual.toml"
    assert run(virtual).exit_code == 0
    refusing = pack_alone(
        tmp_path / "new", "refused_classes = []", 'refused_classes = ["virtual_operator"]'
    )
    done = run(virtual, "--rules", refusing)
    assert done.exit_code == 1
    assert "state: expected QUEUED, got DRAFT" in done.stdout


def test_rules_that_are_wrong_or_not_there_are_bad_input(tmp_path: Path) -> None:
    misspelt = pack_alone(tmp_path / "new", "shared_limit = 2", "shared_limits = 2")
    done = run(GOOD, "--rules", misspelt)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "phones.shared_limits (unknown key)" in done.stderr
    for folder in (tmp_path, tmp_path / "absent", GOOD):
        assert run(GOOD, "--rules", folder).exit_code == 2
