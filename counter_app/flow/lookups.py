"""What must be looked up because of what the draft says now."""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.draft import Draft
from counter_app.domain.identity_document import Owner
from counter_app.domain.identity_number import is_same_number
from counter_app.flow.effects import (
    Effect,
    LookUpAgent,
    LookUpLetter,
    LookUpNumber,
    LookUpPrincipal,
    LookUpSwap,
)


def due_lookups(before: Draft, then: Draft, *, is_entered: bool) -> Iterator[Effect]:
    """Yield the look-ups that became due: after a change, and again when a step is entered."""
    for wanted in _wanted(then):
        if is_entered or wanted not in set(_wanted(before)):
            yield wanted


def agent_numbers(draft: Draft) -> tuple[str, ...]:
    """Return the document numbers of the agents who are here, each once."""
    return tuple(dict.fromkeys(item.number for item in draft.documents_of(Owner.AGENT)))


def principal_elsewhere(draft: Draft) -> str | None:
    """Return the document number of who came as the principal and is another person, or None.

    The number on record with another name is that person's own merchant, not another one.
    """
    document = draft.document_of(Owner.PRINCIPAL)
    if document is None or draft.merchant is None:
        return None
    recorded = draft.merchant.principal.id_number
    return None if is_same_number(document.number, recorded) else document.number


def _wanted(draft: Draft) -> Iterator[Effect]:
    merchant = draft.merchant
    if merchant is None:
        return
    principal = merchant.principal.id_number
    new = draft.new_number
    if new is not None and new.bound_to is None and len(new.number) == 11:
        yield LookUpNumber(new.number, merchant.merchant_no, principal)
    letter = draft.letter
    if letter is not None and not draft.is_letter_looked_up:
        yield LookUpLetter(letter.digest, letter.letter_no, draft.supersedes or "", draft.visit)
    second = draft.substitution_letter
    if second is not None and not draft.is_substitution_looked_up:
        yield LookUpLetter(second.digest, second.letter_no, draft.supersedes or "", draft.visit)
    agents = agent_numbers(draft)
    if draft.is_delegated and agents and draft.agent_history is None:
        yield LookUpAgent(agents, principal, merchant.merchant_no)
    stranger = principal_elsewhere(draft)
    if stranger is not None:
        yield LookUpPrincipal(stranger)
    if draft.is_swap_wanted and draft.swap_to_sn and draft.is_swap_sn_known is None:
        yield LookUpSwap(draft.swap_to_sn)
