"""Cards of invented people to lay on the simulated reader."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.domain.resident_card import ResidentCard
from counter_app.domain.resident_record import encode_appended, encode_record

SPECIMEN_PHOTO = (b"WLT-SPECIMEN-NOT-A-PHOTO" * 43)[:1_024]
"""Stands where the portrait would be; no decoder can make a picture of it."""


@dataclass(frozen=True, slots=True)
class ResidentCardSpecimen:
    """What the chip of one card holds.

    Attributes:
        text: The 256-byte text record.
        appended: Appended addresses, 70 bytes each.
        fingerprints: Templates; the counter never asks for them.
        refusal: Status byte with which every read of this card fails, or None for a good card.
    """

    text: bytes = field(repr=False)
    photo: bytes = field(default=SPECIMEN_PHOTO, repr=False)
    appended: bytes = field(default=b"", repr=False)
    fingerprints: bytes = field(default=b"", repr=False)
    refusal: int | None = None

    @classmethod
    def of(cls, card: ResidentCard, refusal: int | None = None) -> ResidentCardSpecimen:
        """Write a card's fields on a chip.

        Raises:
            ValueError: A text is longer than its field.
        """
        return cls(
            text=encode_record(card),
            photo=card.photo_wlt or SPECIMEN_PHOTO,
            appended=encode_appended(card.appended_addresses),
            refusal=refusal,
        )

    @property
    def reading(self) -> bytes:
        """Data of the answer to a read of text and portrait."""
        return _lengths(self.text, self.photo) + self.text + self.photo

    @property
    def reading_with_fingerprints(self) -> bytes:
        """Data of the answer to a read of text, portrait and fingerprints."""
        parts = (self.text, self.photo, self.fingerprints)
        return _lengths(*parts) + b"".join(parts)


def _lengths(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(2, "big") for part in parts)
