"""A counter that dies by SIGKILL: `python -m tests.faults.counter.killed FOLDER MOMENT`.

Each run takes the case up where the last one died, plays on to its moment, notes what the screen
showed and kills itself.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from counter_app.bootstrap.window import make_application
from counter_app.devices.printer.simulated_printer import SimulatedPrinter
from counter_app.flow.steps import Step
from counter_app.ports.paper import JobId, Seal
from counter_app.services.draft_codec import encode
from tests.faults.counter import visit
from tests.faults.counter.world import Bench, open_bench

TOLD = "told.json"
MOMENTS = (
    "terminal",
    "presenter",
    "card",
    "numbers",
    "code",
    "consents",
    "accepted, not sealed",
    "sealed, not kept",
    "kept, not sent to the printer",
    "sent to the printer",
    "before the confirmation",
    "after the confirmation",
)


PAPER_MOMENTS = MOMENTS[6:10]
"""Between accepting, sealing, keeping, printing."""


def die() -> None:
    """End as by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


class DeadlySeal:
    """The power goes before the seal is put on, or right after."""

    def __init__(self, seal: Seal, *, is_before: bool) -> None:
        self._seal, self._is_before = seal, is_before

    def seal(self, pdf: bytes) -> bytes:
        """Die."""
        if self._is_before:
            die()
        sealed = self._seal.seal(pdf)
        die()
        return sealed

    def days_left(self) -> int:
        """Return the branch's own."""
        return self._seal.days_left()


class DeadlyPrinter(SimulatedPrinter):
    """The power goes before a paper is handed to the spooler, or right after."""

    is_before = True

    def submit(self, pdf: bytes, title: str, copies: int) -> JobId:
        """Die."""
        if self.is_before:
            die()
        job = super().submit(pdf, title, copies)
        die()
        return job


class LateDeadlyPrinter(DeadlyPrinter):
    """The spooler has it already."""

    is_before = False


def printer_at(moment: str) -> SimulatedPrinter:
    """Return the printer of a moment."""
    kinds = {MOMENTS[8]: DeadlyPrinter, MOMENTS[9]: LateDeadlyPrinter}
    return kinds.get(moment, SimulatedPrinter)("demo")


def arm(one: Bench, moment: str) -> None:
    """Put a deadly seal into the counter where the moment wants one."""
    if moment in MOMENTS[6:8]:
        papers = one.counter.performer.papers
        deadly = DeadlySeal(papers.seal, is_before=moment == MOMENTS[6])
        object.__setattr__(papers, "seal", deadly)


def note(one: Bench, folder: Path, step: Step | None = None) -> None:
    """Write what the screen shows once the store has been given time to take it."""
    one.settle()
    state = one.state
    told = {"draft": encode(state.draft).decode("utf-8"), "step": (step or state.step).value}
    (folder / TOLD).write_text(json.dumps(told), encoding="utf-8")


def take_up(one: Bench, folder: Path) -> None:
    """Take the case up by keyboard and compare it with what the screen showed before."""
    told = json.loads((folder / TOLD).read_text(encoding="utf-8"))
    one.clerk.wait("the list", lambda: "样本水果摊" in one.words())
    if Step(told["step"]) is Step.PRINT:
        one.reads("1 件已受理未打印，请先补打")
    visit.open_first_waiting(one.clerk)
    one.clerk.at(Step(told["step"]))
    assert encode(one.state.draft).decode("utf-8") == told["draft"]


def numbers(one: Bench) -> None:
    """Answer two pages."""
    visit.confirm_account(one.clerk)
    visit.call_old_number(one.clerk)


def print_again(one: Bench) -> None:
    """Print the paper that is owed."""
    one.clerk.key(Qt.Key.Key_F8)
    one.clerk.wait("the paper", lambda: one.clerk.enabled("confirm_button"))


def play(one: Bench, folder: Path, moment: str) -> None:
    """Play one part of the visit and note where it ends."""
    if moment in PAPER_MOMENTS:
        note(one, folder, Step.PRINT)
        go_on = print_again if one.state.step is Step.PRINT else lambda _: visit.accept(one.clerk)
        go_on(one)
        raise AssertionError("still alive")
    acts: dict[str, Callable[[], None]] = {
        "terminal": lambda: visit.scan_terminal(one.clerk),
        "presenter": lambda: visit.say_who(one.clerk),
        "card": lambda: visit.read_card(one.clerk, one.reader),
        "numbers": lambda: numbers(one),
        "code": lambda: visit.enter_new_number(one.clerk),
        "consents": lambda: visit.agree(one.clerk),
        "before the confirmation": lambda: print_again(one),
        "after the confirmation": lambda: visit.confirm_paper(one.clerk),
    }
    acts[moment]()
    note(one, folder)


def main(folder: Path, moment: str) -> None:
    """Take up, play on, die."""
    make_application("zh_CN")
    one = open_bench(folder / "data", printer_at(moment))
    arm(one, moment)
    visit.sign_in(one.clerk)
    if moment != MOMENTS[0]:
        take_up(one, folder)
    play(one, folder, moment)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2])
    finally:
        traceback.print_exc()
        os._exit(1)  # the reader's thread would keep a failed run alive
