"""Events: everything that can happen to a visit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from counter_app.domain.card_phase import CardPhase
from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import ReviewDecision
from counter_app.domain.mrz_fields import MrzKey
from counter_app.domain.reading import DocumentKind, Outline
from counter_app.domain.standing import NO_STANDING, Standing
from counter_app.domain.step import Step
from counter_app.flow.answers import Answer
from counter_app.flow.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class TerminalEntered:
    """A serial number or merchant number was scanned or typed."""

    text: str


@dataclass(frozen=True, slots=True)
class MerchantPicked:
    """One of several terminals or merchants that were found was picked."""

    merchant_no: str
    sn: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A person answered a question of the current step."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class MinutePassed:
    """Some time went by while the visit was held; the desk's clock says whether it was enough."""


@dataclass(frozen=True, slots=True)
class NextPressed:
    """On to the next step; at the step of acceptance: accept."""


@dataclass(frozen=True, slots=True)
class BackPressed:
    """Back by one step; nothing is lost."""


@dataclass(frozen=True, slots=True)
class StepPicked:
    """A step that was done before was picked in the list."""

    step: Step


@dataclass(frozen=True, slots=True)
class ReadCardPressed:
    """Read the card this step asks for: an identity document, or the bank card.

    Attributes:
        key: Opens a passport or permit; None for the cards of the resident-ID reader.
    """

    key: MrzKey | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FurtherPressed:
    """One more document of the same side is shown; pressed again: it is not."""


@dataclass(frozen=True, slots=True)
class PictureTaken:
    """The camera captured a document.

    Attributes:
        original: JPEG as the camera saw it.
        rectified: JPEG, cut out and straightened.
        outline: Of `rectified` in `original`; None where nothing was cut out.
    """

    kind: DocumentKind
    original: bytes = field(repr=False)
    rectified: bytes = field(repr=False)
    outline: Outline | None = None


@dataclass(frozen=True, slots=True)
class WaitCancelled:
    """The clerk no longer waits for the device."""


@dataclass(frozen=True, slots=True)
class SendCodePressed:
    """Send a one-time code to the new number."""


@dataclass(frozen=True, slots=True)
class CodeTyped:
    """The customer typed the code; it is checked and forgotten."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReviewPressed:
    """The second person decides, proving who they are at this moment."""

    account_id: str
    password: str = field(repr=False)
    decision: ReviewDecision
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ParkPressed:
    """Put the case aside.

    Attributes:
        remind_at: When it should ask for attention (aware UTC), or None.
    """

    reason: str
    remind_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Resumed:
    """A parked case is taken up again, perhaps by another clerk."""

    clerk_id: str


@dataclass(frozen=True, slots=True)
class EndPressed:
    """The clerk ends a case that cannot go on; the customer gets a paper that says why."""


@dataclass(frozen=True, slots=True)
class AdviseOnlinePressed:
    """The customer does it online instead."""


@dataclass(frozen=True, slots=True)
class PaperConfirmed:
    """The clerk saw the papers come out."""


@dataclass(frozen=True, slots=True)
class PrintAgainPressed:
    """Print what has not come out, or print once more (补打)."""


@dataclass(frozen=True, slots=True)
class ConfirmationPressed:
    """Print the paper that says how the case came out."""


@dataclass(frozen=True, slots=True)
class DocumentsPressed:
    """Send the pictures that were added to the accepted case."""


@dataclass(frozen=True, slots=True)
class NumberSlipWritten:
    """The number was handed over in handwriting because nothing can be printed."""


@dataclass(frozen=True, slots=True)
class VoidPressed:
    """The customer takes the case back before it was sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawPressed:
    """The customer takes the case back after it may have been sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Progressed:
    """A device read some more of what it has to read, or sees another card."""

    attempt: int
    done: int
    expected: int
    phase: CardPhase | None = None


@dataclass(frozen=True, slots=True)
class OfficeMoved:
    """The sender or head office moved the accepted case on."""

    state: CaseState
    standing: Standing = NO_STANDING


@dataclass(frozen=True, slots=True)
class Reported:
    """An effect of an attempt ended; the outcome of an older attempt changes nothing."""

    attempt: int
    outcome: Outcome


Event = (
    TerminalEntered
    | MerchantPicked
    | Answered
    | MinutePassed
    | NextPressed
    | BackPressed
    | StepPicked
    | ReadCardPressed
    | FurtherPressed
    | PictureTaken
    | WaitCancelled
    | SendCodePressed
    | CodeTyped
    | ReviewPressed
    | ParkPressed
    | Resumed
    | EndPressed
    | AdviseOnlinePressed
    | PaperConfirmed
    | PrintAgainPressed
    | ConfirmationPressed
    | DocumentsPressed
    | NumberSlipWritten
    | VoidPressed
    | WithdrawPressed
    | Progressed
    | OfficeMoved
    | Reported
)
