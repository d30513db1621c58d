"""Taking a counter out of use: what it kept cannot be read any more, then it is gone."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from counter_app.domain.case_state import OPEN_STATES, CaseState
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import CaseFilter
from counter_app.storage.durable import sync_folder
from counter_app.storage.failures import onto_target
from counter_app.storage.keys import KeyKeeper
from counter_app.storage.swap import STORE_NAMES

UNANSWERED = frozenset({CaseState.QUEUED, CaseState.SENT, CaseState.ACKED, CaseState.IN_PROCESS})
EVERY_CASE = 2**31
OWN_NAMES = (
    *STORE_NAMES,
    "directory",
    "logs",
    "prints",
    "office",
    "pki",
    "rules",
    "rules.old",
    "rules.refused.json",
    "letter_roots",
    "sender.status.json",
    "sender.wake",
    "restore-new",
    "restore.plan",
)


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What would be lost with a counter's data.

    Attributes:
        waiting: Messages that head office does not have; they forbid erasing.
        unprinted: Accepted cases whose receipt the customer does not have; they forbid it too.
        open_cases: Drafts and parked cases.
        unanswered: Cases that head office has and has not decided; the answer comes to nobody here.
        journal_head: Sequence and hash of the journal's last row, to be filed.
    """

    waiting: int
    unprinted: int
    open_cases: int
    unanswered: int
    journal_head: str

    @property
    def may_be_erased(self) -> bool:
        """Say whether nothing that a customer was promised would be lost."""
        return not self.waiting and not self.unprinted


def leftovers(store: CaseStore) -> Leftovers:
    """Count what a counter still holds."""
    with store.view() as unit:
        wanted = OPEN_STATES | UNANSWERED | {CaseState.ACCEPTED_UNPRINTED}
        states = [case.state for case in unit.cases(CaseFilter(wanted, limit=EVERY_CASE))]
        head = unit.journal_head()
        waiting = unit.waiting_count()
    return Leftovers(
        waiting=waiting,
        unprinted=states.count(CaseState.ACCEPTED_UNPRINTED),
        open_cases=sum(state in OPEN_STATES for state in states),
        unanswered=sum(state in UNANSWERED for state in states),
        journal_head=f"{head.seq}:{head.hash}",
    )


def erase(folder: Path, keeper: KeyKeeper | None = None) -> tuple[str, ...]:
    """Forget the key first, then remove what the counter made; an interrupted erasing goes on.

    Returns:
        Names of what is left in the folder: settings, and what is not the counter's.

    Raises:
        CounterError: FILE_UNWRITABLE.
    """
    with onto_target():
        (keeper or KeyKeeper(folder)).forget()
        sync_folder(folder)
        asides = tuple(path.name for path in folder.glob("before-restore-*"))
        for name in (*OWN_NAMES, *asides):
            path = folder / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        sync_folder(folder)
        locks = {path.name for path in folder.glob("*.lock*")}
        return tuple(sorted(path.name for path in folder.iterdir() if path.name not in locks))
