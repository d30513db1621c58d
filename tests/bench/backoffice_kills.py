"""Real processes killed at named points, over and over: nothing promised may be lost.

`python -m tests.bench.backoffice_kills [ROUNDS]`; a round is 14 kills of the counter and one of
head office.
"""

from __future__ import annotations

import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.sender.test_kills import POINTS, check, opened_branch


def main() -> None:
    """Print how many kills and cases there were; an assertion ends it when a promise is broken."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    began = time.perf_counter()
    kills = cases = 0
    with tempfile.TemporaryDirectory() as folder, opened_branch(Path(folder)) as branch:
        for number in range(rounds):
            for point in POINTS:
                kills += branch.live(point, 2) == -signal.SIGKILL
            branch.restart_office()
            kills += 1
            branch.live("nowhere", 1)
            cases = check(branch)
            sys.stdout.write(f"round {number + 1}: {kills} kills, {cases} cases, 0 lost\n")
            sys.stdout.flush()
    took = time.perf_counter() - began
    sys.stdout.write(f"{kills} kills, {cases} cases, 0 lost, 0 twice, {took:.0f} s\n")


if __name__ == "__main__":
    main()
