"""Invented documents for demonstrations and tests, drawn as a camera would see them.

Layouts follow the real ones loosely; every document says 样本 across its face, and no artwork
of a real document is copied. Nothing here runs in production.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from counter_app.devices.camera import specimen_cards, specimen_label, specimen_letter
from counter_app.devices.camera.specimen_cards import IdSpecimen, LicenceSpecimen
from counter_app.devices.camera.specimen_desk import Look, on_desk
from counter_app.devices.camera.specimen_letter import LetterSpecimen
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import Pixels

__all__ = ["IdSpecimen", "LetterSpecimen", "LicenceSpecimen", "Look", "SpecimenPress"]

PRODUCTION = "production"
PAGE_VIEW = (1944, 2592)
CARD_VIEW = (1920, 1080)


@dataclass(frozen=True, slots=True)
class SpecimenPress:
    """Draws specimens; flat ones are the bare document, the others lie on a desk.

    Args:
        environment: The settings' environment.

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION.
    """

    environment: str

    def __post_init__(self) -> None:
        if self.environment == PRODUCTION:
            raise CounterError(FailureCode.SIMULATOR_IN_PRODUCTION, device="specimens")

    def label(self, serial: str, look: Look | None = None) -> Pixels:
        """Return a terminal's type label with its serial number as Code 128 and as text."""
        return self._laid(specimen_label.draw(serial), look or Look(view=CARD_VIEW, fill=0.55))

    def letter(self, letter: LetterSpecimen, look: Look | None = None) -> Pixels:
        """Return our own delegation letter, filled in, ticked, signed and sealed."""
        return self._laid(specimen_letter.draw(letter), look or Look(view=PAGE_VIEW))

    def resident_id_front(self, card: IdSpecimen, look: Look | None = None) -> Pixels:
        """Return the side with the name and number of a resident identity card."""
        return self._laid(specimen_cards.id_front(card), look or Look(view=CARD_VIEW, fill=0.6))

    def resident_id_back(self, card: IdSpecimen, look: Look | None = None) -> Pixels:
        """Return the side with the authority and validity of a resident identity card."""
        return self._laid(specimen_cards.id_back(card), look or Look(view=CARD_VIEW, fill=0.6))

    def licence(self, licence: LicenceSpecimen, look: Look | None = None) -> Pixels:
        """Return a business licence with its QR code."""
        return self._laid(specimen_cards.licence(licence), look or Look(view=(2592, 1944)))

    def page(self, lines: tuple[str, ...], look: Look | None = None) -> Pixels:
        """Return a free-form letter of the given lines."""
        return self._laid(specimen_letter.draw_page(lines), look or Look(view=PAGE_VIEW))

    def _laid(self, document: Image.Image, look: Look) -> Pixels:
        return on_desk(np.asarray(document.convert("RGB"))[:, :, ::-1].copy(), look)


def save(picture: Pixels, path: Path) -> Path:
    """Write the picture as JPEG (`.jpg`) or PNG (`.png`), whatever characters the path has."""
    is_made, data = cv2.imencode(path.suffix, picture)
    if not is_made:
        raise CounterError(FailureCode.IMAGE_UNREADABLE)
    path.write_bytes(data.tobytes())
    return path
