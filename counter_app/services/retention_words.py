"""Words for what is held and until when; the table is resources/words/retention.toml."""

from __future__ import annotations

from counter_app.domain.counter_facts import day_of
from counter_app.ports.retention import Kept
from counter_app.words.table import word_table
from counter_app.words.words import Language, Words

TABLE = "retention"


def class_words(kept: Kept, language: Language | str = Language.ZH) -> Words:
    """Name the class of a thing, and say how long the class stays."""
    return _words(f"class.{kept.retention.value}", language)


def sort_name(kept: Kept, language: Language | str = Language.ZH) -> str:
    """Name the sort of a thing."""
    return _words(f"sort.{kept.sort.value}", language).title


def end_words(kept: Kept, language: Language | str = Language.ZH) -> str:
    """Say from which day a thing goes, or that head office has to decide first."""
    if kept.ends_at is None:
        return _words("until_decided", language).title
    day = day_of(kept.ends_at).isoformat()
    return _words("until", language).title.replace("%1", day)


def _words(code: str, language: Language | str) -> Words:
    return word_table(TABLE)[code].in_language(language)
