"""Several terminals, one visit: captured once, a case and a number for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from counter_app.bootstrap.troupe import make_troupe
from counter_app.domain.case_state import CaseState
from counter_app.domain.merchant import Terminal
from counter_app.flow.effects import FindTerminal, LookUpSwap
from counter_app.flow.events import VoidPressed
from counter_app.flow.state import FlowState
from counter_app.ports.stored import CaseFilter
from counter_app.rehearsal.doubles import FixedClock
from counter_app.rehearsal.file import parse_rehearsal
from counter_app.rehearsal.player import Player
from counter_app.rehearsal.stage import build
from counter_app.services.case_life import CaseLife
from counter_app.services.look_up import LookUps
from counter_app.storage.memory_directory import MemoryDirectory
from counter_app.storage.memory_vault import MemoryVault

FOLDER = Path(__file__).resolve().parents[2] / "rehearsals"
FILTER = CaseFilter()
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def player() -> Player:
    text = (FOLDER / "visit_three_terminals.toml").read_text("utf-8")
    file = parse_rehearsal("visit", text)
    stage = build(file, make_troupe(None))
    return Player(file, stage, stage.performer.life.start("c01"))


def accepted(player: Player) -> list[FlowState]:
    player.play()
    with player.stage.store.view() as unit:
        cases = [unit.load(case.case_id) for case in unit.cases(FILTER)]
    return [player.stage.performer.life.load(case.case_id) for case in cases]


def test_each_terminal_has_its_own_case_and_number(player: Player) -> None:
    states = accepted(player)
    assert len({state.acceptance_no for state in states}) == 3
    assert {state.case_state for state in states} == {CaseState.QUEUED}
    assert {state.draft.terminal.sn for state in states if state.draft.terminal} == {
        "N500W00012345",
        "N500W00012346",
        "N500W00012347",
    }


def test_the_cases_of_a_visit_share_its_name_and_no_request(player: Player) -> None:
    states = accepted(player)
    assert len({state.draft.visit for state in states}) == 1
    assert len({state.draft.request_no for state in states}) == 3


def test_what_was_captured_once_is_there_again_and_the_rest_is_asked_anew(player: Player) -> None:
    first = accepted(player)[0].draft
    again = player.stage.performer.life.again(first.case_id, "c01").draft
    assert (again.documents, again.letter, again.callback) == (
        first.documents,
        first.letter,
        first.callback,
    )
    assert (again.merchant, again.consents, again.reviews, again.old_number) == (
        None,
        None,
        (),
        None,
    )


def test_the_pictures_are_kept_for_the_further_case_too(player: Player) -> None:
    first = accepted(player)[0].draft
    vault = MemoryVault()
    vault.put(b"letter", "letter", first.case_id, NOW)
    numbers = count()
    life = CaseLife(player.stage.store, vault, FixedClock(NOW), lambda: f"new-{next(numbers)}")
    again = life.again(first.case_id, "c01").draft
    assert [image.kind for image in vault.images(again.case_id)] == ["letter"]


def test_head_offices_own_word_of_the_first_case_does_not_stop_the_second(player: Player) -> None:
    first = accepted(player)[-1].draft
    store = player.stage.store
    assert first.merchant is not None
    further = Terminal("N500W00012348")
    terminals = (*first.merchant.terminals, further)
    told = replace(first.merchant, in_flight=True, terminals=terminals)
    look_ups = LookUps(MemoryDirectory((told,)), store)
    asked = look_ups.terminal(FindTerminal(further.sn, visit=first.visit))
    assert asked.merchant is not None
    assert not asked.merchant.in_flight
    stranger = look_ups.terminal(FindTerminal(further.sn, visit="another"))
    assert stranger.merchant is not None
    assert stranger.merchant.in_flight
    empty = LookUps(MemoryDirectory((told,)), make_troupe(None).new_store())
    elsewhere = empty.terminal(FindTerminal(further.sn, visit="another"))
    assert elsewhere.merchant is not None
    assert elsewhere.merchant.in_flight


def test_a_terminal_whose_own_case_is_open_waits_for_it_also_in_the_same_visit(
    player: Player,
) -> None:
    first = accepted(player)[-1].draft
    assert first.merchant is not None
    assert first.terminal is not None
    look_ups = LookUps(MemoryDirectory((first.merchant,)), player.stage.store)
    again = look_ups.terminal(FindTerminal(first.terminal.sn, visit=first.visit))
    assert again.merchant is not None
    assert again.merchant.in_flight


def test_a_replacement_that_was_handed_out_here_is_known() -> None:
    file = parse_rehearsal("swap", (FOLDER / "s23_swap.toml").read_text("utf-8"))
    stage = build(file, make_troupe(None))
    swapping = Player(file, stage, stage.performer.life.start("c01"))
    swapping.play()
    look_ups = LookUps(MemoryDirectory(()), stage.store)
    assert look_ups.swap(LookUpSwap("N500W00054321")).is_known
    assert not look_ups.swap(LookUpSwap("N500W0005432")).is_known
    assert not look_ups.swap(LookUpSwap("N500W00012345")).is_known
    swapping.send(VoidPressed("错"))
    assert not look_ups.swap(LookUpSwap("N500W00054321")).is_known
