"""What the day costs as the journal grows: `python -m tests.bench.day [ROWS...]`.

Opening the day page adds up today's rows. The whole journal is read at the first sign-in of a day
and by Ctrl+R; closing the day, and its paper, then read what came since.
The same forty cases are accepted today after 1,000 and after 100,000 rows of earlier days.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from counter_app.domain.case_state import CaseState
from counter_app.domain.day_totals import DayTotals
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.ports.store import Unit
from counter_app.services.day_mark import keep_mark, kept_mark
from counter_app.services.day_reading import glanced, reckoned, settled
from counter_app.storage.data_folder import DataFolder, open_data_folder
from counter_app.storage.keys import KeyKeeper
from tests.bench.store import show
from tests.contract.store.builders import NOW, PLACE, accepted, message
from tests.contract.store.conftest import KEY

ROWS = (1_000, 10_000, 100_000)
CASES_TODAY = 40
ROWS_A_CASE = 10
ROWS_A_DAY = 400
ROUNDS = 10
LATER = NOW + timedelta(days=30)
TODAY = LATER.date()


def main() -> None:
    """Print the figures, each as a ratio to that of the shortest journal."""
    base = whole_base = close_base = 0.0
    for rows in tuple(int(word) for word in sys.argv[1:]) or ROWS:
        with tempfile.TemporaryDirectory() as name:
            data = furnished(Path(name), rows)
            whole, today, closing = measured(data)
            data.close()
        base, whole_base = base or today, whole_base or whole
        close_base = close_base or closing
        show(
            f"{rows:>7} earlier rows: today's rows {today * 1000:.1f} ms "
            f"(ratio {today / base:.2f}), whole journal {whole * 1000:.0f} ms "
            f"(ratio {whole / whole_base:.1f}), closing {closing * 1000:.1f} ms "
            f"(ratio {closing / close_base:.2f})"
        )


def furnished(root: Path, rows: int) -> DataFolder:
    """Make a store with so many rows of earlier days, and today's cases."""
    keeper = KeyKeeper(root)
    keeper.rewrap(KEY, "a passphrase")
    data = open_data_folder(root, PLACE, keeper, "a passphrase")
    with data.store.begin() as unit:
        while unit.journal_head().seq < rows:
            seq = unit.journal_head().seq
            add_case(unit, f"old-{seq}", NOW - timedelta(days=(rows - seq) // ROWS_A_DAY))
    with data.store.begin() as unit:
        for number in range(CASES_TODAY):
            add_case(unit, f"new-{number}", LATER)
    return data


def add_case(unit: Unit, case_id: str, at: datetime) -> None:
    """Put a case of about ten rows that nobody has to go on with."""
    accepted(unit, case_id, at)
    unit.add_message(message(f"m-{case_id}", case_id, lane=case_id, at=at))
    for _ in range(ROWS_A_CASE - 4):
        unit.journal(JournalEntry(at, "c01", JournalAction.REVEALED, case_id))
    unit.set_state(case_id, CaseState.QUEUED, at, "c01")


def measured(data: DataFolder) -> tuple[float, float, float]:
    """Return the seconds of a whole reckoning, and the least of a few glances and closings."""
    started = time.perf_counter()
    with data.store.view() as unit:
        whole, mark = reckoned(unit, TODAY)
    spent = time.perf_counter() - started
    with data.store.begin() as unit:
        keep_mark(unit, mark)
    return spent, least_of(lambda: glance(data), whole), least_of(lambda: close(data), whole)


def least_of(work: Callable[[], DayTotals], expected: DayTotals) -> float:
    """Return the least seconds of a few turns, each with the same totals."""
    least = math.inf
    for _ in range(ROUNDS):
        started = time.perf_counter()
        assert work() == expected
        least = min(least, time.perf_counter() - started)
    return least


def close(data: DataFolder) -> DayTotals:
    """Add the day up as for closing it."""
    with data.store.view() as unit:
        return settled(unit, TODAY)[0]


def glance(data: DataFolder) -> DayTotals:
    """Add up today's rows, as the day page does."""
    with data.store.view() as unit:
        mark = kept_mark(unit, TODAY)
        assert mark is not None
        return glanced(unit, TODAY, mark)[0]


if __name__ == "__main__":
    main()
