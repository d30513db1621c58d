"""Review afterwards: drawn at acceptance, looked at by another person, never told outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from counter_app.bootstrap.troupe import make_troupe
from counter_app.domain.account import Account, Role
from counter_app.domain.day_totals import Total
from counter_app.domain.journal import JournalAction
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.events import VoidPressed
from counter_app.ports.accounts import Authorisation
from counter_app.rehearsal.player import Player
from counter_app.rehearsal.stage import build
from counter_app.services.draft_codec import decode, encode
from counter_app.services.post_review import (
    PostDoubt,
    PostReview,
    PostVerdict,
    assessed_then,
    mark,
)
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
    doubt = PostDoubt.FIELDS_DIFFER
    looks(world).judge(waiting[0], proof(world), PostVerdict.DOUBTFUL, doubt)
    assert [case.case_id for case in looks(world).waiting()] == waiting[1:]
    assert world.day.totals().of(Total.POST_REVIEW) == 1
    last = world.store._tables.entries[-1]
    assert (last.actor, last.action, last.case_id) == ("s01", "POST_REVIEWED", waiting[0])
    assert dict(last.facts) == {"verdict": "doubtful", "doubt": "fields_differ"}


def test_a_doubtful_case_is_counted_until_it_is_found_good_or_taken_back(world: World) -> None:
    first, second = accept(world), accept(world)
    for one in (first, second):
        case_id, doubt = one.state.draft.case_id, PostDoubt.PICTURE_UNCLEAR
        looks(world).judge(case_id, proof(world), PostVerdict.DOUBTFUL, doubt)
    assert world.day.totals().of(Total.DOUBTFUL) == 2
    world.clock.at += timedelta(days=1)
    assert world.day.glance().of(Total.DOUBTFUL) == 2
    manager = proof(world, Account("m01", "m01", frozenset({Role.CENTRE_MANAGER}), None))
    looks(world).judge(first.state.draft.case_id, manager, PostVerdict.GOOD)
    assert world.day.glance().of(Total.DOUBTFUL) == 1
    second.send(VoidPressed("客户撤销"))
    assert world.day.totals().of(Total.DOUBTFUL) == 0
    assert looks(world).doubtful() == ()


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


def test_nobody_is_even_shown_a_case_that_they_handled(world: World) -> None:
    first, second = accept(world), accept(world)
    _as_former_handler(world, first.state.draft.case_id)
    shown = [case.case_id for case in looks(world).waiting_for(proof(world))]
    assert shown == [second.state.draft.case_id]


@pytest.mark.parametrize(
    ("roles", "ago", "code"),
    [
        ({Role.CLERK, Role.AUDITOR, Role.ADMIN}, 0, FailureCode.ROLE_MISSING),
        ({Role.REVIEWER}, 3, FailureCode.SECOND_PERSON),
    ],
)
def test_only_a_fresh_reviewer_is_shown_cases(
    roles: set[Role], ago: int, code: FailureCode, world: World
) -> None:
    accept(world)
    account = replace(REVIEWER, roles=frozenset(roles))
    with pytest.raises(CounterError) as caught:
        looks(world).waiting_for(proof(world, account, timedelta(minutes=ago)))
    assert caught.value.code is code


def test_a_doubt_needs_its_reason(world: World) -> None:
    case_id = accept(world).state.draft.case_id
    with pytest.raises(CounterError) as caught:
        looks(world).judge(case_id, proof(world), PostVerdict.DOUBTFUL)
    assert caught.value.code is FailureCode.REASON_MISSING
    assert len(looks(world).waiting()) == 1


def test_a_doubtful_case_is_listed_until_a_manager_finds_it_good(world: World) -> None:
    case_id = accept(world).state.draft.case_id
    manager = replace(REVIEWER, account_id="m01", roles=frozenset({Role.CENTRE_MANAGER}))
    looks(world).judge(case_id, proof(world), PostVerdict.DOUBTFUL, PostDoubt.PROCEDURE)
    (listed,) = looks(world).doubtful()
    assert (listed.case.case_id, listed.doubt, listed.by) == (case_id, PostDoubt.PROCEDURE, "s01")
    assert looks(world).waiting_for(proof(world)) == ()
    assert len(looks(world).waiting_for(proof(world, manager))) == 1
    with pytest.raises(CounterError):
        looks(world).judge(case_id, proof(world), PostVerdict.GOOD)
    looks(world).judge(case_id, proof(world, manager), PostVerdict.GOOD)
    assert looks(world).doubtful() == ()


def test_a_doubtful_case_that_was_voided_needs_nothing_more(world: World) -> None:
    player = accept(world)
    case_id = player.state.draft.case_id
    looks(world).judge(case_id, proof(world), PostVerdict.DOUBTFUL, PostDoubt.PROCEDURE)
    player.send(VoidPressed("客户撤销"))
    assert looks(world).doubtful() == ()


def test_the_rules_are_applied_as_of_the_acceptance(world: World) -> None:
    player = accept(world)
    draft, at = player.state.draft, player.state.accepted_at
    assert at is not None
    late = player.stage.later(timedelta(days=9000)).desk
    assert late.assess(draft).findings
    assert assessed_then(draft, late, at).findings == ()
    before = replace(late, packs=tuple(replace(one, valid_from=date.max) for one in late.packs))
    assert assessed_then(draft, before, at).findings == ()


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


def test_a_case_that_is_marked_again_waits_once(world: World) -> None:
    case_id = accept(world).state.draft.case_id
    with world.store.begin() as unit:
        mark(unit, case_id, world.clock.now(), "c01")
    assert [case.case_id for case in looks(world).waiting()] == [case_id]
    marked = [one for one in world.store._tables.entries if one.action == JournalAction.SAMPLED]
    assert len(marked) == 1
