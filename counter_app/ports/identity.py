"""Reading whatever identity chip is laid down, as one answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from counter_app.domain.identity_document import IdentityDocument, Owner
from counter_app.ports.stop import Stop

Progress = Callable[[int, int], None]
"""Called with bytes read and bytes expected."""


class IdentityChipReader(Protocol):
    """All readers for identity chips of this counter behind one call."""

    def read(self, owner: Owner, stop: Stop, on_progress: Progress) -> IdentityDocument:
        """Wait for a card and read it.

        Raises:
            CounterError: Any reader or card code; STOPPED.
        """
        ...
