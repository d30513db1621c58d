"""When to try again: full jitter, so that a thousand counters do not come back together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient the sender is; all in seconds.

    Attributes:
        base_s: Longest wait after the first failure; it doubles with each further one.
        cap_s: Longest wait.
        hold_s: Between two looks while the queue is held for a person or the clock.
        poll_s: Between two questions for answers while messages go out.
    """

    base_s: float = 1.0
    cap_s: float = 300.0
    hold_s: float = 60.0
    poll_s: float = 30.0


def jittered(pace: Pace, attempt: int, chance: Callable[[], float]) -> float:
    """Return how long to wait before attempt number `attempt` (the first retry is 1).

    Args:
        pace: Base and cap.
        attempt: From 1.
        chance: Uniform in [0, 1).
    """
    return chance() * min(pace.cap_s, pace.base_s * 2.0 ** min(attempt - 1, 30))
