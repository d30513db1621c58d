"""The states of a visit that the gallery draws, made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from counter_app.domain.case_state import CaseState
from counter_app.domain.draft import (
    ChangeReason,
    CodeOutcome,
    Draft,
    Lookup,
    NewNumber,
    NumberHolder,
    OldNumberOutcome,
    PresenterRole,
)
from counter_app.domain.identity_document import CaptureMethod, IdentityDocument, Owner, Printed
from counter_app.domain.reading import DocumentKind, Doubt, FieldName, FieldRead, Reading
from counter_app.errors import FailureCode
from counter_app.flow.outcomes import PictureRead
from counter_app.flow.state import FlowState, Waiting
from counter_app.flow.steps import Step
from counter_app.ports.stored import CaseSummary, StoredCase
from tests.ui.chip_states import chip_states
from tests.ui.page_states import LETTER
from tests.ui.people import CASE_ID, MERCHANT, NOW, document, fresh_state

ME = {"presenter": PresenterRole.PRINCIPAL, "reason": ChangeReason.SIM_LOST}
NUMBER = NewNumber("13900000002", "13900000002", CodeOutcome.PASSED, NumberHolder.PRINCIPAL)


def stored(name: str, state: CaseState, minutes: int) -> StoredCase:
    """A case of a list."""
    at = NOW - timedelta(minutes=minutes)
    summary = CaseSummary(merchant_no="102110054990001", merchant_name=name, customer="样本甲")
    return StoredCase(CASE_ID, state, "letter", b"", "c01", summary, at, at, date(2026, 11, 23))


def found(**changes: object) -> Draft:
    """A draft whose terminal was found."""
    draft = replace(
        fresh_state().draft,
        sn_entered="N500W00012345",
        lookup=Lookup.FOUND,
        merchant=MERCHANT,
        terminal=MERCHANT.terminals[0],
    )
    return replace(draft, **changes)  # type: ignore[arg-type] # states are made by hand


def agent(**changes: object) -> Draft:
    """A draft of an agent's visit."""
    card = replace(document(Owner.AGENT), face_matches=True)
    return found(
        **{
            "presenter": PresenterRole.AGENT,
            "reason": ChangeReason.SIM_LOST,
            "documents": (card, document()),
            **changes,
        }
    )


def proposal() -> PictureRead:
    """What the camera read of a card's front."""
    fields = (
        FieldRead(FieldName.NAME, "样本甲", 0.8, doubts=(Doubt.NO_CHECK,)),
        FieldRead(FieldName.ID_NUMBER, "110199199003070017", 0.99),
    )
    kind = DocumentKind.RESIDENT_ID_FRONT
    return PictureRead(kind, "0" * 64, Reading(kind, fields))


def states() -> dict[str, FlowState]:
    """The states that are drawn, by file name."""
    return {
        **first_pages(),
        **cards_awaited(),
        **cards_seen(),
        **chip_states(found(**ME)),
        **papers_shown(),
        **numbers(),
        **last_pages(),
    }


def at(step: Step, draft: Draft, **changes: object) -> FlowState:
    """A visit at a step."""
    return replace(fresh_state(), step=step, draft=draft, **changes)  # type: ignore[arg-type] # as above


def first_pages() -> dict[str, FlowState]:
    """Which terminal, and who is here."""
    return {
        "10_terminal_empty": fresh_state(),
        "11_terminal_found": at(Step.TERMINAL, found()),
        "12_terminal_unknown": at(
            Step.TERMINAL, found(merchant=None, terminal=None, lookup=Lookup.UNKNOWN_TERMINAL)
        ),
        "13_terminal_several": at(
            Step.TERMINAL, found(merchant=None, terminal=None, lookup=Lookup.SEVERAL_MERCHANTS)
        ),
        "20_presenter_empty": at(Step.PRESENTER, found()),
        "21_presenter_other": at(
            Step.PRESENTER,
            found(presenter=PresenterRole.AGENT, reason=ChangeReason.OTHER, queue_ticket="A017"),
        ),
    }


def cards_awaited() -> dict[str, FlowState]:
    """Before a card of the presenter is in the draft."""
    return {
        "30_identity_waiting": at(Step.PRESENTER_ID, found(**ME), waiting=Waiting.CARD),
        "31_identity_reading": at(
            Step.PRESENTER_ID, found(**ME), waiting=Waiting.CARD, progress=(512, 1280)
        ),
        "33_identity_failed": at(
            Step.PRESENTER_ID, found(**ME), failure=FailureCode.READER_MISSING
        ),
        "34_identity_proposed": at(Step.PRESENTER_ID, found(**ME), proposal=proposal()),
    }


def cards_seen() -> dict[str, FlowState]:
    """With documents in the draft."""
    card = document()
    same = replace(card, face_matches=True)
    other_owner = replace(card, name="样本老", number="110199194001010034", face_matches=None)
    differing = replace(same, printed=Printed("样本丙", card.number), valid_until=date(2026, 11, 1))
    principal_missing = agent(
        documents=(document(Owner.AGENT),), documents_missing=frozenset({Owner.PRINCIPAL})
    )
    return {
        "32_identity_done": with_documents(card),
        "36_identity_further": replace(with_documents(same), is_further=True),
        "37_identity_two": with_documents(same, other_owner),
        "35_identity_differs": with_documents(differing),
        "36_principal_missing": at(Step.PRINCIPAL_ID, principal_missing),
        "37_identity_typed": with_documents(replace(card, captured_by=CaptureMethod.TYPED)),
    }


def with_documents(*documents: IdentityDocument) -> FlowState:
    """The principal's own visit after these were shown."""
    return at(Step.PRESENTER_ID, found(**ME, documents=documents))


def papers_shown() -> dict[str, FlowState]:
    """The letter and what else is brought."""
    return {
        "40_letter_empty": at(Step.LETTER, agent()),
        "41_letter_substitution": at(
            Step.LETTER, agent(letter=replace(LETTER, allows_substitution=True))
        ),
        "50_materials": at(Step.MATERIALS, agent()),
    }


def numbers() -> dict[str, FlowState]:
    """From the old number to the second person."""
    return {
        "60_old_number": at(Step.OLD_NUMBER, agent()),
        "70_new_number": at(Step.NEW_NUMBER, agent(old_number=OldNumberOutcome.VERIFIED)),
        "71_new_number_done": at(
            Step.NEW_NUMBER, agent(new_number=replace(NUMBER, bound_to=("102110054990009",) * 3))
        ),
        "80_evidence": at(Step.EVIDENCE, agent(new_number=NUMBER)),
        "85_confirm": at(Step.CONFIRM, agent(new_number=NUMBER)),
        "90_review": at(
            Step.REVIEW, agent(new_number=NUMBER), case_state=CaseState.AWAITING_REVIEW
        ),
    }


def last_pages() -> dict[str, FlowState]:
    """From acceptance to the end."""
    card = document()
    return {
        "91_accept": at(Step.ACCEPT, found(**ME, documents=(card,), new_number=NUMBER)),
        "92_print": at(
            Step.PRINT,
            found(**ME, documents=(card,), new_number=NUMBER),
            case_state=CaseState.ACCEPTED_UNPRINTED,
            acceptance_no="NS01-20261123-0042-7",
            waiting=Waiting.PRINTING,
        ),
        "93_done": at(
            Step.DONE,
            found(**ME, documents=(card,), new_number=NUMBER),
            case_state=CaseState.QUEUED,
            acceptance_no="NS01-20261123-0042-7",
        ),
        "99_ended": at(Step.TERMINAL, found(), case_state=CaseState.REFUSED),
    }
