"""The end of a day in the real window by keys alone: what keeps it open, what stops new cases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt

from counter_app.bootstrap import demo_world
from counter_app.domain.case_state import CaseState
from counter_app.domain.checks import FindingCode
from counter_app.domain.journal import JournalAction
from counter_app.flow.steps import Step
from counter_app.rehearsal.file import parse_rehearsal
from counter_app.rehearsal.player import Player
from counter_app.rehearsal.stage import build
from counter_app.words.findings import code_words
from counter_app.words.words import Language
from tests.faults.counter import visit
from tests.faults.counter.world import Bench, BenchMaker
from tests.unit.services.day_world import FOLDER, troupe

SPACE = Qt.Key.Key_Space


def play(one: Bench, name: str, days_ago: int = 0) -> str:
    """Play a rehearsal file in the counter's own store; returns the case."""
    file = parse_rehearsal(name, (FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    at = one.counter.clock.now()
    file = file.model_copy(update={"now": at - timedelta(days=days_ago)})
    stage = build(file, replace(troupe(), new_store=lambda: one.counter.data.store))
    player = Player(file, stage, stage.performer.life.start(demo_world.CLERK))
    player.play()
    return player.state.draft.case_id


def rows_of(one: Bench, action: JournalAction) -> list[dict[str, object]]:
    """Return the journal's rows of an action."""
    with one.counter.data.store.view() as unit:
        said = [json.loads(row.record) for row in unit.journal_rows()]
    return [row for row in said if row["action"] == action.value]


def prove(one: Bench, account: str, reason: str) -> None:
    """A second person types account, password and reason on the day page."""
    one.clerk.into("account_field", account)
    one.clerk.go("password_field")
    one.clerk.type(demo_world.PASSWORD)
    one.clerk.go("reason_field")
    one.clerk.type(reason)


def test_a_day_with_an_unreviewed_case_closes_only_by_a_second_persons_word(
    bench: BenchMaker,
) -> None:
    one = bench()
    clerk = one.clerk
    visit.sign_in(clerk)
    play(one, "s27_own_case")
    clerk.key(Qt.Key.Key_F11)
    one.reads("1 件待复核")
    clerk.shoot("blocked")
    clerk.press("close_button")
    one.reads("还有事项挡住日终")
    clerk.shoot("not-closed")
    assert not rows_of(one, JournalAction.DAY_CLOSED)
    prove(one, demo_world.CLERK, "明天补")
    clerk.press("close_button")
    one.reads("须由另一个人当场授权")
    clerk.shoot("own-word")
    prove(one, demo_world.REVIEWER, "复核人外出，明早先办")
    clerk.press("close_button")
    one.reads("本日已关闭")
    clerk.shoot("closed")
    (row,) = rows_of(one, JournalAction.DAY_CLOSED)
    facts = row["facts"]
    assert isinstance(facts, dict)
    assert (facts["deferred_by"], facts["awaiting_review"]) == (demo_world.REVIEWER, "1")


def test_a_queue_too_old_stops_new_cases_until_a_manager_unlocks_it(bench: BenchMaker) -> None:
    one = bench()
    clerk = one.clerk
    play(one, "s01_principal_in_person", days_ago=20)
    visit.sign_in(clerk)
    day, home = one.window._screens.day, one.window._screens.home
    clerk.wait("the day page", day.isVisible)
    clerk.shoot("frozen")
    clerk.key(Qt.Key.Key_Escape)
    clerk.wait("home", home.isVisible)
    clerk.into("start_field", visit.SN)
    clerk.wait("the merchant", lambda: _has_terminal(one))
    one.reads(code_words(FindingCode.COUNTER_QUEUE_TOO_OLD, Language.ZH).title)
    clerk.key(visit.NEXT, visit.CONTROL)
    clerk.pause(0.1)
    assert one.state.step is Step.TERMINAL
    clerk.shoot("stopped")
    clerk.key(Qt.Key.Key_F2)
    clerk.press("park_button")
    clerk.wait("home", lambda: one.window.controller.state is None)
    clerk.key(Qt.Key.Key_F11)
    clerk.wait("the key", day._ui.unlock_button.isVisible)
    prove(one, demo_world.MANAGER, "总部线路抢修中，已电话报备")
    clerk.press("unlock_button")
    one.reads("今天可以受理")
    clerk.shoot("unlocked")
    (row,) = rows_of(one, JournalAction.CASES_UNLOCKED)
    assert row["actor"] == demo_world.MANAGER
    clerk.key(Qt.Key.Key_Escape)
    clerk.wait("home", home.isVisible)
    visit.open_first_waiting(clerk)
    clerk.next("terminal")
    assert one.state.step is Step.PRESENTER
    assert one.state.case_state is CaseState.DRAFT


def _has_terminal(one: Bench) -> bool:
    state = one.window.controller.state
    return state is not None and state.draft.terminal is not None
