"""kill -9 at every step after acceptance: void, signed page, pad, correction, swap slip."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LEAST = {"void": 6, "file copy": 4, "sign": 4, "correct": 4, "swap": 10}
"""How many moments each act has at least."""


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_an_act_killed_at_any_moment_is_done_again_and_nothing_is_lost(
    template: Path, tmp_path: Path
) -> None:
    shutil.copytree(template, tmp_path / "data")
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.counter.killed_later", str(tmp_path / "data")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=580,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    deaths = [json.loads(line) for line in done.stdout.splitlines()]
    counted = Counter(death["act"] for death in deaths)
    assert all(counted[act] >= least for act, least in LEAST.items()), counted
    for death in deaths:
        assert death["whole"], death
        assert "receipt" in death["papers"], death
        _judge(death)


def _judge(death: dict[str, object]) -> None:
    """Require what a clerk expects after doing it once more."""
    papers, pictures, messages = death["papers"], death["pictures"], death["messages"]
    assert isinstance(papers, list)
    assert isinstance(pictures, list)
    assert isinstance(messages, list)
    match death["act"]:
        case "void":
            assert (death["state"], "void_notice" in papers) == ("VOIDED", True), death
        case "file copy":
            assert pictures.count("signed_receipt") == 1, death
            assert messages.count("SIGNED_COPY") == 1, death
        case "sign":
            assert 1 <= pictures.count("pad_receipt") <= 2, death
        case "swap":
            assert (death["state"], papers) == ("QUEUED", ["receipt", "swap_slip"]), death
            assert messages == ["PHONE_REBIND", "TERMINAL_SWAP"], death
        case _:
            assert death["cases"] in {2, 3}, death
