"""Every code of the day has words in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from counter_app.domain.case_state import CaseState
from counter_app.domain.day_check import CheckItem, CheckLevel, CheckLine
from counter_app.domain.day_totals import DifferenceKind, Total
from counter_app.domain.step import Step
from counter_app.errors import FailureCode
from counter_app.services.day_reading import UNFINISHED
from counter_app.services.day_words import (
    age_words,
    check_words,
    difference_words,
    item_name,
    next_step,
    step_name,
    total_name,
)
from counter_app.words.words import Language

FINDINGS = [
    "unprinted.some",
    "clock.right",
    "clock.unknown",
    "clock.wrong",
    "disk.enough",
    "disk.low",
    "rules.fresh",
    "rules.ending",
    "rules.refused",
    "rules.partly",
    "rules.expired",
    "directory.fresh",
    "directory.old",
    "directory.none",
    "queue.empty",
    "queue.some",
    "queue.frozen",
    "device.ready",
    "seal.valid",
    "seal.ending",
    "seal.ended",
]


@pytest.mark.parametrize("language", list(Language))
def test_every_code_has_its_words(language: Language) -> None:
    names = [total_name(total, language) for total in Total]
    names += [item_name(item, language) for item in CheckItem]
    names += [difference_words(kind, language).title for kind in DifferenceKind]
    names += [step_name(step.value, language) for step in Step]
    names += [next_step(state, "letter", language) for state in CaseState if state in UNFINISHED]
    assert all(names)
    assert len(set(names)) == len(names) - 1  # 挂起 and 办理中断 go on alike


@pytest.mark.parametrize("finding", FINDINGS)
def test_what_is_found_says_its_figure_and_what_to_do(finding: str) -> None:
    level = CheckLevel.GOOD
    words = check_words(CheckLine(CheckItem.CLOCK, level, finding, "42"))
    assert "%1" not in words.title
    heeded = finding.split(".")[1] not in {"right", "enough", "fresh", "empty", "ready", "valid"}
    assert bool(words.advice) is heeded


def test_a_device_says_its_own_failure() -> None:
    jam = CheckLine(
        CheckItem.PRINTER, CheckLevel.CAUTION, "device.failed", "", FailureCode.PRINTER_JAM
    )
    assert "卡纸" in check_words(jam).title


@pytest.mark.parametrize(
    ("age", "zh", "en"),
    [
        (timedelta(minutes=5, seconds=59), "5分钟", "5 min"),
        (timedelta(hours=2, minutes=5), "2小时5分", "2 h 5 min"),
        (timedelta(days=3, hours=4), "3天4小时", "3 d 4 h"),
        (timedelta(seconds=-5), "0分钟", "0 min"),
    ],
)
def test_an_age_is_said_in_its_two_largest_parts(age: timedelta, zh: str, en: str) -> None:
    assert (age_words(age), age_words(age, Language.EN)) == (zh, en)
