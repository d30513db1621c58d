"""For whom a paper is written in two languages."""

from __future__ import annotations

from counter_app.domain.draft import Draft
from counter_app.domain.identity_document import IdentityDocument
from counter_app.domain.identity_number import DocumentType

CHINA = "CHN"
"""A Chinese passport is one of somebody who reads Chinese. Source: ISO 3166-1 alpha-3."""


def wants_english(draft: Draft) -> bool:
    """Say whether anybody whose document was shown is a foreigner: the papers are bilingual."""
    return any(map(_is_foreign, draft.documents))


def _is_foreign(document: IdentityDocument) -> bool:
    if document.type is DocumentType.PERMANENT_RESIDENCE:
        return True
    return document.type is DocumentType.PASSPORT and document.nationality != CHINA
