"""Answers: what a person at the counter says, each with what it changes in the draft."""

from __future__ import annotations

from typing import Protocol

from counter_app.domain.draft import Draft
from counter_app.flow.number_answers import (
    CodeAnswer,
    HolderAnswer,
    NumberAnswer,
    OldNumberAnswer,
    RealNameAnswer,
    RepeatAnswer,
    SharedReasonAnswer,
)
from counter_app.flow.paper_answers import (
    DocumentAnswer,
    FaceAnswer,
    FurtherDocumentAnswer,
    LetterAnswer,
    LicenceAnswer,
    NoDocumentAnswer,
    NoLetterAnswer,
    NoLicenceAnswer,
    PhoneProofAnswer,
    PoliceAnswer,
    PrintedAnswer,
    SubstitutionAnswer,
)
from counter_app.flow.visit_answers import (
    ByPictureAnswer,
    CallbackAnswer,
    CoachedAnswer,
    ConsentAnswer,
    ElderModeAnswer,
    KnowledgeAnswer,
    PresenterAnswer,
    ReasonAnswer,
    SettlementAnswer,
    SettlementCardAnswer,
    SwapAnswer,
    SwapSerialAnswer,
    TicketAnswer,
)

__all__ = [
    "Answer",
    "ByPictureAnswer",
    "CallbackAnswer",
    "CoachedAnswer",
    "CodeAnswer",
    "ConsentAnswer",
    "DocumentAnswer",
    "ElderModeAnswer",
    "FaceAnswer",
    "FurtherDocumentAnswer",
    "HolderAnswer",
    "KnowledgeAnswer",
    "LetterAnswer",
    "LicenceAnswer",
    "NoDocumentAnswer",
    "NoLetterAnswer",
    "NoLicenceAnswer",
    "NumberAnswer",
    "OldNumberAnswer",
    "PhoneProofAnswer",
    "PoliceAnswer",
    "PresenterAnswer",
    "PrintedAnswer",
    "RealNameAnswer",
    "ReasonAnswer",
    "RepeatAnswer",
    "SettlementAnswer",
    "SettlementCardAnswer",
    "SharedReasonAnswer",
    "SubstitutionAnswer",
    "SwapAnswer",
    "SwapSerialAnswer",
    "TicketAnswer",
]


class Answer(Protocol):
    """One thing that a person at the counter says."""

    def on(self, draft: Draft) -> Draft:
        """Return the draft with this answer."""
        ...
