"""Review afterwards: drawn at acceptance, looked at by another person, never told outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.bootstrap.troupe import make_troupe
from counter_app.domain.account import Account, Role
from counter_app.domain.day_totals import Total
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.events import VoidPressed
from counter_app.ports.accounts import Authorisation
from counter_app.rehearsal.player import Player
from counter_app.rehearsal.stage import build
from counter_app.services.draft_codec import decode, encode
from counter_app.services.post_review import PostReview, PostVerdict
from tests.unit.services.day_world import World, visit

REVIEWER = Account("s01", "s01", frozenset({Role.REVIEWER}), None)


@pytest.fixture
def world() -> World:
    return World()


def accept(world: World, percent: int = 100, name: str = "s01_principal_in_person") -> Player:
    """Accept a case under packs that draw this share."""
    file = visit(name, world.turn)
    world.turn += 1
    troupe = make_troupe(None)
    packs = tuple(replace(pack, sampling_percent=percent) for pack in troupe.packs)
    stage = build(file, replace(troupe, packs=packs, new_store=lambda: world.store))
    player = Player(file, stage, stage.performer.life.start("c01"))
    player.play()
    return player


def looks(world: World) -> PostReview:
    return PostReview(world.store, world.clock)


def proof(
    world: World, account: Account = REVIEWER, ago: timedelta = timedelta(0)
) -> Authorisation:
    return Authorisation(account, world.clock.now() - ago)


def test_a_drawn_case_waits_until_somebody_else_looked(world: World) -> None:
    first, second = accept(world), accept(world)
    waiting = [case.case_id for case in looks(world).waiting()]
    assert waiting == [first.state.draft.case_id, second.state.draft.case_id]
    assert world.day.totals().of(Total.POST_REVIEW) == 2
    looks(world).judge(waiting[0], proof(world), PostVerdict.DOUBTFUL)
    assert [case.case_id for case in looks(world).waiting()] == waiting[1:]
    assert world.day.totals().of(Total.POST_REVIEW) == 1
    last = world.store._tables.entries[-1]
    assert (last.actor, last.action, last.case_id) == ("s01", "POST_REVIEWED", waiting[0])
    assert dict(last.facts) == {"verdict": "doubtful"}


def test_nobody_outside_is_told(world: World) -> None:
    drawn, plain = accept(world), accept(world, percent=0)
    assert drawn.printed == plain.printed
    assert [case.case_id for case in looks(world).waiting()] == [drawn.state.draft.case_id]
    with world.store.view() as unit:
        kinds = [
            [queued.message.type for queued in unit.messages(one.state.draft.case_id)]
            for one in (drawn, plain)
        ]
        payload = unit.messages(drawn.state.draft.case_id)[0].message.payload
        (paper,) = unit.paper_status(drawn.state.draft.case_id)
    assert kinds[0] == kinds[1]
    assert b"SAMPLED" not in payload
    assert b"post_review" not in payload
    assert paper.kind == "receipt"


def test_cases_with_a_second_person_are_not_drawn(world: World) -> None:
    accept(world, name="s02_agent_signed_letter")
    assert looks(world).waiting() == ()


def test_the_day_closes_with_a_look_outstanding_and_says_so(world: World) -> None:
    accept(world)
    totals = world.day.close(Account("c01", "c01", frozenset({Role.CLERK}), None))
    assert totals.of(Total.POST_REVIEW) == 1
    assert dict(world.store._tables.entries[-1].facts)["post_review"] == "1"


def test_a_voided_case_needs_no_look(world: World) -> None:
    player = accept(world)
    player.send(VoidPressed("客户撤销"))
    assert looks(world).waiting() == ()
    assert world.day.totals().of(Total.POST_REVIEW) == 0


def _as_clerk(world: World, case_id: str) -> Authorisation:
    return proof(world, replace(REVIEWER, account_id="c01"))


def _as_former_handler(world: World, case_id: str) -> Authorisation:
    case = world.store._tables.cases[case_id]
    draft = replace(decode(case.draft), handlers=("s01",))
    world.store._tables.cases[case_id] = replace(case, draft=encode(draft))
    return proof(world)


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (_as_clerk, FailureCode.SECOND_PERSON),
        (_as_former_handler, FailureCode.SECOND_PERSON),
        (lambda world, _: proof(world, ago=timedelta(hours=1)), FailureCode.SECOND_PERSON),
        (
            lambda world, _: proof(world, replace(REVIEWER, roles=frozenset({Role.CLERK}))),
            FailureCode.ROLE_MISSING,
        ),
    ],
)
def test_only_a_fresh_other_reviewer_looks(
    who: Callable[[World, str], Authorisation], code: FailureCode, world: World
) -> None:
    case_id = accept(world).state.draft.case_id
    with pytest.raises(CounterError) as caught:
        looks(world).judge(case_id, who(world, case_id), PostVerdict.GOOD)
    assert caught.value.code is code
    assert len(looks(world).waiting()) == 1


def test_what_does_not_wait_is_unknown(world: World) -> None:
    case_id = accept(world, percent=0).state.draft.case_id
    with pytest.raises(CounterError) as caught:
        looks(world).judge(case_id, proof(world), PostVerdict.GOOD)
    assert caught.value.code is FailureCode.CASE_UNKNOWN


def test_a_purged_case_can_still_be_closed_off(world: World) -> None:
    case_id = accept(world).state.draft.case_id
    case = world.store._tables.cases[case_id]
    gone = replace(case, draft=b"", purged_at=world.clock.now())
    world.store._tables.cases[case_id] = gone
    looks(world).judge(case_id, proof(world), PostVerdict.GOOD)
    assert looks(world).waiting() == ()


def test_the_shipped_packs_draw_some(tmp_path: Path) -> None:
    assert all(pack.sampling_percent == 5 for pack in make_troupe(None).packs)
