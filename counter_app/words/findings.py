"""Words for every finding: what is the matter, what to do, on which ground."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.checks import Finding, FindingCode
from counter_app.words.table import word_table
from counter_app.words.words import Language, Words


def finding_words(finding: Finding, language: Language | str = Language.ZH) -> Words:
    """Return the words for a finding; a character that cannot be printed by its code point."""
    words = code_words(finding.code, language)
    points = dict(finding.facts).get("characters")
    return replace(words, title=f"{words.title} {points}") if points else words


def remedy_words(finding: Finding, language: Language | str = Language.ZH) -> str:
    """Return what the customer does about a finding, as papers say it to the customer."""
    said = word_table("remedies").get(finding.code.value)
    return said.in_language(language).title if said else finding_words(finding, language).advice


def code_words(code: FindingCode, language: Language | str = Language.ZH) -> Words:
    """Return the words for a finding code."""
    return word_table("findings")[code.value].in_language(language)
