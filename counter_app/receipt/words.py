"""The words of the papers, from resources/receipt/<language>.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words by section and key."""

    language: str
    sections: Mapping[str, Mapping[str, str]]

    def of(self, section: str, key: str, **values: str | int) -> str:
        """Return words that must exist, with their names filled in."""
        return self.sections[section][key].format(**values)

    def named(self, section: str, code: str) -> str:
        """Return the words of a code, or the given text itself where it already is words."""
        return self.sections[section].get(code, code)

    def day(self, day: date) -> str:
        """Write a day as this language does."""
        return self.of("common", "date", year=day.year, month=day.month, day=day.day)


@cache
def load_words(language: str) -> Words:
    """Load the words of a language, "zh" or "en"."""
    path = files("counter_app") / "_resources" / "receipt" / f"{language}.toml"
    return Words(language, tomllib.loads(path.read_text(encoding="utf-8")))
