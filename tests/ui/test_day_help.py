"""F1 answers at every step, in both languages, and says nothing unsafe."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from counter_app.domain.case_state import CaseState
from counter_app.flow.steps import Step
from counter_app.ui.help_words import help_at, help_table, online_steps
from counter_app.words.words import Language
from tests.ui.conftest import OpenWindow
from tests.ui.gallery_states import found
from tests.ui.people import fresh_state

UNSAFE = re.compile(r"https?://|www\.|\b95\d{3}\b|1[3-9]\d{9}|自动.{0,6}划转|自动处理")


@pytest.mark.parametrize("step", [None, *Step])
def test_every_step_has_help_in_both_languages(step: Step | None) -> None:
    zh, en = help_at(step, Language.ZH), help_at(step, Language.EN)
    assert zh
    assert len(zh) == len(en)
    assert all(one.question and one.answer for one in (*zh, *en))


@pytest.mark.parametrize("language", list(Language))
def test_no_answer_names_a_link_a_hotline_or_moved_money(language: Language) -> None:
    words = [part for rows in help_table(language).values() for row in rows for part in row]
    assert not [text for text in words if UNSAFE.search(text)]


def test_what_the_guide_promised_about_money_is_put_right() -> None:
    told = " ".join(one.answer for one in help_at(Step.CONFIRM, Language.ZH))
    assert "不变更结算账户，不产生资金划转" in told


def test_a_code_that_does_not_come_has_its_other_causes_and_another_way() -> None:
    told = " ".join(one.answer for one in help_at(Step.OLD_NUMBER, Language.ZH))
    assert all(cause in told for cause in ("销号", "丢卡", "携号转网", "拦截"))
    new = help_at(Step.NEW_NUMBER, Language.ZH)[0].answer
    assert all(way in new for way in ("重发", "回拨", "复核"))


def test_f1_shows_the_answers_of_the_step(open_window: OpenWindow) -> None:
    window = open_window()
    window.controller.open(replace(fresh_state(), step=Step.CONFIRM, draft=found()))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F1)
    shown = {label.text() for label in window._screens.help.findChildren(QLabel)}
    assert help_at(Step.CONFIRM, Language.ZH)[0].answer in shown


def test_who_was_advised_online_gets_the_steps(open_window: OpenWindow) -> None:
    window = open_window()
    state = replace(fresh_state(), step=Step.CONFIRM, draft=found())
    window.controller.open(replace(state, case_state=CaseState.ADVISED_ONLINE))
    shown = "\n".join(label.text() for label in window._screens.case.page().findChildren(QLabel))
    assert all(step in shown for step in online_steps(Language.ZH))
