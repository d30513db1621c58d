"""Promised days, and which state may follow which."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from counter_app.domain.case_state import FOLLOWERS, OPEN_STATES, CaseState, may_follow
from counter_app.domain.counter_facts import SHANGHAI
from counter_app.domain.promise import expected_by, processing_day
from tests.unit.domain import cases as c


def _local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[misc,arg-type]  # parts of a date


@pytest.mark.parametrize(
    ("local", "day", "by"),
    [
        (_local(2026, 11, 23, 10, 0), date(2026, 11, 23), date(2026, 11, 26)),
        (_local(2026, 11, 23, 17, 0), date(2026, 11, 23), date(2026, 11, 26)),
        (_local(2026, 11, 23, 17, 0, 1), date(2026, 11, 24), date(2026, 11, 27)),
        (_local(2026, 11, 27, 17, 1), date(2026, 11, 30), date(2026, 12, 3)),
        (_local(2026, 11, 28, 9, 0), date(2026, 11, 30), date(2026, 12, 3)),
        (_local(2026, 11, 29, 9, 0), date(2026, 11, 30), date(2026, 12, 3)),
        (_local(2026, 11, 26, 9, 0), date(2026, 11, 26), date(2026, 12, 1)),
    ],
)
def test_a_result_is_promised_in_working_days(local: datetime, day: date, by: date) -> None:
    now = local.astimezone(UTC)
    assert processing_day(now, c.PACK) == day
    assert expected_by(now, c.PACK) == by
    assert expected_by(now, replace(c.PACK, working_days=0)) == day
    late = replace(c.PACK, cut_off=time(23, 59, 59))
    assert processing_day(now, late).weekday() < 5


def test_no_state_leads_back_into_an_open_case() -> None:
    assert set(FOLLOWERS) == set(CaseState)
    for state in set(CaseState) - OPEN_STATES:
        assert not FOLLOWERS[state] & OPEN_STATES


@pytest.mark.parametrize(
    ("now", "then", "may"),
    [
        (CaseState.DRAFT, CaseState.PARKED, True),
        (CaseState.PARKED, CaseState.AWAITING_REVIEW, True),
        (CaseState.PARKED, CaseState.ACCEPTED_UNPRINTED, False),
        (CaseState.SENT, CaseState.VOIDED, False),
        (CaseState.QUEUED, CaseState.VOIDED, True),
        (CaseState.REFUSED, CaseState.DRAFT, False),
        (CaseState.APPLIED, CaseState.VOIDED, False),
        (CaseState.REJECTED, CaseState.SUPERSEDED, True),
    ],
)
def test_states_follow_each_other_as_the_life_of_a_case_says(
    now: CaseState, then: CaseState, may: bool
) -> None:
    assert may_follow(now, then) is may
