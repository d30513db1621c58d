"""From what a resident-ID card says to an identity document of the case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from counter_app.domain.card_phase import CardPhase
from counter_app.domain.identity_document import CaptureMethod, IdentityDocument, Owner
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.private_use import without_old_private_use
from counter_app.domain.resident_card import Evidence, ResidentCard, ResidentCardKind
from counter_app.domain.resident_card_checks import contradictions
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.effects import ReadChip
from counter_app.ports.id_reader import IdCardReader, PhotoDecoder, ReadPhase, ReadProgress
from counter_app.ports.identity import Progress
from counter_app.ports.stop import Stop
from counter_app.ports.travel_document import CardEvent, CardInserted, CardTakenAway, CardWatcher
from counter_app.services.card_wait import past_other_cards
from counter_app.services.chip_portrait import Portraits
from counter_app.services.read_travel_document import TravelDocumentDesk

TYPES = {
    ResidentCardKind.MAINLAND: DocumentType.RESIDENT_ID,
    ResidentCardKind.HMT_RESIDENCE: DocumentType.HKMT_RESIDENCE,
    ResidentCardKind.FOREIGN_2017: DocumentType.PERMANENT_RESIDENCE,
    ResidentCardKind.FOREIGN_2023: DocumentType.PERMANENT_RESIDENCE,
}
PHASES = {
    ReadPhase.WAITING: CardPhase.WAITING,
    ReadPhase.SAME_CARD: CardPhase.SAME_CARD,
    ReadPhase.FOUND: CardPhase.READING,
    ReadPhase.READING: CardPhase.READING,
    ReadPhase.AGAIN: CardPhase.AGAIN,
    ReadPhase.DONE: CardPhase.READING,
}


@dataclass(frozen=True, slots=True)
class IdentityDesk:
    """The readers for identity chips as the flow asks for them."""

    resident: ResidentCardDesk
    travel: TravelDocumentDesk

    def read(self, wanted: ReadChip, stop: Stop, on_progress: Progress) -> IdentityDocument:
        """Read a passport or permit where there is a key for it, else a resident-ID card.

        Raises:
            CounterError: As `IdentityChipReader.read`.
        """
        if wanted.key is not None:
            return self.travel.read(wanted, wanted.key, stop, on_progress)
        return self.resident.read(wanted, stop, on_progress)


@dataclass(frozen=True, slots=True)
class ResidentCardDesk:
    """The resident-ID reader.

    Attributes:
        other_readers: Makes a watcher of the other card readers, so that a bank card or a
            passport laid there is told; None where there are none.
    """

    reader: IdCardReader
    decoder: PhotoDecoder
    portraits: Portraits
    other_readers: Callable[[], CardWatcher] | None = None

    def read(self, wanted: ReadChip, stop: Stop, on_progress: Progress) -> IdentityDocument:
        """Wait for a resident-ID card and return it as a document, its portrait kept.

        Raises:
            CounterError: As `IdCardReader.wait_for_card`; CARD_RECORD_INVALID when the record
                contradicts itself.
        """

        def tell(progress: ReadProgress) -> None:
            on_progress(progress.bytes_read, progress.bytes_expected, PHASES[progress.phase])

        watcher = self.other_readers() if self.other_readers is not None else None
        if watcher is not None:
            watcher.start(_telling(on_progress))
        try:
            card = past_other_cards(
                lambda: self.reader.wait_for_card(stop, tell), stop, on_progress
            )
        finally:
            if watcher is not None:
                watcher.close()
        document = document_of(card, wanted.owner)
        portrait = self.portraits.keep(self._portrait(card, stop), wanted.case_id)
        return replace(document, image=portrait)

    def _portrait(self, card: ResidentCard, stop: Stop) -> bytes:
        """Return the portrait; nothing where no decoder opens it, for that stops no visit."""
        if card.photo_image or not card.photo_wlt:
            return card.photo_image
        try:
            return self.decoder.decode(card.photo_wlt, stop)
        except CounterError as error:
            if error.code is not FailureCode.PHOTO_NOT_DECODED:
                raise
            return b""


def _telling(on_progress: Progress) -> Callable[[CardEvent], None]:
    def tell(event: CardEvent) -> None:
        match event:
            case CardInserted(lay_before=True):
                on_progress(0, 0, CardPhase.BESIDE)
            case CardInserted():
                on_progress(0, 0, CardPhase.OTHER_FAMILY)
            case CardTakenAway():
                on_progress(0, 0, CardPhase.WAITING)
            case _:
                return

    return tell


def document_of(card: ResidentCard, owner: Owner) -> IdentityDocument:
    """Return a card as an identity document.

    What a vendor's local service told counts as no more than a picture. Private-use characters
    of old code tables become the characters they stood for.

    Raises:
        CounterError: CARD_RECORD_INVALID when the record contradicts itself.
    """
    if contradictions(card):
        raise CounterError(FailureCode.CARD_RECORD_INVALID)
    is_chip = card.evidence is Evidence.CHIP
    return IdentityDocument(
        owner=owner,
        type=TYPES[card.kind],
        number=card.number,
        name=without_old_private_use(card.name or card.latin_name),
        captured_by=CaptureMethod.CHIP if is_chip else CaptureMethod.CAMERA,
        born_on=card.born_on,
        valid_from=card.valid_from,
        valid_until=card.valid_until,
        is_long_term=card.valid_until is None,
        reader=card.module_number,
        nationality=card.nationality,
        address=without_old_private_use(card.current_address),
    )
