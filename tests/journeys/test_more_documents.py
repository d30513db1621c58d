"""Head office wants more: asked at its page, added by keys at the counter, decided there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(
        not Path("/usr/bin/chromium").exists(), reason="Debian's chromium is not installed"
    ),
]


@pytest.mark.timeout(300)
def test_documents_are_asked_for_added_by_keys_and_decided_on(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.more_documents_play", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary == {
        "state": "APPLIED",
        "messages": [["PHONE_REBIND", "APPLIED"], ["MORE_DOCUMENTS", "APPLIED"]],
        "cases": 1,
        "decisions": [["NEED_MORE", ["letter"]], ["IN_PROCESS", []], ["APPLIED", []]],
    }
