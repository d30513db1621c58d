"""How fast the rules are: findings of a full delegated case, and whole rehearsals.

Run: python -m tests.bench.rules
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median

from counter_app.bootstrap.troupe import make_troupe
from counter_app.domain.delegation_letter import IssuingPlace
from counter_app.rehearsal.file import parse_rehearsal
from counter_app.rehearsal.report import rehearse
from tests.unit.domain import cases as c
from tests.unit.flow.visits import FOLDER

GOAL_MS = 1.0
ROUNDS = 7


def milliseconds(work: Callable[[], object], repeats: int) -> float:
    """Return the median over rounds of the mean time of one call, in milliseconds."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(repeats):
            work()
        rounds.append((time.perf_counter() - start) * 1000 / repeats)
    return median(rounds)


def main() -> int:
    """Print the figures; the exit status says whether the goal is met."""
    draft, desk = c.approved(c.delegated()), c.desk()
    worst = c.approved(
        c.delegated(
            letter=c.notarised(is_verified=False, issued_in=IssuingPlace.TAIWAN),
            is_coached=True,
            callback=None,
            consents=frozenset(),
            is_settlement_confirmed=False,
        )
    )
    clean_ms = milliseconds(lambda: desk.assess(draft), 500)
    worst_ms = milliseconds(lambda: desk.assess(worst), 500)
    name = "s02_agent_signed_letter.toml"
    file = parse_rehearsal(name, (FOLDER / name).read_text("utf-8"))
    troupe = make_troupe(None)
    played_ms = milliseconds(lambda: rehearse(name, file, troupe), 5)
    sys.stdout.write(
        f"findings of a delegated case without fault: {clean_ms:.3f} ms (goal < {GOAL_MS} ms)\n"
        f"findings of a delegated case with many:     {worst_ms:.3f} ms\n"
        f"rehearsals of a delegated case:             {1000 / played_ms:.0f} a second\n"
    )
    return 0 if max(clean_ms, worst_ms) < GOAL_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
