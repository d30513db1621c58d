"""Who acts for the principal: the agents of the letter, or a lawful substitute (A2, A9).

Source: 民法典 art. 169: an agent may pass his authority on only with the principal's consent;
the letter by which he does so is a letter of its own and judged like one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from counter_app.domain.checks import Finding, FindingCode, found
from counter_app.domain.delegation_letter import Letter
from counter_app.domain.draft import Draft
from counter_app.domain.identity_checks import is_same_holder
from counter_app.domain.identity_document import IdentityDocument, Owner
from counter_app.domain.identity_number import is_same_number
from counter_app.domain.letter_checks import (
    alteration_findings,
    matter_findings,
    names,
    spent_findings,
    term_findings,
)
from counter_app.domain.name import is_same_name
from counter_app.domain.phone import normalised
from counter_app.domain.step import Step


def agent_findings(draft: Draft, letter: Letter, today: date) -> Iterator[Finding]:
    """Yield A2 and A9, and what is wrong with the second letter where it has to carry the case."""
    strangers = unnamed_agents(draft, letter)
    if not strangers:
        return
    second = draft.substitution_letter
    if not letter.allows_substitution:
        yield found(FindingCode.A2_AGENT_MISMATCH, Step.LETTER)
        yield found(FindingCode.A9_NO_SUBSTITUTION, Step.LETTER)
    elif second is None or not all(_is_covered(draft, second, one) for one in strangers):
        yield found(FindingCode.A2_AGENT_MISMATCH, Step.LETTER)
    else:
        yield from _second_letter(draft, letter, second, today)


def is_substituted(draft: Draft) -> bool:
    """Say whether somebody acts whom only a second letter can name."""
    letter = draft.letter
    return letter is not None and letter.allows_substitution and bool(unnamed_agents(draft, letter))


def unnamed_agents(draft: Draft, letter: Letter) -> tuple[IdentityDocument, ...]:
    """Return the agents' documents whose holder the letter does not name."""
    agents = (document for document in draft.documents if document.owner is Owner.AGENT)
    return tuple(document for document in agents if not _is_covered(draft, letter, document))


def _is_covered(draft: Draft, letter: Letter, document: IdentityDocument) -> bool:
    """Say whether a letter names the holder by this document or by another one shown today."""
    return any(names(letter, other) for other in draft.documents if is_same_holder(document, other))


def _second_letter(draft: Draft, first: Letter, second: Letter, today: date) -> Iterator[Finding]:
    """Yield what is wrong with the letter by which a named agent passes his authority on."""
    if not _is_from_agent(first, second):
        yield found(FindingCode.A9_NO_SUBSTITUTION, Step.LETTER)
    if not second.is_original:
        yield found(FindingCode.MATERIAL_LETTER_MISSING, Step.LETTER)
    yield from matter_findings(draft, second)
    stated = normalised(second.new_number or "")
    if stated and draft.new_number is not None and draft.new_number.number != stated:
        yield found(FindingCode.A4_NUMBER_DIFFERS, Step.NEW_NUMBER)
    if not second.is_signed:
        yield found(FindingCode.A6_UNSIGNED, Step.LETTER)
    yield from term_findings(second, today)
    yield from spent_findings(draft.substitution_used_on, draft.substitution_revoked_on)
    yield from alteration_findings(second)


def _is_from_agent(first: Letter, second: Letter) -> bool:
    giver = second.principal
    return any(
        is_same_name(agent.name, giver.name)
        and is_same_number(agent.id_number, giver.id_number or "")
        for agent in first.agents
    )
