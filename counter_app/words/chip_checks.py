"""Words for what the checks of a travel document's chip say."""

from __future__ import annotations

from counter_app.domain.travel_document import CheckVerdict
from counter_app.words.table import word_table
from counter_app.words.words import Language, Words


def check_words(verdict: CheckVerdict, language: Language | str = Language.ZH) -> Words:
    """Return the words for one verdict.

    Args:
        verdict: Of one check.
        language: Of the screen.

    Returns:
        The check with its outcome as title, what to do as advice, and the reason as ground.
    """
    table = word_table("chip_checks")
    check = table[verdict.check.value].in_language(language)
    state = table[verdict.state.value].in_language(language)
    reason = table[verdict.reason.value].in_language(language)
    mark = "：" if language == Language.ZH else ": "
    return Words(f"{check.title}{mark}{state.title}", state.advice or check.advice, reason.title)
