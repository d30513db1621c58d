"""A program that is killed between any two steps of a case: `python -m tests.faults.store.crash`.

It forks one child for each step; the child runs the case from its beginning and kills itself with
SIGKILL just before that step. What it had confirmed by then is written to `confirmed`, unbuffered.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import counter_day
from counter_app.domain.submission import MessageState, Verdict
from counter_app.ports.store import Unit
from counter_app.ports.stored import LetterUse, StoredPaper
from counter_app.storage.data_folder import DataFolder
from tests.contract.store.builders import NOW, decision, draft, message
from tests.faults.store.test_damage import opened

Step = Callable[[], object]


class Doomed:
    """Counts steps and dies before one of them."""

    def __init__(self, folder: Path, last: int) -> None:
        self._left = last
        self._confirmed = os.open(folder / "confirmed", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def __call__(self, step: Step) -> None:
        """Do a step, unless this is the moment to die."""
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1
        step()

    def confirm(self, word: str) -> None:
        """Note that a transaction is committed."""
        os.write(self._confirmed, f"{word}\n".encode())


def a_case(data: DataFolder, do: Doomed) -> None:
    """Take a case from its first field to head office's answer."""
    do(lambda: data.vault.put(b"a letter", "letter_page", "case-1", NOW))
    do.confirm("image")
    with data.store.begin() as unit:
        do(lambda: unit.save_draft(draft(), NOW))
    do.confirm("draft")
    with data.store.begin() as unit:
        do(lambda: unit.save_draft(draft(body=b"final"), NOW))
    do.confirm("final")
    with data.store.begin() as unit:
        _accept(unit, do)
    do.confirm("accepted")
    with data.store.begin() as unit:
        paper = StoredPaper("case-1", "receipt", b"{}", b"%PDF", NOW)
        do(lambda: unit.put_paper(paper, "c01"))
    do.confirm("sealed")
    with data.store.begin() as unit:
        do(lambda: unit.note_print("case-1", "receipt", NOW, "c01"))
    do.confirm("printed")
    with data.store.begin() as unit:
        do(lambda: unit.confirm_print("case-1", "receipt", NOW, "c01"))
        do(lambda: unit.set_state("case-1", CaseState.QUEUED, NOW, "c01"))
    do.confirm("queued")
    with data.store.begin() as unit:
        do(lambda: unit.claim("m1", NOW))
    with data.store.begin() as unit:
        do(lambda: unit.mark("m1", MessageState.ACKED, "", NOW))
    do.confirm("acked")
    with data.store.begin() as unit:
        do(lambda: unit.store_decisions([decision(1, Verdict.APPLIED)], 1, NOW))
        do(lambda: None)
    do.confirm("decided")


def _accept(unit: Unit, do: Doomed) -> None:
    taken: list[str] = []
    do(lambda: taken.append(unit.next_acceptance_no("110199", "01", counter_day(NOW))))
    do(lambda: unit.accept("case-1", taken[0], NOW, "c01"))
    do(lambda: unit.add_message(message("m1")))
    do(lambda: unit.record_letter(LetterUse("L-1", None, "case-1", NOW.date()), NOW, "c01"))
    do(lambda: None)


def run(root: Path) -> int:
    """Kill a child before each step in turn; return how many steps there are."""
    step = 0
    while True:
        folder = root / f"{step:02d}"
        folder.mkdir()
        opened(folder / "data").close()
        child = os.fork()
        if child == 0:
            a_case(opened(folder / "data"), Doomed(folder, step))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            return step
        step += 1


if __name__ == "__main__":
    sys.stdout.write(f"{run(Path(sys.argv[1]))}\n")
