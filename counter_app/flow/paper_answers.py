"""Answers about what was shown: identity documents, letters, the licence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from counter_app.domain.delegation_letter import Letter
from counter_app.domain.draft import Draft, Licence
from counter_app.domain.identity_document import IdentityDocument, Owner, PoliceCheck, Printed
from counter_app.domain.identity_number import canonical_number, is_same_number
from counter_app.domain.name import whole_characters


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """An identity document as read or typed; it replaces the one that the owner showed last."""

    document: IdentityDocument

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        owner = self.document.owner
        last = draft.documents_of(owner)[-1:]
        others = tuple(item for item in draft.documents if item not in last)
        is_agent = owner is Owner.AGENT
        is_again = any(is_same_number(item.number, self.document.number) for item in last)
        return replace(
            draft,
            documents=(*others, _tidy(self.document)),
            documents_missing=draft.documents_missing - {owner},
            principal_elsewhere=draft.principal_elsewhere if is_agent or is_again else (),
            agent_history=None if is_agent else draft.agent_history,
        )


@dataclass(frozen=True, slots=True)
class FurtherDocumentAnswer:
    """One more document: of a further agent who came too, or a new card beside the expired one."""

    document: IdentityDocument

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        is_agent = self.document.owner is Owner.AGENT
        return replace(
            draft,
            documents=(*draft.documents, _tidy(self.document)),
            agent_history=None if is_agent else draft.agent_history,
        )


@dataclass(frozen=True, slots=True)
class NoDocumentAnswer:
    """The owner's document is not at hand."""

    owner: Owner

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(
            draft,
            documents=tuple(item for item in draft.documents if item.owner is not self.owner),
            documents_missing=draft.documents_missing | {self.owner},
        )


@dataclass(frozen=True, slots=True)
class FaceAnswer:
    """The clerk compared the face with the picture.

    Attributes:
        number: Which of the owner's documents; empty for the first.
    """

    owner: Owner
    matches: bool
    number: str = field(default="", repr=False)

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        matches = self.matches
        return _changed(draft, self, lambda item: replace(item, face_matches=matches))


@dataclass(frozen=True, slots=True)
class PrintedAnswer:
    """What the surface of the document shows; `number` as for `FaceAnswer`."""

    owner: Owner
    printed: Printed
    number: str = field(default="", repr=False)

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        printed = self.printed
        return _changed(draft, self, lambda item: replace(item, printed=printed))


@dataclass(frozen=True, slots=True)
class PoliceAnswer:
    """Outcome of the online check of a document; `number` as for `FaceAnswer`."""

    owner: Owner
    outcome: PoliceCheck
    number: str = field(default="", repr=False)

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        outcome = self.outcome
        return _changed(draft, self, lambda item: replace(item, police_check=outcome))


@dataclass(frozen=True, slots=True)
class LetterAnswer:
    """The letter's facts as the clerk confirmed them."""

    letter: Letter

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(
            draft,
            letter=self.letter,
            is_letter_missing=False,
            is_letter_looked_up=False,
            letter_used_on=None,
            letter_revoked_on=None,
        )


@dataclass(frozen=True, slots=True)
class SubstitutionAnswer:
    """A second letter by which the named agent passes his authority on."""

    letter: Letter

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(
            draft,
            substitution_letter=self.letter,
            is_substitution_looked_up=False,
            substitution_used_on=None,
            substitution_revoked_on=None,
        )


@dataclass(frozen=True, slots=True)
class NoLetterAnswer:
    """The agent has no letter."""

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, letter=None, is_letter_missing=True)


@dataclass(frozen=True, slots=True)
class LicenceAnswer:
    """The business licence as shown."""

    licence: Licence

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, licence=self.licence, is_licence_missing=False)


@dataclass(frozen=True, slots=True)
class NoLicenceAnswer:
    """The licence is not at hand."""

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, licence=None, is_licence_missing=True)


@dataclass(frozen=True, slots=True)
class PhoneProofAnswer:
    """Whether proof of use of the new number was shown."""

    is_shown: bool

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        return replace(draft, has_phone_proof=self.is_shown)


def _tidy(document: IdentityDocument) -> IdentityDocument:
    number, name = canonical_number(document.number), whole_characters(document.name)
    return replace(document, number=number, name=name)


def _changed(
    draft: Draft,
    said: FaceAnswer | PrintedAnswer | PoliceAnswer,
    change: Callable[[IdentityDocument], IdentityDocument],
) -> Draft:
    shown = draft.documents_of(said.owner)
    meant = [item for item in shown if said.number in {"", item.number}]
    documents = tuple(change(item) if item in meant[:1] else item for item in draft.documents)
    return replace(draft, documents=documents)
