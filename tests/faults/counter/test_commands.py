"""Commands used in a wrong way: one line that says what to do, 1 for failure, 2 for wrong use."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from counter_app.__main__ import app
from counter_app.bootstrap.application import DEMO_PASSPHRASE
from counter_app.bootstrap.places import resource
from counter_app.storage.instance import InstanceLock
from tests.canaries import CANARIES

PASS = {"COUNTER_APP_PASSPHRASE": "not-the-passphrase"}
OPEN = {"COUNTER_APP_PASSPHRASE": DEMO_PASSPHRASE}


def run(*words: str | Path, env: dict[str, str] | None = None) -> Result:
    """Run a command."""
    done = CliRunner().invoke(app, [str(word) for word in words], env=env or PASS)
    told = done.stdout + done.stderr
    assert "Traceback" not in told
    assert not [canary for canary in CANARIES if canary in told]
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done


def one_line(done: Result) -> str:
    """Return the only line that was said."""
    (line,) = done.stderr.strip().splitlines()
    return line


@pytest.mark.parametrize(
    "words",
    [
        ("run", "--no-such-option"),
        ("no-such-command",),
        ("verify",),
        ("rules", "check"),
        ("headoffice", "serve"),
    ],
)
def test_a_wrong_option_is_wrong_use(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "FILE"),
        ("rules", "check", "FILE"),
        ("rehearse", "FILE"),
        ("rules", "sign", "FILE", "--key", "FILE"),
    ],
)
def test_a_file_that_is_not_there_is_said_in_one_line(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    missing = str(tmp_path / "nothing.here")
    done = run(*(missing if word == "FILE" else word for word in words))
    assert done.exit_code in {1, 2}
    one_line(done)


def test_a_key_that_is_not_there_or_no_key_is_said_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(resource("providers"), folder)
    missing = run("rules", "sign", folder, "--key", tmp_path / "no.pem")
    assert missing.exit_code in {1, 2}
    one_line(missing)


def test_a_wrong_passphrase_is_said_in_one_line(template: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(template, data)
    done = run("check", "--data", data)
    assert done.exit_code == 1
    assert one_line(done).startswith("STORE_KEY_WRONG")


def test_the_doctor_reports_devices_though_the_store_does_not_open(
    template: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(template, data)
    wrong = run("doctor", "--data", data, "--json")
    assert wrong.exit_code == 1
    report = json.loads(wrong.stdout)
    assert report["store"]["failure"].startswith("STORE_KEY_WRONG")
    assert set(report) >= {"program", "machine", "id_reader", "cards", "camera", "printer"}
    nowhere = run("doctor", "--data", tmp_path / "nowhere")
    assert nowhere.exit_code == 1
    assert "STORE_MISSING" in nowhere.stdout
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("data", "code"), [("/proc/nowhere", "FILE_UNWRITABLE"), ("a file", "TARGET_EXISTS")]
)
def test_a_data_folder_that_cannot_be_made_is_said_in_one_line(
    data: str, code: str, tmp_path: Path
) -> None:
    (tmp_path / "a file").touch()
    done = run("run", "--data", tmp_path / data)
    assert done.exit_code == 1
    assert one_line(done).startswith(code)


def test_a_start_without_a_screen_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    done = run("run", "--data", tmp_path)
    assert done.exit_code == 1
    assert one_line(done).startswith("DISPLAY_MISSING")


def test_a_sender_makes_no_store(tmp_path: Path) -> None:
    done = run("sender", "--data", tmp_path / "typo")
    assert done.exit_code == 1
    assert one_line(done).startswith("STORE_MISSING")
    assert not (tmp_path / "typo").exists()


def test_an_unknown_key_in_the_settings_names_file_line_key_and_what_is_allowed(
    tmp_path: Path,
) -> None:
    (tmp_path / "settings.toml").write_text('environment = "demo"\n[devices]\nprintr = "auto"\n')
    for command in (("run",), ("doctor",), ("sender",), ("journal", "verify")):
        done = run(*command, "--data", tmp_path)
        assert done.exit_code == 2, command
        line = one_line(done)
        assert "settings.toml" in line
        assert "line: 3" in line
        assert "printr" in line
        assert "allowed" in line


def test_an_unknown_key_in_a_rule_pack_names_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(resource("providers"), folder)
    pack = folder / "lakala.toml"
    lines = pack.read_text("utf-8").splitlines()
    pack.write_text("\n".join(["surprise = 1", *lines]) + "\n", "utf-8")
    done = run("rules", "check", folder)
    assert done.exit_code == 2
    assert "lakala.toml" in one_line(done)
    assert "line: 1" in one_line(done)
    assert "surprise" in one_line(done)


def test_a_rule_pack_that_was_tampered_with_is_never_used(template: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(template, data)
    shutil.copytree(resource("providers"), data / "rules")
    pack = data / "rules" / "lakala.toml"
    pack.write_text(pack.read_text("utf-8") + "\n# a stroke\n", "utf-8")
    done = run("rules", "show", "--data", data)
    assert done.exit_code == 0
    assert "age: " in done.output
    last = done.output.splitlines()[-1]
    assert last.startswith("newer rules refused: RULES_SIGNATURE")
    assert "lakala.toml" in last
    (data / "rules").rename(data / "rules.old")
    shutil.copytree(data / "rules.old", data / "rules")
    told = json.loads(run("rules", "show", "--data", data, "--json").output)
    assert told["refused"] == {
        "at": None,
        "code": "RULES_SIGNATURE",
        "facts": {"file": "lakala.toml"},
    }
    assert {pack["provider"] for pack in told["packs"]} >= {"lakala", "chinaums"}


def test_rules_are_taken_over_whole_and_a_refusal_is_told_later(
    template: Path, tmp_path: Path
) -> None:
    data, folder = tmp_path / "data", tmp_path / "incoming"
    shutil.copytree(template, data)
    shutil.copytree(resource("providers"), folder)
    done = run("rules", "take-over", folder, "--data", data, env=OPEN)
    assert done.exit_code == 0
    assert "lakala 2026.11.1" in done.output
    assert (data / "rules" / "lakala.toml.sig").exists()
    pack = folder / "lakala.toml"
    pack.write_text(pack.read_text("utf-8") + "\n# a stroke\n", "utf-8")
    refused = run("rules", "take-over", folder, "--data", data, env=OPEN)
    assert refused.exit_code == 1
    assert one_line(refused).startswith("RULES_SIGNATURE")
    shown = run("rules", "show", "--data", data).output
    assert "lakala 2026.11.1" in shown
    assert "UTC, RULES_SIGNATURE" in shown.splitlines()[-1]
    shutil.rmtree(folder)
    shutil.copytree(resource("providers"), folder)
    assert run("rules", "take-over", folder, "--data", data, env=OPEN).exit_code == 0
    assert run("rules", "show", "--data", data).output.splitlines()[-1].startswith("age: ")


def test_a_second_start_says_so_and_ends_with_one(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "counter_app", "run", "--data", str(tmp_path)]
    with InstanceLock(tmp_path / "window.lock"):
        done = subprocess.run(
            words, env={**os.environ, **PASS}, capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("ANOTHER_INSTANCE")
