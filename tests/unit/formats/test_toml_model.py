"""Strict TOML files: what is merely understood is not what was asked for."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

import pytest
from pydantic import AwareDatetime, Field

from counter_app.errors import CounterError, FailureCode
from counter_app.formats.toml_model import StrictModel, read_model


class Inner(StrictModel):
    flag: bool = False


class Sheet(StrictModel):
    flag: bool = True
    count: int = 0
    share: float = 0.5
    day: date | Literal["long_term"] | None = None
    at: AwareDatetime | None = None
    hour: time | None = None
    inner: Inner = Inner()
    rows: tuple[Inner, ...] = ()
    names: dict[str, int] = {}  # noqa: RUF012 - pydantic copies it
    words: frozenset[str] = frozenset()
    title: str = ""
    turns: int = Field(default=0, ge=0)


def read(text: str) -> Sheet:
    return read_model("sheet.toml", text, Sheet, FailureCode.RULES_INVALID)


WRITTEN = """
flag = false
count = 3
share = 1
day = 2026-11-23
at = 2026-11-23T10:00:00+08:00
hour = 17:00:00
inner = { flag = true }
rows = [{ flag = true }, {}]
names = { one = 1 }
words = ["a", "b"]
title = "sheet"
turns = 1
"""


def test_values_written_as_what_they_are_are_read() -> None:
    sheet = read(WRITTEN)
    assert (sheet.count, sheet.share, sheet.day) == (3, 1.0, date(2026, 11, 23))
    assert read('day = "long_term"').day == "long_term"


@pytest.mark.parametrize(
    ("old", "new", "key", "allowed"),
    [
        ("flag = false", 'flag = "yes"', "flag", "true or false"),
        ("flag = false", "flag = 1", "flag", "true or false"),
        ("count = 3", 'count = "3"', "count", "a whole number"),
        ('title = "sheet"', "title = 5", "title", "a text in quotes"),
        ("turns = 1", "turns = -1", "turns", "greater than or equal to 0"),
        ("count = 3", "count = true", "count", "a whole number"),
        ("count = 3", "count = 3.0", "count", "a whole number"),
        ("share = 1", 'share = "0.5"', "share", "a number"),
        ("day = 2026-11-23", 'day = "2026-11-23"', "day", "a date without quotes"),
        ("day = 2026-11-23", 'day = "forever"', "day", "or 'long_term'"),
        ("day = 2026-11-23", "day = 2026-11-23T00:00:00Z", "day", "a date without quotes"),
        ("hour = 17:00:00", 'hour = "17:00"', "hour", "a time without quotes"),
        ("at = 2026-11-23T10:00:00+08:00", 'at = "2026-11-23T10:00:00Z"', "at", "without quotes"),
        ("at = 2026-11-23T10:00:00+08:00", "at = 2026-11-23T10:00:00", "at", "offset"),
        ("inner = { flag = true }", 'inner = { flag = "on" }', "inner.flag", "true or false"),
        ("inner = { flag = true }", "inner = 1", "inner", "a table"),
        ("[{ flag = true }, {}]", '[{}, { flag = "on" }]', "rows.1.flag", "true or false"),
        ("[{ flag = true }, {}]", "{}", "rows", "[[...]]"),
        ("{ one = 1 }", '{ one = "1" }', "names.one", "a whole number"),
    ],
)
def test_what_is_only_understood_is_refused_with_its_place(
    old: str, new: str, key: str, allowed: str
) -> None:
    text = WRITTEN.replace(old, new)
    with pytest.raises(CounterError) as caught:
        read(text)
    facts = caught.value.facts
    assert facts["key"] == key
    assert allowed in str(facts["allowed"])
    name = key.split(".", maxsplit=1)[0]
    line = next(row for row, said in enumerate(text.splitlines(), 1) if said.startswith(name))
    assert facts["line"] == line
