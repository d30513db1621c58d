"""Acts on accepted cases that die by SIGKILL.

`python -m tests.faults.counter.killed_later FOLDER` takes a furnished data folder without cases.
Each act is begun again and again on a fresh copy of the same counter; the n-th time it dies at its
n-th moment: before a transaction begins, or before it is committed. Then the counter is opened
anew, judged, and the act is done once more, as the clerk would. One line of JSON for each death.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
from sqlalchemy import Connection, event

from counter_app.bootstrap import demo_world
from counter_app.bootstrap.application import DEMO_PASSPHRASE
from counter_app.bootstrap.counter import Counter, open_counter
from counter_app.bootstrap.new_id import new_id
from counter_app.bootstrap.office import sealing_keys
from counter_app.bootstrap.places import Places
from counter_app.bootstrap.signed_papers import signed_copies_of
from counter_app.domain.case_state import CaseState
from counter_app.domain.paper_parts import PaperKind
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.effects import SaveDraft
from counter_app.ports.stop import never
from counter_app.ports.stored import CaseFilter
from counter_app.services.pad_signatures import PadSignatures, PenSample, PenSource
from counter_app.storage.keys import KeyKeeper
from counter_app.storage.restore import check_data
from tests.faults.counter.canary_people import CanaryPerson
from tests.faults.counter.test_canary_day import play, play_text
from tests.faults.counter.world import demo_settings
from tests.faults.store.test_damage import QUICK

MOST_MOMENTS = 40
BY = demo_world.CLERK


def void(counter: Counter, case_id: str) -> None:
    """Take the case back before it left; when it is void already, print what says so."""
    performer, desk = counter.performer, counter.make_desk()
    with counter.data.store.view() as unit:
        is_void = unit.load(case_id).state is CaseState.VOIDED
    if is_void:
        performer.papers.print_accepted(case_id, (PaperKind.VOID_NOTICE,), desk, never())
    else:
        performer.undoing.void(case_id, "clerk_error", desk, never())


def file_copy(counter: Counter, case_id: str) -> None:
    """File the page that the customer signed."""
    with counter.data.store.view() as unit:
        pdf = unit.paper(case_id, PaperKind.RECEIPT.value).pdf
    picture = BytesIO()
    pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().save(picture, "PNG")
    signed_copies_of(counter).keep((picture.getvalue(),), BY)


def sign(counter: Counter, case_id: str) -> None:
    """Sign on the pad."""
    keys = sealing_keys(counter.places, counter.profile)
    pad = PadSignatures(counter.data.store, counter.data.vault, keys, counter.clock, new_id)
    samples = tuple(PenSample(at * 5, at * 3, at * 2, 500) for at in range(200))
    pad.keep(pad.sheet(case_id), samples, PenSource.MOUSE, BY)


def correct(counter: Counter, case_id: str) -> None:
    """Begin the case that corrects it."""
    life = counter.performer.life
    state = life.correct(case_id, BY)
    life.save(SaveDraft(state.draft, state.step, CaseState.DRAFT))


def print_swap(counter: Counter, case_id: str) -> None:
    """Seal and print the receipt and the swap slip of a case that has no paper yet."""
    kinds = (PaperKind.RECEIPT, PaperKind.SWAP_SLIP)
    performer, desk = counter.performer, counter.make_desk()
    performer.papers.print_accepted(case_id, kinds, desk, never())
    performer.papers.confirm(case_id, kinds, BY)


ACTS: dict[str, Callable[[Counter, str], None]] = {
    "void": void,
    "file copy": file_copy,
    "sign": sign,
    "correct": correct,
    "swap": print_swap,
}


def opened(folder: Path) -> Counter:
    """Open the counter without a window."""
    return open_counter(demo_settings("pty:/none"), Places(folder), DEMO_PASSPHRASE)


def die_at(counter: Counter, moment: int) -> None:
    """Let the power go at the n-th beginning or end of a transaction that writes."""
    passed = 0

    def count(connection: Connection) -> None:
        nonlocal passed
        if connection.get_execution_options().get("snapshot", False):
            return
        passed += 1
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("begin", "commit"):
        event.listen(counter.data.database._engine, name, count)


def died(folder: Path, case_id: str, name: str, moment: int) -> bool:
    """Do an act in a process that dies at a moment; False when the act came to its end."""
    child = os.fork()
    if child == 0:
        counter = opened(folder)
        die_at(counter, moment)
        ACTS[name](counter, case_id)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.waitstatus_to_exitcode(status) == 0, f"{name} failed by itself"
    return False


def judged(folder: Path, case_id: str, name: str) -> dict[str, object]:
    """Open the counter after a death, judge it, and do the act once more."""
    counter = opened(folder)
    before = check_data(counter.data)
    ACTS[name](counter, case_id)
    health = check_data(counter.data)
    with counter.data.store.view() as unit:
        case = unit.load(case_id)
        told: dict[str, object] = {
            "whole": before.is_whole() and health.is_whole(),
            "state": case.state.value,
            "papers": sorted(one.kind for one in unit.paper_status(case_id)),
            "pictures": sorted(one.kind for one in counter.data.vault.images(case_id)),
            "messages": sorted(one.message.type.value for one in unit.messages(case_id)),
            "cases": len(unit.cases(CaseFilter())),
        }
    counter.close()
    return told


class NoSeal:
    """A seal that cannot be put on, so that a case is accepted and has no paper."""

    def seal(self, pdf: bytes) -> bytes:
        """Fail."""
        raise CounterError(FailureCode.SEAL_FAILED, bytes=len(pdf))

    def days_left(self) -> int:
        """Say nothing of the end."""
        return 365


def swapped(counter: Counter) -> None:
    """Accept a number and a replacement terminal, without paper so far."""
    papers = replace(counter.performer.papers, seal=NoSeal())
    unsealed = replace(counter, performer=replace(counter.performer, papers=papers))
    play_text(unsealed, CanaryPerson(2).visit(datetime.now(UTC), swap_to="N600W99999999"))


def prepared(folder: Path, make: Callable[[Counter], None]) -> str:
    """Make the one case of a data folder; returns its id."""
    counter = opened(folder)
    make(counter)
    with counter.data.store.view() as unit:
        (case,) = unit.cases(CaseFilter())
    counter.close()
    return case.case_id


def kill_each_moment(folder: Path, case_id: str, name: str) -> None:
    """Kill an act at every moment and say how it stands after each death."""
    for moment in range(1, MOST_MOMENTS):
        copy = folder.with_name("copy")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
        if not died(copy, case_id, name, moment):
            return
        told = {"act": name, "moment": moment, **judged(copy, case_id, name)}
        sys.stdout.write(json.dumps(told) + "\n")


def main(folder: Path) -> None:
    """Kill every act at every moment."""
    keeper = KeyKeeper(folder, None, QUICK)
    keeper.rewrap(keeper.unlock(DEMO_PASSPHRASE), DEMO_PASSPHRASE)
    other = folder.with_name("swap")
    shutil.copytree(folder, other)
    case_id = prepared(folder, lambda counter: play(counter, CanaryPerson(1)))
    swap_id = prepared(other, swapped)
    for name in ACTS:
        if name == "swap":
            kill_each_moment(other, swap_id, name)
        else:
            kill_each_moment(folder, case_id, name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
