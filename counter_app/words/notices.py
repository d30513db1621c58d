"""Words for what is odd about a picture as a whole."""

from __future__ import annotations

from counter_app.domain.reading import Notice
from counter_app.words.table import word_table
from counter_app.words.words import Language, Words


def notice_words(notice: Notice, language: Language | str = Language.ZH) -> Words:
    """Return the words for a notice."""
    return word_table("notices")[notice.value].in_language(language)
