"""How a blocking call learns that nobody waits for it any more."""

from __future__ import annotations

import threading
from typing import Protocol


class Stop(Protocol):
    """Looked at by every blocking port call at least every 0.25 s."""

    def is_set(self) -> bool:
        """Say whether the caller has gone."""
        ...

    def wait(self, timeout_s: float) -> bool:
        """Sleep up to `timeout_s` seconds; return at once with True when the caller has gone."""
        ...


def never() -> Stop:
    """Return a stop that nobody ever sets."""
    return _Never()


class _Never:
    def __init__(self) -> None:
        self._event = threading.Event()

    def is_set(self) -> bool:
        return False

    def wait(self, timeout_s: float) -> bool:
        return self._event.wait(timeout_s)
