"""Chinese alone, or Chinese with English beside it, decided once for a whole paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from counter_app.receipt.words import Words, load_words

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Tongue:
    """Words in Chinese, with English after it on bilingual papers."""

    zh: Words
    en: Words | None

    def label(self, section: str, key: str) -> str:
        """Short words on one line."""
        first = self.zh.of(section, key)
        return f"{first} {self.en.of(section, key)}" if self.en else first

    def both(self, section: str, key: str, **values: str | int) -> tuple[str, str]:
        """Whole sentences: Chinese, and English or nothing."""
        second = self.en.of(section, key, **values) if self.en else ""
        return self.zh.of(section, key, **values), second

    def named(self, section: str, code: str) -> str:
        """Words of a code on one line."""
        first = self.zh.named(section, code)
        second = self.en.named(section, code) if self.en else first
        return first if second == first else f"{first} {second}"

    def listed(self, section: str, codes: tuple[str, ...]) -> tuple[str, str]:
        """Words of several codes in a row: Chinese, and English or nothing."""
        first = self.zh.of("common", "comma").join(self.zh.named(section, code) for code in codes)
        if not self.en:
            return first, ""
        second = self.en.of("common", "comma").join(self.en.named(section, code) for code in codes)
        return first, second

    def day(self, day: date) -> tuple[str, str]:
        """Write a day: Chinese, and English or nothing."""
        return self.zh.day(day), self.en.day(day) if self.en else ""


def tongue(*, bilingual: bool) -> Tongue:
    """Choose the words of a paper."""
    return Tongue(load_words("zh"), load_words("en") if bilingual else None)


def local_time(moment: datetime) -> str:
    """Write a time of day in Shanghai, to the second."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
