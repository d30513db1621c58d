"""kill -9 of the window at twelve moments of one visit: the case goes on, and is accepted once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.bootstrap.application import DEMO_PASSPHRASE
from counter_app.bootstrap.counter import open_counter
from counter_app.bootstrap.places import Places
from counter_app.domain.case_state import CaseState
from counter_app.domain.paper_parts import PaperKind
from counter_app.ports.stored import CaseFilter
from counter_app.storage.restore import check_data
from tests.faults.counter.killed import MOMENTS
from tests.faults.counter.world import demo_settings

ROOT = Path(__file__).resolve().parents[3]


def killed_at(folder: Path, moment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.counter.killed", str(folder), moment],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, f"{moment}: {done.stderr[-2000:]}"


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_case_killed_at_every_step_is_taken_up_whole_and_accepted_once(
    template: Path, tmp_path: Path
) -> None:
    shutil.copytree(template, tmp_path / "data")
    for moment in MOMENTS:
        killed_at(tmp_path, moment)
    counter = open_counter(demo_settings("pty:/none"), Places(tmp_path / "data"), DEMO_PASSPHRASE)
    with counter.data.store.view() as unit:
        (case,) = unit.cases(CaseFilter())
        assert len(unit.waiting()) == 1
        (paper,) = unit.paper_status(case.case_id)
        assert unit.verify_journal() == ()
    assert case.state is CaseState.QUEUED
    assert (paper.kind, paper.prints) == (PaperKind.RECEIPT.value, 3)
    assert check_data(counter.data).is_whole()
    counter.close()
