"""A region comes back: 20,000 counters with five cases each, against the ideal.

`python -m tests.bench.backoffice_storm`; virtual time, the real pace of the sender and the real
random times of head office's gate. The ideal is a server that is never idle.
"""

from __future__ import annotations

import heapq
import random
import sys

from counter_app.headoffice.limits import Gate
from counter_app.headoffice.limits import Pace as GatePace
from counter_app.headoffice.problems import RefusedError
from counter_app.services.delivery_pace import Pace, jittered

COUNTERS = 20_000
CASES = 5
PER_S = 600.0
TIMEOUT_S = 10.0


def main() -> None:
    """Print the time to deliver everything, with and without being sent away politely."""
    ideal = COUNTERS * CASES / PER_S
    for name, polite in (("full jitter alone", 0), ("full jitter and 429", 1)):
        took, tries = _storm(seed=1, most_waiting=int(PER_S * TIMEOUT_S * 0.5) if polite else 0)
        sys.stdout.write(
            f"{name}: {took:.0f} s, {took / ideal:.2f} x ideal ({ideal:.0f} s), "
            f"{tries / (COUNTERS * CASES):.2f} tries a case\n"
        )


def _storm(seed: int, most_waiting: int) -> tuple[float, int]:
    chance = random.Random(seed)
    left = [CASES] * COUNTERS
    failures = [0] * COUNTERS
    queue = [(chance.random(), counter) for counter in range(COUNTERS)]
    heapq.heapify(queue)
    busy_until = now = 0.0
    tries = delivered = 0
    gate = Gate(GatePace(burst=0), lambda: 0.0, chance.random)
    while delivered < COUNTERS * CASES:
        now, counter = heapq.heappop(queue)
        tries += 1
        waiting = max(0.0, busy_until - now) * PER_S
        if most_waiting and waiting > most_waiting:
            heapq.heappush(queue, (now + _sent_away(gate), counter))
            continue
        busy_until = max(busy_until, now) + 1 / PER_S
        if busy_until - now > TIMEOUT_S:
            failures[counter] += 1
            pause = jittered(Pace(), failures[counter], chance.random)
            heapq.heappush(queue, (now + TIMEOUT_S + pause, counter))
            continue
        failures[counter] = 0
        left[counter] -= 1
        delivered += 1
        if left[counter]:
            heapq.heappush(queue, (busy_until, counter))
    return max(now, busy_until), tries


def _sent_away(gate: Gate) -> float:
    try:
        gate.enter("counter")
    except RefusedError as refused:
        return float(refused.retry_after_s or 0)
    raise AssertionError("the gate is shut in this bench")


if __name__ == "__main__":
    main()
