"""An open way to a reader, whatever technology is behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from counter_app.domain.resident_card import ResidentCard
from counter_app.ports.id_reader import ReadProgress
from counter_app.ports.stop import Stop

OnProgress = Callable[[ReadProgress], None]


class CardConnection(Protocol):
    """A reader that answered; used by one thread at a time."""

    @property
    def name(self) -> str:
        """What to show and log about the way to the reader."""
        ...

    @property
    def module_number(self) -> str:
        """Number of the security module, or empty where the reader does not tell it."""
        ...

    def wait(self, stop: Stop, on_progress: OnProgress, last_identity: str | None) -> ResidentCard:
        """Wait for a card other than the last one, or for that one after it was lifted.

        Args:
            stop: Looked at at least every 0.25 s.
            on_progress: Told about every change.
            last_identity: `ResidentCard.identity` of the card handed over last.

        Raises:
            CounterError: As `IdCardReader.wait_for_card`.
        """
        ...

    def check(self, stop: Stop) -> None:
        """Ask the reader whether it is well.

        Raises:
            CounterError: One of the READER codes, STOPPED.
        """
        ...

    def close(self) -> None:
        """Let go of the reader."""
        ...


Connect = Callable[[Stop], CardConnection]
"""Finds a reader and opens the way to it, or raises one of the READER codes."""
