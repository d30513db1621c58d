"""The draw for a review afterwards."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from counter_app.domain.draft import Knowledge
from counter_app.domain.sampling import is_drawn, is_sampled
from tests.unit.domain import cases as c

IDS = [str(UUID(int=number)) for number in range(20_000)]


@pytest.mark.parametrize("percent", [0, 1, 5, 50, 100])
def test_the_share_drawn_is_the_packs(percent: int) -> None:
    drawn = sum(is_drawn(one, percent) for one in IDS)
    assert abs(drawn / len(IDS) * 100 - percent) < 1
    assert drawn == (0 if percent == 0 else len(IDS) if percent == 100 else drawn)


def test_the_draw_is_the_same_every_time_and_a_larger_share_holds_the_smaller() -> None:
    small = {one for one in IDS if is_drawn(one, 5)}
    assert small == {one for one in IDS if is_drawn(one, 5)}
    assert small < {one for one in IDS if is_drawn(one, 6)}


def test_only_cases_without_a_second_person_are_drawn() -> None:
    all_of_them = replace(c.PACK, sampling_percent=100)
    plain = c.in_person()
    assert is_sampled(plain, c.assess(plain), all_of_them)
    assert not is_sampled(plain, c.assess(plain), replace(c.PACK, sampling_percent=0))
    for reviewed in (c.delegated(), c.in_person(is_coached=True, knowledge=Knowledge.FAILED)):
        assert not is_sampled(reviewed, c.assess(reviewed), all_of_them)
