"""States of the identity and materials pages in which a chip is waited for or was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from counter_app.domain.card_phase import CardPhase
from counter_app.domain.draft import Draft
from counter_app.domain.identity_document import CaptureMethod, IdentityDocument, Owner
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.travel_document import CheckReason, CheckState, CheckVerdict, ChipCheck
from counter_app.flow.state import FlowState, Waiting
from counter_app.flow.steps import Step
from tests.ui.people import document, fresh_state

PORTRAIT = "c" * 64
VERIFIED = tuple(CheckVerdict(check, CheckState.VERIFIED) for check in ChipCheck)
UNKNOWN_ISSUER = (
    VERIFIED[0],
    CheckVerdict(ChipCheck.ISSUER, CheckState.NOT_VERIFIED, CheckReason.ISSUER_UNKNOWN),
    VERIFIED[2],
    CheckVerdict(ChipCheck.ORIGINAL, CheckState.NOT_VERIFIED, CheckReason.NOT_OFFERED),
)


def passport(**changes: object) -> IdentityDocument:
    """A passport whose chip was read and verified."""
    read = IdentityDocument(
        owner=Owner.PRINCIPAL,
        type=DocumentType.PASSPORT,
        number="E00000042",
        name="YANGBEN JIA",
        captured_by=CaptureMethod.CHIP,
        born_on=date(1990, 3, 7),
        valid_from=date(2020, 1, 1),
        valid_until=date(2030, 1, 1),
        image=PORTRAIT,
        nationality="CHN",
        chip_checks=VERIFIED,
    )
    return replace(read, **changes)  # type: ignore[arg-type] # states are made by hand


def chip_states(draft: Draft) -> dict[str, FlowState]:
    """Return the states by file name; the draft knows who is here."""
    waiting = replace(fresh_state(), step=Step.PRESENTER_ID, draft=draft, waiting=Waiting.CARD)
    idle = replace(waiting, waiting=None)
    weak = passport(captured_by=CaptureMethod.CAMERA, chip_checks=UNKNOWN_ISSUER)
    resident = replace(document(), address="样本市样本区样本路 1 号样本小区 1 幢 101 室")

    def told(phase: CardPhase, done: int = 0, expected: int = 0) -> FlowState:
        return replace(waiting, progress=(done, expected), phase=phase)

    def with_document(shown: IdentityDocument) -> FlowState:
        return replace(idle, draft=replace(draft, documents=(shown,)))

    at_materials = replace(waiting, step=Step.MATERIALS)
    compared = replace(draft, settlement_card="622202*********0018", settlement_card_matches=True)
    other = replace(draft, settlement_card="621700*********0012", settlement_card_matches=False)
    return {
        "38a_same_card": told(CardPhase.SAME_CARD),
        "38b_other_family": told(CardPhase.OTHER_FAMILY),
        "38c_again": told(CardPhase.AGAIN),
        "38d_opening": told(CardPhase.OPENING),
        "39a_passport": with_document(passport()),
        "39b_passport_issuer_unknown": with_document(weak),
        "39c_portrait": with_document(replace(resident, image=PORTRAIT)),
        "39d_address": with_document(resident),
        "51a_bank_card_waiting": replace(at_materials, progress=(0, 0), phase=CardPhase.WAITING),
        "51b_bank_card_same": replace(at_materials, waiting=None, draft=compared),
        "51c_bank_card_other": replace(at_materials, waiting=None, draft=other),
    }
