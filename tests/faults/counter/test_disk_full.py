"""A full disk in the middle of a case: the clerk is told, nothing is lost, the case goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.case_state import CaseState
from counter_app.domain.identity_document import Owner
from counter_app.errors import FailureCode
from counter_app.flow.steps import Step
from tests.faults.counter import visit
from tests.faults.counter.world import Bench, BenchMaker
from tests.faults.small_disk import fill, free, mounted


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own where the counter's data will lie."""
    with mounted(tmp_path / "a", size="24m") as folder:
        yield folder


def say_who_until_full(one: Bench, disk: Path) -> None:
    """Fill the disk and answer until a save fails; the store may still have a page or two."""
    fill(disk)
    for number in (1, 2, 3, 1, 2, 3, 1, 2):
        one.clerk.pick("reason_tiles", number)
        one.settle()
        fill(disk)
        if one.state.unsaved is not None:
            return


def test_a_full_disk_is_told_and_loses_nothing(bench: BenchMaker, small_disk: Path) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    visit.scan_terminal(one.clerk)
    one.clerk.pick("role_tiles", 1)
    say_who_until_full(one, small_disk)
    one.tells(FailureCode.DISK_FULL)
    one.clerk.shoot("disk-full")
    answered = one.state.draft
    assert one.stored().draft != answered

    one.clerk.next("presenter")
    one.tells(FailureCode.DISK_FULL)
    visit.wait_for_reader(one.clerk)
    one.clerk.shoot("disk-full-at-the-card")
    one.reader.insert(visit.CARD)
    one.clerk.wait("card", lambda: one.state.draft.document_of(Owner.PRINCIPAL) is not None)

    free(small_disk)
    one.reader.remove()
    one.clerk.pick("face_tiles", 1)
    one.clerk.pick("print_tiles", 1)
    one.clerk.next("card")
    kept = one.stored()
    assert (kept.step, kept.draft) == (Step.MATERIALS, one.state.draft)
    one.clerk.wait("the all-clear", lambda: one.state.unsaved is None)
    assert "磁盘空间不足" not in one.words()


def test_a_case_that_cannot_be_put_aside_stays_open(bench: BenchMaker, small_disk: Path) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    visit.scan_terminal(one.clerk)
    one.clerk.pick("role_tiles", 1)
    say_who_until_full(one, small_disk)
    answered = one.state.draft
    one.window.close()
    one.clerk.press("park_button")
    one.clerk.wait("the page", lambda: one.state.waiting is None)
    one.tells(FailureCode.DISK_FULL)
    assert one.window.isVisible()
    assert one.state.draft == answered
    assert one.state.case_state is CaseState.DRAFT

    free(small_disk)
    one.window.close()
    one.clerk.press("park_button")
    one.clerk.wait("the end", lambda: not one.window.isVisible())
    kept = one.counter.performer.life.load(answered.case_id)
    assert (kept.draft, kept.case_state) == (answered, CaseState.PARKED)


def test_a_case_that_cannot_be_accepted_now_is_accepted_once_later(
    bench: BenchMaker, small_disk: Path
) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    visit.to_acceptance(one.clerk, one.reader)
    one.clerk.at(Step.ACCEPT)
    one.settle()
    fill(small_disk)
    one.clerk.key(visit.NEXT, visit.CONTROL)
    one.clerk.wait("an answer", lambda: one.state.waiting is None, 20.0)
    one.tells(FailureCode.DISK_FULL)
    one.clerk.shoot("disk-full-at-acceptance")
    assert one.state.acceptance_no is None
    assert one.stored().case_state is CaseState.DRAFT

    free(small_disk)
    visit.accept(one.clerk)
    visit.confirm_paper(one.clerk)
    assert one.stored().case_state is CaseState.QUEUED
