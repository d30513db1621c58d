"""The computer's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The time as the operating system tells it."""

    def now(self) -> datetime:
        """Return the present (aware UTC)."""
        return datetime.now(UTC)
