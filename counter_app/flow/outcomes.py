"""Outcomes: how each effect can end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import AgentHistory, ChangeReason, Lookup, Review
from counter_app.domain.identity_document import IdentityDocument
from counter_app.domain.merchant import MerchantRecord, Terminal
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.reading import DocumentKind, Reading
from counter_app.errors import FailureCode


@dataclass(frozen=True, slots=True)
class TerminalLookedUp:
    """What the directory and the store know of what was entered."""

    text: str
    lookup: Lookup
    merchant: MerchantRecord | None = field(default=None, repr=False)
    terminal: Terminal | None = None
    rejected_reason: ChangeReason | None = None


@dataclass(frozen=True, slots=True)
class NumberLookedUp:
    """Merchants of other principals that the number serves."""

    number: str = field(repr=False)
    bound_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterLookedUp:
    """Whether a letter was used or revoked."""

    digest: str
    used_on: date | None
    revoked_on: date | None


@dataclass(frozen=True, slots=True)
class AgentLookedUp:
    """What the store knows of the agents who are here; of several the worst counts."""

    id_numbers: tuple[str, ...] = field(repr=False)
    history: AgentHistory


@dataclass(frozen=True, slots=True)
class PrincipalLookedUp:
    """The merchants of somebody who is not this merchant's principal."""

    id_number: str = field(repr=False)
    merchants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SwapLookedUp:
    """Whether the replacement terminal is bound already."""

    sn: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class CardRead:
    """A chip was read."""

    document: IdentityDocument


@dataclass(frozen=True, slots=True)
class SettlementCardCompared:
    """A bank card was compared with the account on record; its number was not kept.

    Attributes:
        masked: First six and last four digits.
    """

    masked: str
    matches: bool


@dataclass(frozen=True, slots=True)
class PictureRead:
    """A picture was kept and read; everything in it is a proposal.

    Attributes:
        image: SHA-256 (hex) of the rectified picture in the vault.
        failure: Why nothing could be read, or None.
    """

    kind: DocumentKind
    image: str
    reading: Reading | None = field(repr=False)
    failure: FailureCode | None = None


@dataclass(frozen=True, slots=True)
class CodeSent:
    """A code is under way.

    Attributes:
        message_id: The gateway's name for the message; not the code.
    """

    message_id: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class CodeChecked:
    """Whether the typed code was the one that was sent."""

    is_right: bool


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The second person acted."""

    review: Review


@dataclass(frozen=True, slots=True)
class CaseAccepted:
    """The case is stored, numbered, queued and immutable."""

    acceptance_no: str
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class PaperLine:
    """Where one paper stands.

    Attributes:
        failure: Why it has not come out; None once the spooler is done with it.
    """

    kind: PaperKind
    failure: FailureCode | None = None


@dataclass(frozen=True, slots=True)
class PapersPrinted:
    """What became of a print."""

    lines: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The store moved the case to a state, and perhaps printed a paper about it."""

    state: CaseState
    lines: tuple[PaperLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """An effect ended that has nothing to say."""


@dataclass(frozen=True, slots=True)
class NotSaved:
    """The draft could not be saved; it is whole in the window and goes with the next save."""

    code: FailureCode


@dataclass(frozen=True, slots=True)
class Failed:
    """An effect failed in a known way."""

    code: FailureCode


Outcome = (
    TerminalLookedUp
    | NumberLookedUp
    | LetterLookedUp
    | AgentLookedUp
    | PrincipalLookedUp
    | SwapLookedUp
    | CardRead
    | SettlementCardCompared
    | PictureRead
    | CodeSent
    | CodeChecked
    | Reviewed
    | CaseAccepted
    | PapersPrinted
    | StateChanged
    | Done
    | NotSaved
    | Failed
)
