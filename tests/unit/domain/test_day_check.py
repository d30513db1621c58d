"""What the self-check says of a counter's surroundings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.day_check import (
    Backlog,
    CheckItem,
    CheckLevel,
    CheckLine,
    Surroundings,
    check_counter,
    is_clock_wrong,
)
from counter_app.errors import FailureCode

WELL = Surroundings(
    devices=((CheckItem.PRINTER, None),),
    skew_s=0.4,
    rules_age_days=3,
    rules_days_left=90,
    rules_expired=(),
    rules_count=4,
    directory_age=timedelta(hours=5),
    free_mb=500,
    seal_days_left=200,
)
NOTHING = Backlog(0, 0, is_frozen=False)


def line(item: CheckItem, around: Surroundings = WELL, backlog: Backlog = NOTHING) -> CheckLine:
    return next(one for one in check_counter(around, backlog).lines if one.item is item)


def test_a_counter_in_order_has_nothing_to_heed() -> None:
    check = check_counter(WELL, NOTHING)
    assert check.worst() is CheckLevel.GOOD
    assert check.may_open
    assert CheckItem.UNPRINTED not in {one.item for one in check.lines}


@pytest.mark.parametrize(
    ("change", "item", "level", "finding"),
    [
        ({"skew_s": 300.0}, CheckItem.CLOCK, CheckLevel.GOOD, "clock.right"),
        ({"skew_s": 300.1}, CheckItem.CLOCK, CheckLevel.STOP, "clock.wrong"),
        ({"skew_s": -300.1}, CheckItem.CLOCK, CheckLevel.STOP, "clock.wrong"),
        ({"skew_s": None}, CheckItem.CLOCK, CheckLevel.CAUTION, "clock.unknown"),
        ({"free_mb": 499}, CheckItem.DISK, CheckLevel.STOP, "disk.low"),
        ({"rules_days_left": 14}, CheckItem.RULES, CheckLevel.GOOD, "rules.fresh"),
        ({"rules_days_left": 13}, CheckItem.RULES, CheckLevel.CAUTION, "rules.ending"),
        ({"rules_refused": True}, CheckItem.RULES, CheckLevel.CAUTION, "rules.refused"),
        ({"rules_expired": ("拉卡拉",)}, CheckItem.RULES, CheckLevel.CAUTION, "rules.partly"),
        ({"rules_expired": tuple("甲乙丙丁")}, CheckItem.RULES, CheckLevel.STOP, "rules.expired"),
        ({"directory_age": None}, CheckItem.DIRECTORY, CheckLevel.STOP, "directory.none"),
        (
            {"directory_age": timedelta(days=3, seconds=1)},
            CheckItem.DIRECTORY,
            CheckLevel.CAUTION,
            "directory.old",
        ),
        ({"seal_days_left": 31}, CheckItem.SEAL, CheckLevel.GOOD, "seal.valid"),
        ({"seal_days_left": 30}, CheckItem.SEAL, CheckLevel.CAUTION, "seal.ending"),
        ({"seal_days_left": -1}, CheckItem.SEAL, CheckLevel.STOP, "seal.ended"),
        (
            {"devices": ((CheckItem.PRINTER, FailureCode.PRINTER_JAM),)},
            CheckItem.PRINTER,
            CheckLevel.CAUTION,
            "device.failed",
        ),
    ],
)
def test_each_circumstance_has_its_level(
    change: dict[str, object], item: CheckItem, level: CheckLevel, finding: str
) -> None:
    said = line(item, replace(WELL, **change))  # type: ignore[arg-type] # named in the table
    assert (said.level, said.finding) == (level, finding)


@pytest.mark.parametrize(
    ("backlog", "item", "level"),
    [
        (Backlog(2, 0, is_frozen=False), CheckItem.QUEUE, CheckLevel.CAUTION),
        (Backlog(2, 0, is_frozen=True), CheckItem.QUEUE, CheckLevel.STOP),
        (Backlog(0, 1, is_frozen=False), CheckItem.UNPRINTED, CheckLevel.STOP),
        (Backlog(0, 0, is_frozen=False, going=1), CheckItem.PARKED, CheckLevel.CAUTION),
    ],
)
def test_what_waits_has_its_level(backlog: Backlog, item: CheckItem, level: CheckLevel) -> None:
    assert line(item, backlog=backlog).level is level


def test_only_a_wrong_clock_keeps_the_day_shut() -> None:
    worst = replace(WELL, free_mb=1, directory_age=None, seal_days_left=-5)
    assert check_counter(worst, Backlog(9, 9, is_frozen=True)).may_open
    assert not check_counter(replace(WELL, skew_s=301.0), NOTHING).may_open


def test_caution_is_the_worst_when_nothing_stops() -> None:
    assert check_counter(replace(WELL, skew_s=None), NOTHING).worst() is CheckLevel.CAUTION


def test_a_clock_that_was_never_compared_is_not_called_wrong() -> None:
    assert not is_clock_wrong(None)
