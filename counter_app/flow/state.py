"""The state of a visit as the window shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from counter_app.domain.assessment import Assessment, assess
from counter_app.domain.card_phase import CardPhase
from counter_app.domain.case_state import OPEN_STATES, CaseState
from counter_app.domain.counter_facts import CounterFacts
from counter_app.domain.draft import Draft
from counter_app.domain.phone import SegmentTable
from counter_app.domain.provider_rules import RulePack
from counter_app.domain.reading import DocumentKind
from counter_app.domain.standing import NO_STANDING, Standing
from counter_app.domain.step import Step
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.outcomes import PaperLine, PictureRead


class Waiting(StrEnum):
    """For what the visit waits; None of these while the clerk may type."""

    CARD = "card"
    PICTURE = "picture"
    CODE_SENDING = "code_sending"
    CODE_CHECK = "code_check"
    SECOND_PERSON = "second_person"
    ACCEPTING = "accepting"
    PRINTING = "printing"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class CodeExchange:
    """A code that is under way.

    Attributes:
        tries: How often a wrong code was typed.
    """

    message_id: str
    sent_at: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True)
class FlowState:
    """One visit at one moment; replaced, never changed.

    Attributes:
        attempt: Counts entries into steps and waits; results of older attempts change nothing.
        unsaved: Why the store does not hold the draft as it stands; None once it does.
        proposal: What the camera read and the clerk has not confirmed yet.
        is_further: What is read or typed next is one more document beside those of this step.
        progress: Bytes or frames read and expected by the device that works now.
        phase: Where a wait for a card stands; counts only beside `progress`.
        standing: What head office said of the accepted case.
        added: Kinds of the pictures added since head office asked for more, oldest first.
    """

    draft: Draft
    case_state: CaseState = CaseState.DRAFT
    step: Step = Step.TERMINAL
    attempt: int = 0
    waiting: Waiting | None = None
    progress: tuple[int, int] | None = None
    phase: CardPhase | None = None
    failure: FailureCode | None = None
    unsaved: FailureCode | None = None
    proposal: PictureRead | None = field(default=None, repr=False)
    is_further: bool = False
    code: CodeExchange | None = None
    acceptance_no: str | None = None
    accepted_at: datetime | None = None
    papers: tuple[PaperLine, ...] = ()
    standing: Standing = NO_STANDING
    added: tuple[DocumentKind, ...] = ()

    @property
    def is_open(self) -> bool:
        """Say whether answers may still change the draft."""
        return self.case_state in OPEN_STATES

    @property
    def is_over(self) -> bool:
        """Say whether the visit ended without acceptance."""
        return self.case_state in {CaseState.REFUSED, CaseState.ADVISED_ONLINE}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the rules need besides the draft: packs, number segments, the counter's facts.

    Attributes:
        packs: Rule packs by provider.
    """

    packs: tuple[RulePack, ...]
    segments: SegmentTable
    facts: CounterFacts

    def has_rules_for(self, provider: str) -> bool:
        """Say whether a pack of this provider is loaded."""
        return any(pack.provider == provider for pack in self.packs)

    def has_rules_of(self, draft: Draft) -> bool:
        """Say whether the rules can judge a draft: always before its merchant is known."""
        return draft.merchant is None or self.has_rules_for(draft.merchant.provider)

    def rules_for(self, draft: Draft) -> RulePack:
        """Return the rule pack of the draft's provider.

        Raises:
            CounterError: RULES_MISSING with `provider`: no pack of this provider is loaded. The
                flow lets no such merchant into a draft, but a stored draft may outlive its pack.
        """
        provider = draft.merchant.provider if draft.merchant is not None else None
        for pack in self.packs:
            if provider is None or pack.provider == provider:
                return pack
        raise CounterError(FailureCode.RULES_MISSING, provider=provider or "-")

    def assess(self, draft: Draft) -> Assessment:
        """Apply the rules to a draft as it stands."""
        return assess(draft, self.rules_for(draft), self.segments, self.facts)
