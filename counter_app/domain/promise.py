"""When an accepted case can be asked for."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from counter_app.domain.counter_facts import SHANGHAI, day_of
from counter_app.domain.provider_rules import RulePack

SATURDAY = 5


def processing_day(now: datetime, rules: RulePack) -> date:
    """Return the working day to which a case belongs: after the cut-off the next one.

    Weekends are skipped; public holidays are not known to the counter.
    """
    day = day_of(now)
    if now.astimezone(SHANGHAI).time() > rules.cut_off:
        day += timedelta(days=1)
    return _working(day)


def expected_by(now: datetime, rules: RulePack) -> date:
    """Return the day by which the result can be asked for."""
    day = processing_day(now, rules)
    for _ in range(rules.working_days):
        day = _working(day + timedelta(days=1))
    return day


def _working(day: date) -> date:
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
