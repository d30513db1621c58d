from __future__ import annotations

from datetime import UTC, datetime, timedelta

from counter_app.ports.back_office import Contact
from counter_app.services.sure_time import sure_time

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


def contact(ago: timedelta, skew: timedelta = timedelta(0)) -> Contact:
    return Contact(last_contact=NOW - ago, skew_s=skew.total_seconds())


def test_without_head_office_no_time_is_sure() -> None:
    assert sure_time(None, NOW) is None
    assert sure_time(Contact(), NOW) is None


def test_a_clock_that_jumped_ahead_is_held_back_to_what_head_office_said() -> None:
    assert sure_time(contact(YEAR), NOW) == NOW - YEAR
    assert sure_time(contact(timedelta(0), skew=YEAR), NOW) == NOW - YEAR


def test_a_clock_that_is_behind_only_makes_things_go_later() -> None:
    assert sure_time(contact(timedelta(0), skew=-YEAR), NOW) == NOW


def test_with_both_right_it_is_the_time_of_the_last_contact() -> None:
    assert sure_time(contact(timedelta(seconds=20)), NOW) == NOW - timedelta(seconds=20)
