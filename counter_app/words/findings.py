"""Words for every finding: what is the matter, what to do, on which ground."""

from __future__ import annotations

from counter_app.domain.checks import Finding, FindingCode
from counter_app.words.table import word_table
from counter_app.words.words import Language, Words


def finding_words(finding: Finding, language: Language | str = Language.ZH) -> Words:
    """Return the words for a finding."""
    return code_words(finding.code, language)


def code_words(code: FindingCode, language: Language | str = Language.ZH) -> Words:
    """Return the words for a finding code."""
    return word_table("findings")[code.value].in_language(language)
