"""What a customer takes home when the case cannot be accepted."""

from __future__ import annotations

from counter_app.domain.checks import Finding, FindingCode
from counter_app.domain.paper_parts import PaperKind

MENDABLE_PREFIX = "PHONE."
"""Blocks of the entry field: another number, or the code once more, mends them at once."""

COUNTER_PREFIX = "COUNTER."
"""Blocks of the counter itself: the customer can do nothing about them; parking stays possible."""

RULE_SAYS_NO = ("PROVIDER.", "MERCHANT.", "CASE.", "TERMINAL.")
"""Blocks where nothing that the customer brings would help: a refusal, not a list."""

NOT_THE_LETTER = frozenset({FindingCode.A13_NOT_CONFIRMED})


def can_be_mended_here(stopping: tuple[Finding, ...]) -> bool:
    """Say whether answering again at the counter would clear everything that stops the case."""
    return all(finding.code.startswith((MENDABLE_PREFIX, COUNTER_PREFIX)) for finding in stopping)


def papers_for_refusal(stopping: tuple[Finding, ...]) -> tuple[PaperKind, ...]:
    """Return the papers for a case that findings stopped, in the order of printing.

    A list of what is missing where the customer can come back with something better, with a
    letter form after it when the letter was the trouble; a refusal where a rule says no.
    """
    if not stopping or any(finding.code.startswith(RULE_SAYS_NO) for finding in stopping):
        return (PaperKind.REFUSAL,)
    if any(_is_about_letter(finding.code) for finding in stopping):
        return (PaperKind.MISSING_LIST, PaperKind.LETTER_FORM)
    return (PaperKind.MISSING_LIST,)


def _is_about_letter(code: FindingCode) -> bool:
    if code is FindingCode.MATERIAL_LETTER_MISSING:
        return True
    return code.startswith("A") and code not in NOT_THE_LETTER
