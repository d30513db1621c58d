"""A person asks for their data at the counter: listed, copied and noted as wrong, by keys alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from counter_app.bootstrap import demo_world
from counter_app.domain.journal import JournalAction
from counter_app.storage.subject import corrections
from tests.faults.counter import visit
from tests.faults.counter.test_post_review import played
from tests.faults.counter.world import Bench, BenchMaker

PERSON = "110199199003070017"
NAME = "样本甲"
WORDS = "店名写错了"


def open_page(one: Bench) -> None:
    """F11, then F4."""
    one.clerk.key(Qt.Key.Key_F11)
    one.reads("日志与库一致")
    one.clerk.key(Qt.Key.Key_F4)
    one.reads("个人信息查阅")


def ask(one: Bench, account: str, person: str = PERSON) -> None:
    """Sign in and type who asks; Enter goes on by itself."""
    one.clerk.into("account_field", account)
    one.clerk.type(demo_world.PASSWORD)
    one.clerk.key(Qt.Key.Key_Return)
    one.clerk.type(person)
    one.clerk.key(Qt.Key.Key_Return)


def journal(one: Bench) -> list[dict[str, object]]:
    one.settle()
    with one.counter.data.store.view() as unit:
        return [json.loads(row.record) for row in unit.journal_rows()]


def test_a_manager_lists_copies_and_notes_by_keys(
    bench: BenchMaker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    case_id = played(one, 1)
    open_page(one)
    ask(one, demo_world.MANAGER, PERSON[:6] + " " + PERSON[6:])
    one.reads("1 件提到此人")
    one.clerk.shoot("held")
    assert PERSON not in one.words()
    assert NAME not in one.words()
    one.clerk.key(Qt.Key.Key_Space)
    one.clerk.type(WORDS)
    one.clerk.key(Qt.Key.Key_Return)
    one.reads("更正说明 1 条")
    with one.counter.data.store.view() as unit:
        assert [(note.by, note.text) for note in corrections(unit, case_id)] == [("m01", WORDS)]
    one.clerk.into("folder_field", str(tmp_path / "copy"))
    one.reads("已复制 1 件")
    assert WORDS in (tmp_path / "copy" / "held.json").read_text(encoding="utf-8")
    one.clerk.into("folder_field", str(tmp_path / "copy"))
    one.reads("目标已经存在")
    one.clerk.key(Qt.Key.Key_Escape)
    one.clerk.wait("the day", lambda: one.window._screens.is_seen(one.window._screens.day))
    page = one.window._screens.subject
    assert page._ui.who_field.text() == ""
    assert page._held == ()
    rows = journal(one)
    said = json.dumps(rows, ensure_ascii=False) + caplog.text
    assert not [text for text in (PERSON, NAME, WORDS) if text in said]
    acts = [row["action"] for row in rows if row["actor"] == demo_world.MANAGER]
    assert JournalAction.EXPORTED in acts
    assert JournalAction.CORRECTION_NOTED in acts
    looked = {"field": "subject", "cases": "1"}
    assert looked in [row["facts"] for row in rows if row["action"] == JournalAction.REVEALED]


def test_a_clerk_may_not_ask_and_nothing_is_searched(bench: BenchMaker) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    played(one, 1)
    open_page(one)
    ask(one, demo_world.CLERK)
    one.reads("没有办理这项操作的权限")
    assert one.window._screens.subject._held == ()
    assert JournalAction.REVEALED not in [row["action"] for row in journal(one)]


def test_of_somebody_unknown_nothing_is_held(bench: BenchMaker) -> None:
    one = bench()
    visit.sign_in(one.clerk)
    open_page(one)
    ask(one, demo_world.REVIEWER, "13800000000")
    one.reads("没有此人的信息")
    assert not one.window._screens.subject._ui.export_area.isVisible()
