"""The demonstration as a person runs it: a process of its own, judged by others."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.canaries import CANARIES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "out"
    environment = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    done = subprocess.run(
        [sys.executable, "-m", "counter_app", "demo", "--out", str(folder)],
        capture_output=True,
        text=True,
        timeout=240,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.timeout(300)
def test_the_case_ends_applied_with_a_valid_seal(out: Path) -> None:
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert summary["seal_valid"] is True
    states = [item["state"] for item in summary["states"]]
    assert states[0] == "DRAFT"
    assert states[-1] == "APPLIED"
    assert "ACCEPTED_UNPRINTED" in states
    assert re.fullmatch(r"\d{21}", summary["acceptance_no"])


def test_every_screen_has_its_picture(out: Path) -> None:
    assert len(list(out.glob("[0-9][0-9]-*.png"))) >= 20


def test_another_judge_finds_the_seal_valid(out: Path) -> None:
    told = subprocess.run(
        ["pdfsig", str(out / "receipt.pdf")], capture_output=True, text=True, check=False
    ).stdout
    assert "Signature is Valid" in told
    assert "Total document signed" in told


def test_another_reader_finds_the_words_and_no_whole_number(out: Path) -> None:
    text = subprocess.run(
        ["pdftotext", "-layout", str(out / "receipt.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "已受理，尚未生效" in text
    assert "139****0002" in text
    assert not any(canary in text for canary in CANARIES if canary.isdigit())


def test_nothing_personal_is_in_the_clear_on_disk(out: Path) -> None:
    secrets = [canary.encode("utf-8") for canary in CANARIES]
    found = [
        str(path.relative_to(out))
        for path in (out / "data").rglob("*")
        if path.is_file()
        and "prints" not in path.parts
        and path.name != "demo-directory.jsonl"
        and any(secret in path.read_bytes() for secret in secrets)
    ]
    assert found == []


def test_the_counter_s_own_command_agrees(out: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "counter_app",
            "verify",
            str(out / "receipt.pdf"),
            "--data",
            str(out / "data"),
            "--json",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["valid"] is True
