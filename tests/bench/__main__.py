"""Measures everything, one part after another: `python -m tests.bench [PART...]`."""

from __future__ import annotations

import subprocess
import sys

PARTS = ("store", "day", "receipt", "id_reader", "card", "rules", "ui_latency")
"""What finishes in minutes; the storms and simulations of head office are run by their names."""


def main(parts: tuple[str, ...]) -> int:
    """Run each part in a process of its own; returns how many failed."""
    failed = 0
    for part in parts:
        sys.stdout.write(f"== {part}\n")
        sys.stdout.flush()
        done = subprocess.run([sys.executable, "-m", f"tests.bench.{part}"], check=False)
        failed += done.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or PARTS))
