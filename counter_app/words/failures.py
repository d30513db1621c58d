"""Words for every failure code: what happened, and what the clerk can do."""

from __future__ import annotations

from counter_app.errors import FailureCode
from counter_app.words.table import word_table
from counter_app.words.words import Language, Words


def failure_words(code: FailureCode, language: Language | str = Language.ZH) -> Words:
    """Return the words for a failure."""
    return word_table("failures")[code.value].in_language(language)
