"""The calm minute of a customer who seems to be instructed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.coaching import calmed, held_s, is_held, noticed
from tests.unit.domain import cases as c

MARKED = c.in_person(is_coached=True)


def test_a_mark_starts_the_minute_and_setting_it_again_does_not_start_anew() -> None:
    draft = noticed(MARKED, c.NOW)
    assert draft.coached_since == c.NOW
    assert noticed(draft, c.NOW + timedelta(seconds=30)) == draft
    assert is_held(draft)


def test_taking_the_mark_away_forgets_the_minute() -> None:
    draft = calmed(noticed(MARKED, c.NOW), c.NOW + timedelta(seconds=60))
    assert draft.is_calmed
    gone = noticed(replace(draft, is_coached=False), c.NOW)
    assert gone == c.in_person()
    assert not is_held(gone)
    again = noticed(replace(gone, is_coached=True), c.NOW + timedelta(minutes=5))
    assert held_s(again, c.NOW + timedelta(minutes=5)) == 60


@pytest.mark.parametrize(
    ("passed_s", "left_s"), [(0, 60), (1, 59), (59.5, 0.5), (60, 0), (3600, 0), (-5, 60)]
)
def test_the_minute_is_sixty_seconds_by_the_desks_clock(passed_s: float, left_s: float) -> None:
    draft, now = noticed(MARKED, c.NOW), c.NOW + timedelta(seconds=passed_s)
    assert held_s(draft, now) == left_s
    assert calmed(draft, now).is_calmed is (left_s == 0)


def test_without_a_mark_there_is_no_minute() -> None:
    assert held_s(c.in_person(), c.NOW) == 0
    assert calmed(c.in_person(), c.NOW) == c.in_person()
    assert held_s(replace(MARKED, is_calmed=True), c.NOW) == 0


def test_a_mark_whose_time_is_not_known_begins_when_it_is_looked_at() -> None:
    assert held_s(MARKED, c.NOW) == 60
    assert calmed(MARKED, c.NOW).coached_since == c.NOW
