"""An identity document as it was shown, and how it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from counter_app.domain.identity_number import DocumentType, birth_date_in, canonical_number
from counter_app.domain.travel_document import CheckVerdict


class Owner(StrEnum):
    """Whose document it is."""

    PRINCIPAL = "principal"
    AGENT = "agent"


class CaptureMethod(StrEnum):
    """How the document was read; weakest first in `strength`."""

    TYPED = "typed"
    CAMERA = "camera"
    CHIP = "chip"


class PoliceCheck(StrEnum):
    """Outcome of the online check (联网核查), which is never the sole ground of a decision."""

    CONSISTENT = "consistent"
    NAME_DIFFERS = "name_differs"
    NO_SUCH_NUMBER = "no_such_number"
    PHOTO_DIFFERS = "photo_differs"
    VOID = "void"
    NOT_POSSIBLE = "not_possible"


class EvidenceStrength(StrEnum):
    """How well an identity is proved."""

    NONE = "none"
    TYPED = "typed"
    CAMERA = "camera"
    CHIP = "chip"
    CHIP_AND_FACE = "chip_and_face"

    @property
    def rank(self) -> int:
        """Return 0 (nothing) to 4 (chip and the clerk's comparison of the face)."""
        return list(EvidenceStrength).index(self)


@dataclass(frozen=True, slots=True)
class Printed:
    """What the surface shows where it was compared with the chip."""

    name: str | None = field(default=None, repr=False)
    number: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """One document of one person.

    Attributes:
        valid_until: Last day of validity; None with `is_long_term` for 长期, None without it when
            the document does not say.
        face_matches: The clerk's own comparison; None until it was made.
        is_original: False for a copy.
        image: SHA-256 (hex) of the picture in the vault, or None.
        reader: Identity of the reader's security module, for the journal.
        address: The address in force, where the document states one.
        chip_checks: What was proved of a travel document's chip; empty for other documents.
    """

    owner: Owner
    type: DocumentType
    number: str = field(repr=False)
    name: str = field(repr=False)
    captured_by: CaptureMethod
    born_on: date | None = field(default=None, repr=False)
    valid_from: date | None = None
    valid_until: date | None = None
    is_long_term: bool = False
    printed: Printed | None = None
    police_check: PoliceCheck = PoliceCheck.NOT_POSSIBLE
    face_matches: bool | None = None
    is_original: bool = True
    image: str | None = None
    reader: str = ""
    nationality: str = ""
    address: str = field(default="", repr=False)
    chip_checks: tuple[CheckVerdict, ...] = ()

    @property
    def birth_date(self) -> date | None:
        """Return the birth date as read, else the one inside an 18-character number."""
        return self.born_on or birth_date_in(canonical_number(self.number))

    def age_on(self, day: date) -> int | None:
        """Return completed years of age; a person born on 29 February ages on 1 March."""
        born = self.birth_date
        return None if born is None else full_years(born, day)

    def strength(self) -> EvidenceStrength:
        """Return how well this document proves who is here."""
        match self.captured_by:
            case CaptureMethod.TYPED:
                return EvidenceStrength.TYPED
            case CaptureMethod.CAMERA:
                return EvidenceStrength.CAMERA
            case CaptureMethod.CHIP:  # pragma: no branch - the last of a closed set
                is_face = self.face_matches is True
                return EvidenceStrength.CHIP_AND_FACE if is_face else EvidenceStrength.CHIP


def full_years(start: date, day: date) -> int:
    """Return the completed years between two days (民法典 art. 1259: the day itself counts)."""
    return day.year - start.year - ((day.month, day.day) < (start.month, start.day))
