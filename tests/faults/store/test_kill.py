"""SIGKILL between any two steps: everything confirmed is there, nothing is there by half."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.domain.acceptance_number import parse
from counter_app.domain.case_state import CaseState
from counter_app.domain.submission import MessageState
from counter_app.ports.store import Unit
from counter_app.ports.stored import CaseFilter
from counter_app.storage.data_folder import DataFolder
from tests.contract.store.builders import NOW
from tests.faults.store.test_damage import opened

ROOT = Path(__file__).resolve().parents[3]
STEPS = 16


@pytest.fixture(scope="module")
def wreckage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("killed")
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.store.crash", str(root)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(STEPS)
    return root


def confirmed(folder: Path) -> set[str]:
    return set((folder / "confirmed").read_text().split())


@pytest.mark.parametrize("step", range(STEPS))
def test_a_kill_before_any_step_leaves_the_case_right(wreckage: Path, step: int) -> None:
    folder = wreckage / f"{step:02d}"
    known = confirmed(folder)
    data = opened(folder / "data")
    assert data.database.problems() == ()
    with data.store.view() as unit:
        assert unit.verify_journal() == ()
        check_draft(unit, known)
        check_acceptance(unit, known)
        check_paper(unit, known)
        check_delivery(unit, known)
    check_images(data, known)
    data.close()


def check_draft(unit: Unit, known: set[str]) -> None:
    bodies = {case.draft for case in unit.cases(CaseFilter())}
    if "final" in known:
        assert bodies == {b"final"}
    elif "draft" in known:
        assert bodies == {b'{"a":1}'}
    else:
        assert bodies == set()


def check_acceptance(unit: Unit, known: set[str]) -> None:
    """Number, state, message, letter and journal row: all of them or none."""
    numbers = unit.numbers(NOW.date())
    facts = {
        bool(numbers),
        bool(unit.messages("case-1")),
        unit.letter_used("L-1", None) is not None,
        any(b'"ACCEPTED"' in row.record for row in unit.case_journal("case-1")),
        bool(unit.cases(CaseFilter(text=numbers[0].acceptance_no)) if numbers else ()),
    }
    assert facts == {"accepted" in known}


def check_paper(unit: Unit, known: set[str]) -> None:
    """The clerk is asked for the paper of every sealed receipt that nobody confirmed."""
    statuses = unit.paper_status("case-1")
    assert bool(statuses) == ("sealed" in known)
    if not statuses:
        return
    assert statuses[0].prints == int("printed" in known)
    assert (statuses[0].confirmed_at is None) == ("queued" not in known)


def check_delivery(unit: Unit, known: set[str]) -> None:
    if "accepted" not in known:
        return
    message = unit.message("m1")
    if "decided" in known:
        assert message.state is MessageState.DECIDED
    elif "acked" in known:
        assert message.state is MessageState.ACKED
    else:
        assert unit.next_due(NOW) == message.message
    assert unit.cursor() == int("decided" in known)
    ended = unit.load("case-1").state is CaseState.APPLIED
    assert ended == ("decided" in known)


def check_images(data: DataFolder, known: set[str]) -> None:
    data.vault.sweep(NOW)
    images = data.vault.images("case-1")
    assert bool(images) == ("image" in known)
    assert data.vault.damaged() == ()


def test_a_number_that_was_not_accepted_is_given_to_the_next_case(wreckage: Path) -> None:
    data = opened(wreckage / "05" / "data")
    with data.store.begin() as unit:
        number = unit.next_acceptance_no("110199", "01", NOW.date())
        unit.accept("case-1", number, NOW, "c01")
        assert parse(number).sequence == 1
        assert unit.load("case-1").draft == b"final"
    data.close()
