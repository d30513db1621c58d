"""What the counter itself knows at the moment of a check."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from counter_app.domain.coverage import STANDARD, Coverage

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class CounterFacts:
    """The counter's own circumstances.

    Attributes:
        now: Aware UTC time of the check.
        staff_phones: Numbers of the clerk and of those who review; refused as a new number.
        is_clock_wrong: The clock differs from head office's by more than five minutes, or reads
            a time before the rules were made.
        is_queue_too_old: The oldest unsent message is older than the configured days.
        printable: Which characters the counter's fonts draw.
    """

    now: datetime
    staff_phones: frozenset[str] = field(default=frozenset(), repr=False)
    is_clock_wrong: bool = False
    is_queue_too_old: bool = False
    printable: Coverage = field(default=STANDARD, repr=False)

    @property
    def today(self) -> date:
        """Return the day in China."""
        return day_of(self.now)


def day_of(moment: datetime) -> date:
    """Return the Asia/Shanghai day of an aware time."""
    return moment.astimezone(SHANGHAI).date()
