"""Where the time comes from."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The counter's clock."""

    def now(self) -> datetime:
        """Return the present as an aware UTC time."""
        ...
