"""Effects: what the flow asks to be done; `services/perform.py` does it, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import Draft, ReviewDecision
from counter_app.domain.identity_document import Owner
from counter_app.domain.mrz_fields import MrzKey
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.reading import DocumentKind, Outline
from counter_app.domain.step import Step


@dataclass(frozen=True, slots=True)
class FindTerminal:
    """Look a serial number or merchant number up.

    Attributes:
        visit: The visit that asks; its own open cases do not stand in its way.
    """

    text: str
    merchant_no: str = ""
    visit: str = ""


@dataclass(frozen=True, slots=True)
class LookUpNumber:
    """Find merchants of other principals with this number."""

    number: str = field(repr=False)
    merchant_no: str
    principal_number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookUpLetter:
    """Find out whether a letter was used or revoked.

    Attributes:
        besides: A case whose use does not count: the rejected one that this one corrects.
        visit: The visit that asks; the use by its other cases does not count either.
    """

    digest: str
    letter_no: str
    besides: str = ""
    visit: str = ""


@dataclass(frozen=True, slots=True)
class LookUpAgent:
    """Find out for whom else the agents who are here acted."""

    id_numbers: tuple[str, ...] = field(repr=False)
    principal_number: str = field(repr=False)
    merchant_no: str


@dataclass(frozen=True, slots=True)
class LookUpPrincipal:
    """Find out whose principal somebody is who is not this merchant's."""

    id_number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookUpSwap:
    """Find out whether a replacement terminal is bound."""

    sn: str


@dataclass(frozen=True, slots=True)
class ReadChip:
    """Wait for a card and read it.

    Attributes:
        case_id: Whose case keeps the portrait.
        key: Opens a passport or permit; None for the cards of the resident-ID reader.
    """

    owner: Owner
    case_id: str = ""
    key: MrzKey | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ReadBankCard:
    """Wait for a bank card and compare it with the account on record."""

    account: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeepPicture:
    """Keep a picture in the vault and read it; see `PictureTaken`."""

    case_id: str
    kind: DocumentKind
    original: bytes = field(repr=False)
    rectified: bytes = field(repr=False)
    outline: Outline | None = None


@dataclass(frozen=True, slots=True)
class SendCode:
    """Send a one-time code."""

    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Compare a typed code with the one that was sent."""

    message_id: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Authorise:
    """Let the second person prove who they are."""

    account_id: str
    password: str = field(repr=False)
    decision: ReviewDecision
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Save the case as it stands."""

    draft: Draft = field(repr=False)
    step: Step
    state: CaseState
    remind_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AcceptCase:
    """Accept: number, immutable case, messages, registers and journal in one transaction."""

    draft: Draft = field(repr=False)


@dataclass(frozen=True, slots=True)
class PrintPapers:
    """Make, seal, keep and print papers of an accepted case."""

    case_id: str
    kinds: tuple[PaperKind, ...]


@dataclass(frozen=True, slots=True)
class PrintNotices:
    """Print once more what the customer takes home from a case that was not accepted."""

    draft: Draft = field(repr=False)
    kinds: tuple[PaperKind, ...]


@dataclass(frozen=True, slots=True)
class ConfirmPapers:
    """Note that the papers came out."""

    case_id: str
    kinds: tuple[PaperKind, ...]


@dataclass(frozen=True, slots=True)
class EndCase:
    """End a case that is not accepted, and print what the customer takes home."""

    draft: Draft = field(repr=False)
    step: Step
    state: CaseState
    papers: tuple[PaperKind, ...]


@dataclass(frozen=True, slots=True)
class VoidCase:
    """Take an accepted case back before it left."""

    case_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class RequestWithdrawal:
    """Ask head office to take an accepted case back."""

    case_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class SendDocuments:
    """Queue the pictures that were added to an accepted case."""

    case_id: str


@dataclass(frozen=True, slots=True)
class StopWaiting:
    """Nobody waits for this attempt any more."""

    attempt: int


Effect = (
    FindTerminal
    | LookUpNumber
    | LookUpLetter
    | LookUpAgent
    | LookUpPrincipal
    | LookUpSwap
    | ReadChip
    | ReadBankCard
    | KeepPicture
    | SendCode
    | CheckCode
    | Authorise
    | SaveDraft
    | AcceptCase
    | PrintPapers
    | PrintNotices
    | ConfirmPapers
    | EndCase
    | VoidCase
    | RequestWithdrawal
    | SendDocuments
    | StopWaiting
)
