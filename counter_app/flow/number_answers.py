"""Answers about the old and the new number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from counter_app.domain.draft import (
    CodeOutcome,
    Draft,
    NewNumber,
    NumberHolder,
    OldNumberOutcome,
    OldNumberProof,
    RealNameCheck,
)
from counter_app.domain.phone import normalised


@dataclass(frozen=True, slots=True)
class OldNumberAnswer:
    """Whether the old number could be verified, and what shows why not."""

    outcome: OldNumberOutcome
    proof: OldNumberProof = OldNumberProof.NONE

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, old_number=self.outcome, old_number_proof=self.proof)


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """The new number as typed, pasted or scanned; another number starts from nothing."""

    text: str = field(repr=False)

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        number = normalised(self.text)
        if draft.new_number is not None and draft.new_number.number == number:
            return draft
        return replace(draft, new_number=NewNumber(number))


@dataclass(frozen=True, slots=True)
class RepeatAnswer:
    """The new number, entered once more by the customer."""

    text: str = field(repr=False)

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        repeated = normalised(self.text)
        return _changed(draft, lambda new: replace(new, repeated=repeated))


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """What became of the code when it is not checked here (for example: cannot be sent)."""

    outcome: CodeOutcome

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        outcome = self.outcome
        return _changed(draft, lambda new: replace(new, code=outcome))


@dataclass(frozen=True, slots=True)
class HolderAnswer:
    """In whose name the new number is registered."""

    holder: NumberHolder

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        holder = self.holder
        return _changed(draft, lambda new: replace(new, holder=holder))


@dataclass(frozen=True, slots=True)
class SharedReasonAnswer:
    """Why the number serves another principal too."""

    reason: str = field(repr=False)

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        reason = self.reason
        return _changed(draft, lambda new: replace(new, shared_reason=reason))


@dataclass(frozen=True, slots=True)
class RealNameAnswer:
    """Outcome of the check of name, identity number and phone."""

    outcome: RealNameCheck

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        outcome = self.outcome
        return _changed(draft, lambda new: replace(new, real_name=outcome))


def _changed(draft: Draft, change: Callable[[NewNumber], NewNumber]) -> Draft:
    if draft.new_number is None:
        return draft
    return replace(draft, new_number=change(draft.new_number))
