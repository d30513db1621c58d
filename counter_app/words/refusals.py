"""Words for what head office will not take, by the reason that is kept with a message."""

from __future__ import annotations

from counter_app.errors import FailureCode
from counter_app.words.failures import failure_words
from counter_app.words.table import word_table
from counter_app.words.words import Language, Words

_OTHER = "other"
_FAILURES = frozenset(code.value for code in FailureCode)


def refusal_words(reason: str, language: Language | str = Language.ZH) -> Words:
    """Return why a message waits, and the one thing to do.

    Args:
        reason: A failure code or a problem kind; an unknown one gets general words.
        language: Of the words.
    """
    if reason in _FAILURES:
        return failure_words(FailureCode(reason), language)
    table = word_table("refusals")
    return table.get(reason, table[_OTHER]).in_language(language)
