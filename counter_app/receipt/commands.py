"""What the command line offers of this package."""

from __future__ import annotations

import os
from pathlib import Path

from counter_app.domain.paper_verdict import PaperForm, Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.clock import Clock
from counter_app.ports.paper import Verifier
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.strangers import MAX_BYTES
from counter_app.receipt.trust import load_trust
from counter_app.receipt.verify import PaperVerifier
from counter_app.receipt.words import load_words
from counter_app.words.failures import failure_words
from counter_app.words.words import Language


def verifier(fonts: Path, trust: Path, clock: Clock) -> PaperVerifier:
    """Make a verifier from the folders of fonts and of trusted certificates.

    Raises:
        CounterError: TRUST_MISSING, SETTINGS_INVALID.
    """
    return PaperVerifier(load_trust(trust), FontBook(fonts), clock)


def verify_file(path: Path, judge: Verifier, language: str = "zh") -> dict[str, object]:
    """Judge a PDF, a picture of a page, or a text file with a code, for `counter-app verify`.

    Returns:
        `valid`, `form`, `number`, `record_sha256`, `branch`, `demonstration`, `faults` (codes) and
        `words` (sentences for a clerk); exit status 0 when `valid`, else 1.

    Raises:
        CounterError: RECEIPT_UNREADABLE: no such file, not ours to read, or not a paper.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CounterError(FailureCode.RECEIPT_UNREADABLE, reason="file") from error
    verdict = judge.verify(data)
    return {
        "valid": verdict.is_valid,
        "form": verdict.form.value,
        "number": verdict.number,
        "record_sha256": verdict.record_sha256,
        "branch": verdict.branch,
        "demonstration": verdict.demonstration,
        "bytes": size,
        "faults": [fault.value for fault in verdict.faults],
        "words": verdict_words(verdict, language),
    }


def unreadable(error: CounterError, language: Language = Language.ZH) -> dict[str, object]:
    """Say of a file that is no paper at all what `verify_file` says of one that is."""
    words = failure_words(error.code, language)
    return {
        "valid": False,
        "form": "",
        "number": "",
        "record_sha256": "",
        "branch": "",
        "demonstration": False,
        "faults": [error.code.value],
        "words": [f"{words.title}。{words.advice}"],
    }


def verdict_words(verdict: Verdict, language: str = "zh") -> list[str]:
    """Say a verdict in sentences, the judgement first."""
    words = load_words(language)
    codes = [fault.value for fault in verdict.faults]
    if codes:
        codes.append("INVALID")
    else:
        codes = ["VALID" if verdict.form is PaperForm.SEALED_PDF else "VALID_CODE"]
    if verdict.demonstration:
        codes.append("DEMONSTRATION")
    return [words.of("verdict", code) for code in codes]
