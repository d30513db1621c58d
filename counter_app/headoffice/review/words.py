"""The words of the review page, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from counter_app.domain.checks import FindingCode
from counter_app.domain.travel_document import CheckReason, CheckState, CheckVerdict, ChipCheck
from counter_app.headoffice.review.letter import LetterFact
from counter_app.headoffice.review.letter_pairs import LETTER_PAIRS
from counter_app.headoffice.review.receipt_pairs import RECEIPT_PAIRS
from counter_app.headoffice.review.word_pairs import PAIRS
from counter_app.wire.case_data import ChipProof
from counter_app.wire.reasons import REASON_WORDS, ReasonCode
from counter_app.words.chip_checks import check_words
from counter_app.words.findings import code_words

_ALL = {**PAIRS, **LETTER_PAIRS, **RECEIPT_PAIRS}
_SHANGHAI = ZoneInfo("Asia/Shanghai")


class Language(StrEnum):
    """A language of the page."""

    ZH = "zh"
    EN = "en"


class Words:
    """All words of one language; an unknown key is shown as it is."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._at = 0 if language is Language.ZH else 1

    def __getitem__(self, key: str) -> str:
        pair = _ALL.get(key)
        return key if pair is None else pair[self._at]

    def reason(self, code: str) -> str:
        """Return a reason's words, or the code as it came."""
        if code not in ReasonCode.__members__:
            return code
        words = REASON_WORDS[ReasonCode(code)]
        return words.zh if self.language is Language.ZH else words.en

    @property
    def reasons(self) -> Mapping[str, str]:
        """All reasons, code to words."""
        return {code.value: self.reason(code.value) for code in ReasonCode}

    def change_reason(self, code: str) -> str:
        """Return a reason for the change in words, or the code as it came."""
        key = f"reason.{code}"
        return self[key] if key in PAIRS else code

    def chip_proof(self, proof: ChipProof) -> str:
        """Return what came out of a chip's check, with its reason; codes as they came if new."""
        try:
            verdict = CheckVerdict(
                ChipCheck(proof.check), CheckState(proof.state), CheckReason(proof.reason)
            )
        except ValueError:
            return f"{proof.check} {proof.state} {proof.reason}"
        words = check_words(verdict, self.language)
        return " · ".join(filter(None, (words.title, words.ground)))

    def image(self, ref: str) -> str:
        """Name an image of a case, or its reference as it came."""
        kind = ref.removesuffix(".original")
        key = f"image.{kind.lower().replace('_', '-')}"
        name = self[key] if key in PAIRS else kind
        return name if kind == ref else f"{name} · {self['original']}"

    def check(self, code: str) -> str:
        """Say what a check of the counter found, or its code as it came."""
        if code not in {one.value for one in FindingCode}:
            return code
        return code_words(FindingCode(code), self.language).title

    def letter_fact(self, fact: LetterFact) -> str:
        """Say in one line how a check of the letter came out."""
        if fact.findings:
            return self["letter.and"].join(self.check(code) for code in fact.findings)
        if fact.verdict == "open":
            return self["letter.open"]
        if fact.verdict != "good":
            return self["letter.unknown"]
        return self[f"letter.{fact.id}.good" if fact.is_told else "letter.nothing_found"]

    def signal(self, code: str) -> str:
        """Say what a signal of risk means, or its code as it came."""
        key = f"signal.{code}"
        return self[key] if key in PAIRS else code

    @staticmethod
    def phone(number: str) -> str:
        """Write a mobile number in the groups in which it is read aloud."""
        if len(number) != 11:
            return number
        return f"{number[:3]} {number[3:7]} {number[7:]}"

    def day(self, moment: datetime) -> str:
        """Write a moment on the clock of the counters."""
        return moment.astimezone(_SHANGHAI).strftime("%Y-%m-%d %H:%M")

    def age(self, seconds: float) -> str:
        """Write how long something waits, in the largest unit that fits."""
        minutes = int(seconds // 60)
        if minutes < 60:
            return f"{max(minutes, 0)} {self['minutes']}"
        if minutes < 48 * 60:
            return f"{minutes // 60} {self['hours']}"
        return f"{minutes // 1440} {self['days']}"
