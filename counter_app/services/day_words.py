"""Words of the day for screen, paper and command line; the table is resources/words/day.toml."""

from __future__ import annotations

from datetime import timedelta

from counter_app.domain.case_state import CaseState
from counter_app.domain.day_check import CheckItem, CheckLine
from counter_app.domain.day_totals import DifferenceKind, Total
from counter_app.words.failures import failure_words
from counter_app.words.table import word_table
from counter_app.words.words import Language, Words

TABLE = "day"


def day_words(code: str, language: Language | str = Language.ZH) -> Words:
    """Return the words for a code of the table."""
    return word_table(TABLE)[code].in_language(language)


def total_name(total: Total, language: Language | str = Language.ZH) -> str:
    """Name a line of the totals."""
    return day_words(f"total.{total.value}", language).title


def item_name(item: CheckItem, language: Language | str = Language.ZH) -> str:
    """Name an item of the self-check."""
    return day_words(f"item.{item.value}", language).title


def difference_words(kind: DifferenceKind, language: Language | str = Language.ZH) -> Words:
    """Say what does not agree, and what to do about it."""
    return day_words(f"difference.{kind.value}", language)


def step_name(step: str, language: Language | str = Language.ZH) -> str:
    """Name a step at which a case stands."""
    return day_words(f"step.{step}", language).title


def next_step(state: CaseState, step: str, language: Language | str = Language.ZH) -> str:
    """Say what somebody has to do next about a case that is not finished."""
    if state in {CaseState.PARKED, CaseState.DRAFT}:
        return day_words("next.go_on", language).title.replace("%1", step_name(step, language))
    return day_words(f"next.{state.value}", language).title


def check_words(line: CheckLine, language: Language | str = Language.ZH) -> Words:
    """Say what was found, and what to do; a device says it with its own failure's words."""
    if line.failure is not None:
        return failure_words(line.failure, language)
    words = day_words(line.finding, language)
    return Words(words.title.replace("%1", line.value), words.advice)


def age_words(age: timedelta, language: Language | str = Language.ZH) -> str:
    """Say how long something waits: days and hours, or hours and minutes."""
    minutes = max(0, int(age.total_seconds() // 60))
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return (
            day_words("age.days", language).title.replace("%1", str(days)).replace("%2", str(hours))
        )
    if hours:
        return (
            day_words("age.hours", language)
            .title.replace("%1", str(hours))
            .replace("%2", str(rest))
        )
    return day_words("age.minutes", language).title.replace("%1", str(rest))
