"""The shape of words: what is shown for a code, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """Languages of the counter; Chinese is the source."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """What is shown for a code.

    Attributes:
        title: What is the matter, one line.
        advice: What to do now, one line.
        ground: The rule or law behind it, one line; empty for failures.
    """

    title: str
    advice: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Words in both languages."""

    zh: Words
    en: Words

    def in_language(self, language: Language | str) -> Words:
        """Return the words of one language."""
        return self.en if language == Language.EN else self.zh
