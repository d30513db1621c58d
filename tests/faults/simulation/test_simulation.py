"""Whole histories of counters, networks and head office: nothing lost, nothing twice, in order."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.faults.simulation.bugs import Bug
from tests.faults.simulation.world import World, play_on_real_stores

HISTORIES = 100
"""Of 5 counters with 40 cases each: 20,000 cases."""

REAL_HISTORIES = 8
"""Of 2 counters with 16 cases each, on SQLCipher and SQLite: one seed in thirteen."""

MOST_HISTORIES = 60
"""A planted bug must show within so many."""


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def test_no_history_breaks_a_promise() -> None:
    cases = deaths = crashes = restores = 0
    for seed in range(HISTORIES):
        world = World(seed)
        broken = world.run()
        assert not broken, f"seed {seed}: {broken[:5]}"
        cases += world.cases_made
        deaths += world.deaths
        crashes += world.server.crashes
        restores += len(world.server.restored_at)
    assert cases >= 20_000
    assert min(deaths, crashes, restores) > 20, "the weather was too kind to prove anything"


def test_no_history_on_the_real_stores_breaks_a_promise() -> None:
    pages = deaths = restores = 0
    for seed in range(REAL_HISTORIES):
        world, broken = play_on_real_stores(seed)
        assert not broken, f"seed {seed}: {broken[:5]}"
        assert world.cases_made == 32
        pages += len(world.promises) - world.cases_made
        deaths += world.deaths
        restores += len(world.server.restored_at)
    assert min(pages, deaths, restores) > 3, "the weather was too kind to prove anything"


def test_the_same_seed_is_the_same_history() -> None:
    first, second = World(7), World(7)
    assert first.run() == second.run()
    assert (first.events, first.tick) == (second.events, second.tick)


@pytest.mark.parametrize("bug", list(Bug), ids=lambda bug: bug.name.lower())
def test_a_planted_bug_is_found(bug: Bug) -> None:
    for seed in range(MOST_HISTORIES):
        if World(seed, frozenset({bug}), cases=20).run():
            return
    pytest.fail(f"{bug.name} was not found in {MOST_HISTORIES} histories")
