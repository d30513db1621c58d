"""The look afterwards at the real counter: by keys alone, on the encrypted store."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox

from counter_app.bootstrap import demo_world
from counter_app.devices.card.simulator.passport_data import demo_photo
from counter_app.devices.id_reader.simulator.people import AGENT
from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import JournalAction
from counter_app.rehearsal.file import parse_rehearsal
from counter_app.rehearsal.player import Player
from counter_app.rehearsal.stage import build
from counter_app.services.post_review import PostDoubt, PostReview, mark
from tests.faults.counter import visit
from tests.faults.counter.test_printer import accepted
from tests.faults.counter.world import Bench, BenchMaker
from tests.unit.services.day_world import FOLDER, troupe

ALT = Qt.KeyboardModifier.AltModifier
NUMBER = AGENT.number


def drawn(one: Bench) -> str:
    """Accept the fruit stall's case and draw it; returns its id."""
    accepted(one)
    visit.confirm_paper(one.clerk)
    case_id = one.state.draft.case_id
    vault, now = one.counter.data.vault, one.counter.clock.now()
    for number, kind in enumerate(("resident-id-front", "resident-id-back", "barcode")):
        vault.put(demo_photo(number), kind, case_id, now)
    one.clerk.key(visit.NEXT, visit.CONTROL)
    one.clerk.wait("home", lambda: one.window.controller.state is None)
    draw(one, case_id, demo_world.CLERK)
    return case_id


def draw(one: Bench, case_id: str, by: str) -> None:
    with one.counter.data.store.begin() as unit:
        mark(unit, case_id, one.counter.clock.now(), by)


def played(one: Bench, turn: int, clerk: str = demo_world.CLERK) -> str:
    """Accept a case of a rehearsal file in the same store and draw it; returns its id."""
    text = (FOLDER / "s01_principal_in_person.toml").read_text(encoding="utf-8")
    text = text.replace("13900000002", f"1390000010{turn}").replace("054990001", f"05499020{turn}")
    file = parse_rehearsal("played.toml", text)
    counter = file.counter.model_copy(update={"clerk": clerk})
    file = file.model_copy(update={"counter": counter})
    stage = build(file, replace(troupe(), new_store=lambda: one.counter.data.store))
    player = Player(file, stage, stage.performer.life.start(clerk))
    player.play()
    assert player.state.acceptance_no is not None
    case_id = player.state.draft.case_id
    draw(one, case_id, clerk)
    return case_id


def open_list(one: Bench) -> None:
    """F11, then F7."""
    one.clerk.key(Qt.Key.Key_F11)
    one.reads("日志与库一致")
    one.clerk.key(Qt.Key.Key_F7)
    one.reads("事后复核")


def sign_in(one: Bench, account: str) -> None:
    """Sign in to look, with the fields as they are reached."""
    one.clerk.into("account_field", account)
    one.clerk.type(demo_world.PASSWORD)
    one.clerk.key(Qt.Key.Key_Return)


def tick_everything(one: Bench) -> None:
    """Space ticks and Enter goes on, down to the verdict."""
    while isinstance(QApplication.focusWidget(), QCheckBox):
        one.clerk.key(Qt.Key.Key_Space)
        one.clerk.key(Qt.Key.Key_Return)


def acts(one: Bench, case_id: str) -> list[tuple[str, str, dict[str, str]]]:
    """Return action, actor and facts of a case's rows."""
    with one.counter.data.store.view() as unit:
        said = [json.loads(row.record) for row in unit.case_journal(case_id)]
    return [(row["action"], row["actor"], row["facts"]) for row in said]


def test_a_reviewer_looks_at_one_case_after_another_by_keys(bench: BenchMaker) -> None:
    one = bench()
    first = drawn(one)
    second = played(one, 1)
    own = played(one, 2, demo_world.REVIEWER)
    open_list(one)
    one.reads("3 件待事后复核")
    one.clerk.shoot("waiting")
    sign_in(one, demo_world.REVIEWER)
    one.reads("第 1 件，共 2 件")
    sheet = one.window._screens.post_review.sheet
    one.clerk.wait("the picture", sheet._pictures.is_drawn)
    one.clerk.shoot("first")
    assert NUMBER not in one.words()
    one.clerk.key(Qt.Key.Key_M, ALT)
    one.reads(NUMBER)
    tick_everything(one)
    one.clerk.type("1")
    one.clerk.press("decide_button")
    one.reads("第 2 件，共 2 件")
    one.clerk.shoot("second")
    assert NUMBER not in one.words()
    one.clerk.pick("decision_choice", 2)
    one.reads("请选择存疑的原因")
    one.clerk.go("reason_combo")
    one.clerk.key(Qt.Key.Key_Down)
    one.clerk.key(Qt.Key.Key_Down)
    one.clerk.press("decide_button")
    one.reads("看完了 2 件")
    one.reads("事后复核存疑：影像不清或缺失")
    one.reads("1 件待事后复核")
    one.clerk.shoot("done")
    one.settle()
    who = demo_world.REVIEWER
    looked = JournalAction.POST_REVIEWED.value
    assert (looked, who, {"verdict": "good"}) in acts(one, first)
    facts = {"verdict": "doubtful", "doubt": PostDoubt.PICTURE_UNCLEAR.value}
    assert (looked, who, facts) in acts(one, second)
    shown = [row for row in acts(one, first) if row[0] == JournalAction.REVEALED.value]
    assert {row[1] for row in shown} == {who}
    assert {"field": "review.presenter"} in [row[2] for row in shown]
    looks = PostReview(one.counter.data.store, one.counter.clock)
    assert [case.case_id for case in looks.waiting()] == [own]
    one.clerk.key(Qt.Key.Key_Escape)
    assert one.window._screens.is_seen(one.window._screens.day)
    one.reads("1 件事后复核存疑")
    one.clerk.shoot("day-in-doubt")
    void_from_inbox(one, second)


def void_from_inbox(one: Bench, case_id: str) -> None:
    """Open a doubtful case from the inbox, void it, and see that nothing is in doubt any more."""
    one.clerk.key(Qt.Key.Key_Escape)
    one.clerk.key(Qt.Key.Key_F9)
    one.reads("影像不清或缺失。请打开作废或撤回")
    one.clerk.shoot("inbox-in-doubt")
    visit.tab_to(one.clerk, lambda button: button.text() == "打开处理")
    one.clerk.key(Qt.Key.Key_Space)
    one.clerk.wait("the case", lambda: one.window.controller.state is not None)
    assert one.state.draft.case_id == case_id
    one.clerk.press("void_button")
    one.clerk.type("事后复核影像不清")
    one.clerk.press("reason_button")
    one.clerk.wait("the void", lambda: one.state.case_state is CaseState.VOIDED, 60.0)
    one.clerk.wait("the paper", lambda: one.state.waiting is None, 60.0)
    assert PostReview(one.counter.data.store, one.counter.clock).doubtful() == ()


def test_a_clerk_sees_no_case_and_a_wrong_password_none_either(bench: BenchMaker) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    played(one, 1)
    open_list(one)
    sign_in(one, demo_world.CLERK)
    one.reads("没有办理这项操作的权限")
    one.clerk.into("account_field", demo_world.REVIEWER)
    one.clerk.type("wrong")
    one.clerk.key(Qt.Key.Key_Return)
    one.reads("不正确")
    view = one.window._screens.post_review
    assert not view.sheet.isVisible()
    assert view.list._ui.password_field.text() == ""


def test_a_reviewer_who_handled_every_case_is_told_that_another_must_look(
    bench: BenchMaker,
) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    played(one, 1, demo_world.REVIEWER)
    open_list(one)
    sign_in(one, demo_world.REVIEWER)
    one.reads("自己经办的须由别人看")


def test_a_sign_in_of_long_ago_has_to_be_proved_again_for_the_verdict(bench: BenchMaker) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    case_id = played(one, 1)
    open_list(one)
    sign_in(one, demo_world.REVIEWER)
    one.reads("第 1 件，共 1 件")
    view = one.window._screens.post_review
    assert view._proof is not None
    view._proof = replace(view._proof, at=view._proof.at - timedelta(minutes=3))
    tick_everything(one)
    one.clerk.pick("decision_choice", 1)
    one.clerk.press("decide_button")
    one.reads("签入已超过两分钟")
    one.clerk.type(demo_world.PASSWORD)
    one.clerk.key(Qt.Key.Key_Return)
    one.reads("看完了 1 件")
    assert JournalAction.POST_REVIEWED.value in [row[0] for row in acts(one, case_id)]


def test_locking_forgets_who_looked_and_the_case(bench: BenchMaker) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    played(one, 1)
    open_list(one)
    sign_in(one, demo_world.REVIEWER)
    one.reads("第 1 件，共 1 件")
    one.clerk.key(Qt.Key.Key_F12)
    view = one.window._screens.post_review
    one.clerk.wait("the lock", lambda: not view.isVisible())
    assert view._proof is None
    assert view.sheet._pictures.shown() == ""
