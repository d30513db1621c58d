"""Judging a receipt that a merchant brings to head office."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from counter_app.domain.paper_verdict import Verdict


@dataclass(frozen=True, slots=True)
class JudgedReceipt:
    """A verdict and what it says to a person, the judgement first."""

    verdict: Verdict
    words: tuple[str, ...] = field(repr=False)


class ReceiptJudge(Protocol):
    """Judges offline; may be asked from several threads."""

    def judge(self, data: bytes, language: str) -> JudgedReceipt:
        """Judge a sealed PDF, a picture of a page, or the text of a code.

        Args:
            data: As it was handed in.
            language: "zh" or "en", for the words.

        Raises:
            CounterError: RECEIPT_UNREADABLE: none of these; TRUST_MISSING, SETTINGS_INVALID:
                the trusted certificates cannot be read.
        """
        ...
