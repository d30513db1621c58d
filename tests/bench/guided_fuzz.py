"""Guides changed data by what it reaches in the code, with atheris, for as long as asked.

`python -m tests.bench.guided_fuzz [TARGET ...] [--seconds N]`: every target in a process of its
own, five minutes each when nothing else is said. Ends with status 1 and the input when something
else than the named failures comes out, an input takes longer than five seconds, or a value goes
past the length that stands before it. atheris comes with `uv pip install --group fuzz`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

DEFAULT_S = 300
TARGETS = (
    "frames",
    "record",
    "objects",
    "zones",
    "security",
    "groups",
    "passports",
    "bank_cards",
)


def main() -> int:
    """Run the targets in turn and say how each ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.guided_fuzz")
    parser.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}; all by default")
    parser.add_argument("--seconds", type=int, default=DEFAULT_S)
    asked = parser.parse_args()
    ended = [guided(name, asked.seconds) for name in asked.targets or TARGETS]
    return 0 if all(ended) else 1


def guided(name: str, seconds: int) -> bool:
    """Guide one target and say whether nothing was found."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.fuzz_targets", name, str(seconds)],
        capture_output=True,
        text=True,
        check=False,
    )
    stated = (line for line in done.stderr.splitlines() if "executed_units" in line)
    units = "".join(stated).rpartition(" ")[2]
    is_sound = done.returncode == 0
    sys.stdout.write(f"{name}: {'nothing found' if is_sound else 'FAILED'}, {units} inputs\n")
    if not is_sound:
        sys.stdout.write(f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}\n")
    sys.stdout.flush()
    return is_sound


if __name__ == "__main__":
    sys.exit(main())
