"""How frames travel between the counter and a reader."""

from __future__ import annotations

from typing import Protocol

RECEIVE_WAIT_S = 0.1
"""The longest time `receive` stays away, so that a stop is seen in time."""


class Transport(Protocol):
    """A byte line to one reader; used by one thread at a time."""

    @property
    def name(self) -> str:
        """What to show and log: technology, address, speed."""
        ...

    def open(self) -> None:
        """Take the line for this program alone.

        Raises:
            CounterError: READER_MISSING, READER_BUSY.
        """
        ...

    def send(self, frame: bytes) -> None:
        """Send a whole frame.

        Raises:
            CounterError: READER_LOST, READER_NO_ANSWER (the line takes no bytes).
        """
        ...

    def receive(self) -> bytes:
        """Return what has come, waiting `RECEIVE_WAIT_S` for a first byte; empty when none came.

        Raises:
            CounterError: READER_LOST.
        """
        ...

    def discard(self) -> None:
        """Drop what has come but was not asked for.

        Raises:
            CounterError: READER_LOST.
        """
        ...

    def close(self) -> None:
        """Let go of the line; may be called twice and before `open`."""
        ...
