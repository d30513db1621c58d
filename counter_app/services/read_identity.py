"""From what a chip or a travel document says to an identity document of the case."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.identity_document import CaptureMethod, IdentityDocument, Owner
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.private_use import without_old_private_use
from counter_app.domain.resident_card import Evidence, ResidentCard, ResidentCardKind
from counter_app.domain.resident_card_checks import contradictions
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.id_reader import IdCardReader, ReadProgress
from counter_app.ports.identity import Progress
from counter_app.ports.stop import Stop

TYPES = {
    ResidentCardKind.MAINLAND: DocumentType.RESIDENT_ID,
    ResidentCardKind.HMT_RESIDENCE: DocumentType.HKMT_RESIDENCE,
    ResidentCardKind.FOREIGN_2017: DocumentType.PERMANENT_RESIDENCE,
    ResidentCardKind.FOREIGN_2023: DocumentType.PERMANENT_RESIDENCE,
}


@dataclass(frozen=True, slots=True)
class ResidentCardDesk:
    """The resident-ID reader as the flow asks for it."""

    reader: IdCardReader

    def read(self, owner: Owner, stop: Stop, on_progress: Progress) -> IdentityDocument:
        """Wait for a resident-ID card and return it as a document.

        Raises:
            CounterError: As `IdCardReader.wait_for_card`.
        """

        def tell(progress: ReadProgress) -> None:
            on_progress(progress.bytes_read, progress.bytes_expected)

        return document_of(self.reader.wait_for_card(stop, tell), owner)


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
    )
