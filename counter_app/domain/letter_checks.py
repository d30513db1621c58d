"""Checks of one letter by itself, the same for the principal's and for a substitute's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from counter_app.domain.checks import Finding, FindingCode, Severity, found
from counter_app.domain.delegation_letter import Alterations, Letter, LetterKind, Matter
from counter_app.domain.draft import Draft
from counter_app.domain.identity_document import IdentityDocument
from counter_app.domain.identity_number import is_same_number
from counter_app.domain.name import is_same_name
from counter_app.domain.step import Step


def names(letter: Letter, document: IdentityDocument) -> bool:
    """Say whether a letter names the holder of a document as agent (民法典 art. 165)."""
    return any(
        is_same_number(agent.id_number, document.number) and is_same_name(agent.name, document.name)
        for agent in letter.agents
    )


def matter_findings(draft: Draft, letter: Letter) -> Iterator[Finding]:
    """A3: the change of number, and a swap where there is one, is among the matters (art. 165)."""
    merchant = draft.merchant
    is_other = (
        merchant is not None
        and letter.merchant_no is not None
        and letter.merchant_no != merchant.merchant_no
    )
    wanted = {Matter.CHANGE_PHONE}
    if draft.is_swap_wanted:
        wanted.add(Matter.COLLECT_TERMINAL)
    if is_other:
        yield found(FindingCode.A3_NOT_COVERED, Step.LETTER)
    elif wanted <= letter.matters:
        return
    elif Matter.EVERYTHING in letter.matters:
        yield found(FindingCode.A3_UNCLEAR, Step.LETTER)
    else:
        yield found(FindingCode.A3_NOT_COVERED, Step.LETTER)


def term_findings(letter: Letter, today: date) -> Iterator[Finding]:
    """A5: today lies within the term; the last day counts (art. 165)."""
    if letter.starts_on is not None and letter.starts_on > today:
        yield found(FindingCode.A5_NOT_STARTED, Step.LETTER, day=letter.starts_on.isoformat())
    if letter.ends_on is None:
        is_notarised = letter.kind is LetterKind.NOTARISED
        severity = Severity.REVIEW if is_notarised else Severity.BLOCK
        yield found(FindingCode.A5_NO_END, Step.LETTER, severity)
    elif letter.ends_on < today:
        yield found(FindingCode.A5_EXPIRED, Step.LETTER, day=letter.ends_on.isoformat())


def spent_findings(used_on: date | None, revoked_on: date | None) -> Iterator[Finding]:
    """A11, A12: the letter was not used up and not revoked (art. 173)."""
    if used_on is not None:
        yield found(FindingCode.A11_USED, Step.LETTER, day=used_on.isoformat())
    if revoked_on is not None:
        yield found(FindingCode.A12_REVOKED, Step.LETTER, day=revoked_on.isoformat())


def alteration_findings(letter: Letter) -> Iterator[Finding]:
    """A16: what was altered was initialled, and then still seen by a second person."""
    if letter.alterations is Alterations.INITIALLED:
        yield found(FindingCode.A16_ALTERED, Step.LETTER)
    if letter.alterations is Alterations.PLAIN:
        yield found(FindingCode.A16_ALTERED, Step.LETTER, Severity.BLOCK)
