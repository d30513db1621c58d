"""Histories of counters and head office in virtual time: cases a second, and bugs found.

`python -m tests.bench.backoffice_simulation [CASES]` (300,000 by default).
"""

from __future__ import annotations

import logging
import sys
import time

from tests.faults.simulation.bugs import Bug
from tests.faults.simulation.world import World, play_on_real_stores

FIRST_SEED = 10_000
REAL_EVERY = 20
"""Every so many seeds a history is played on the real stores too."""


def main() -> int:
    """Print the figures; 1 when a promise was broken."""
    logging.disable(logging.WARNING)
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    began = time.perf_counter()
    cases = events = deaths = crashes = restores = 0
    seed = FIRST_SEED
    while cases < wanted:
        world = World(seed)
        broken = world.run()
        if broken:
            _say(f"seed {seed}: {broken[:5]}")
            return 1
        cases += world.cases_made
        events += world.events
        deaths += world.deaths
        crashes += world.server.crashes
        restores += len(world.server.restored_at)
        if seed % REAL_EVERY == 0 and _is_real_broken(seed):
            return 1
        seed += 1
    took = time.perf_counter() - began
    _say(
        f"{cases} cases, {events} events, {deaths} counter deaths, {crashes} head-office crashes, "
        f"{restores} restores: 0 broken promises, {cases / took:.0f} cases/s"
    )
    for bug in Bug:
        _say(_time_to_catch(bug))
    return 0


def _is_real_broken(seed: int) -> bool:
    _, broken = play_on_real_stores(seed)
    if broken:
        _say(f"seed {seed} on the real stores: {broken[:5]}")
    return bool(broken)


def _time_to_catch(bug: Bug) -> str:
    began = time.perf_counter()
    for history in range(200):
        if World(history, frozenset({bug}), cases=20).run():
            took = time.perf_counter() - began
            return f"{bug.name.lower()}: caught in history {history + 1}, {took:.2f} s"
    return f"{bug.name.lower()}: NOT caught in 200 histories"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
