"""From what the chip of a passport or permit says to an identity document of the case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from counter_app.domain.card_phase import CardPhase
from counter_app.domain.counter_facts import day_of
from counter_app.domain.identity_document import CaptureMethod, IdentityDocument, Owner
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.mrz_fields import MrzKey
from counter_app.domain.travel_document import TravelDocumentChip
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.effects import ReadChip
from counter_app.ports.clock import Clock
from counter_app.ports.identity import Progress
from counter_app.ports.stop import Stop
from counter_app.ports.travel_document import (
    ChipPhase,
    ChipProgress,
    PassedOver,
    PassedOverCard,
    TravelDocumentReader,
)
from counter_app.services.card_wait import past_other_cards
from counter_app.services.chip_portrait import Portraits

PHASES = {
    ChipPhase.WAITING: CardPhase.WAITING,
    ChipPhase.OPENING: CardPhase.OPENING,
    ChipPhase.READING: CardPhase.READING,
    ChipPhase.CHECKING: CardPhase.CHECKING,
}
PASSED_OVER = {
    PassedOver.OTHER_FAMILY: CardPhase.OTHER_FAMILY,
    PassedOver.MUTE: CardPhase.MUTE,
    PassedOver.IN_USE: CardPhase.IN_USE,
}
TYPES = {"CR": DocumentType.HKM_PERMIT, "CT": DocumentType.TW_PERMIT}


@dataclass(frozen=True, slots=True)
class TravelDocumentDesk:
    """The reader for passports and permits as the flow asks for it."""

    reader: TravelDocumentReader
    portraits: Portraits
    clock: Clock

    def read(
        self, wanted: ReadChip, key: MrzKey, stop: Stop, on_progress: Progress
    ) -> IdentityDocument:
        """Wait for the document that the key opens and read it, its portrait kept.

        Raises:
            CounterError: As `TravelDocumentReader.read`; CARD_CHECK_FAILED when a check was
                disproved; CARD_WRONG_KIND for a document that proves nobody here, such as the
                mainland resident's own travel permit.
        """

        def tell(progress: ChipProgress) -> None:
            on_progress(progress.done_bytes, progress.total_bytes, phase_of(progress))

        chip = past_other_cards(lambda: self.reader.read(key, stop, tell), stop, on_progress)
        document = document_of_chip(chip, wanted.owner, day_of(self.clock.now()))
        picture = chip.photo.picture if chip.photo is not None else b""
        return replace(document, image=self.portraits.keep(picture, wanted.case_id))


def phase_of(progress: ChipProgress) -> CardPhase:
    """Return what the clerk is told; a card that was passed over counts while nothing is read."""
    if progress.phase is ChipPhase.WAITING and progress.passed_over:
        return _passed_over(progress.passed_over)
    return PHASES[progress.phase]


def _passed_over(cards: tuple[PassedOverCard, ...]) -> CardPhase:
    """Return what is told of the cards: one just laid down before one that has been there."""
    card = min(cards, key=lambda one: one.lay_before)
    is_beside = card.lay_before and card.reason is PassedOver.OTHER_FAMILY
    return CardPhase.BESIDE if is_beside else PASSED_OVER[card.reason]


def document_of_chip(chip: TravelDocumentChip, owner: Owner, today: date) -> IdentityDocument:
    """Return a chip as an identity document.

    Only a chip whose signature, issuer and content were verified counts as one; where the issuer
    is unknown it counts as much as a picture of the document.

    Raises:
        CounterError: CARD_CHECK_FAILED; CARD_WRONG_KIND; CARD_RECORD_INVALID when the day of
            birth or the end of validity makes no sense.
    """
    if chip.is_refuted():
        raise CounterError(FailureCode.CARD_CHECK_FAILED, part="chip")
    born_on, expires_on = chip.born_on(today), chip.mrz.expires_on(today)
    if born_on is None or expires_on is None:
        raise CounterError(FailureCode.CARD_RECORD_INVALID, part="days")
    is_chip = chip.is_authentic()
    return IdentityDocument(
        owner=owner,
        type=type_of(chip.mrz.document_code),
        number=chip.mrz.document_number,
        name=chip.native_name or chip.mrz.chinese_name or chip.mrz.name(),
        captured_by=CaptureMethod.CHIP if is_chip else CaptureMethod.CAMERA,
        born_on=born_on,
        valid_from=chip.issued_on,
        valid_until=expires_on,
        nationality=chip.mrz.nationality,
        chip_checks=chip.verdicts,
    )


def type_of(document_code: str) -> DocumentType:
    """Return which document a code of the machine readable zone stands for.

    Args:
        document_code: "P" with or without a second letter; "CR" and "CT" for residents of Hong
            Kong and Macau, and of Taiwan.

    Raises:
        CounterError: CARD_WRONG_KIND.
    """
    if document_code.startswith("P"):
        return DocumentType.PASSPORT
    if document_code not in TYPES:
        raise CounterError(FailureCode.CARD_WRONG_KIND, document_code=document_code)
    return TYPES[document_code]
