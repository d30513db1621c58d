"""What the chip of a passport or travel permit said, and how far it can be believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from counter_app.domain.mrz_fields import Mrz


class AccessProtocol(StrEnum):
    """How the chip was opened."""

    NONE = "none"
    BAC = "bac"
    PACE_GENERIC = "pace_gm"
    PACE_INTEGRATED = "pace_im"
    PACE_CHIP_AUTHENTICATION = "pace_cam"


class ChipCheck(StrEnum):
    """One thing that can be proven about a chip.

    SIGNATURE: the security object is signed by the certificate inside it.
    ISSUER: that certificate comes from a country signing authority on a bundled master list.
    CONTENT: every data group that was read has the hash the security object states.
    ORIGINAL: the chip proved that it is not a copy (Active, Chip or PACE chip authentication).
    """

    SIGNATURE = "signature"
    ISSUER = "issuer"
    CONTENT = "content"
    ORIGINAL = "original"


class CheckState(StrEnum):
    """Outcome of a check; FAILED means disproved, NOT_VERIFIED means it could not be tried."""

    VERIFIED = "verified"
    NOT_VERIFIED = "not_verified"
    FAILED = "failed"


class CheckReason(StrEnum):
    """Why a check did not come out as VERIFIED; NONE when it did."""

    NONE = "none"
    NOT_OFFERED = "not_offered"
    NOT_READ = "not_read"
    ALGORITHM_UNKNOWN = "algorithm_unknown"
    ISSUER_UNKNOWN = "issuer_unknown"
    ISSUER_NOT_VALID_AT_SIGNING = "issuer_not_valid_at_signing"
    SECURITY_OBJECT_UNREADABLE = "security_object_unreadable"
    CHIP_REFUSED = "chip_refused"
    SIGNATURE_WRONG = "signature_wrong"
    HASH_WRONG = "hash_wrong"
    GROUP_NOT_LISTED = "group_not_listed"
    ISSUER_SIGNATURE_WRONG = "issuer_signature_wrong"
    PROOF_WRONG = "proof_wrong"


@dataclass(frozen=True, slots=True)
class CheckVerdict:
    """The outcome of one check with its reason."""

    check: ChipCheck
    state: CheckState
    reason: CheckReason = CheckReason.NONE


class PhotoFormat(StrEnum):
    """How the chip holds the portrait."""

    JPEG = "jpeg"
    JPEG_2000 = "jpeg_2000"


@dataclass(frozen=True, slots=True)
class ChipPhoto:
    """The portrait of data group 2.

    Attributes:
        stored: The bytes as the chip holds them.
        picture: JPEG or PNG bytes that any viewer shows; the stored bytes when they are JPEG.
        width_px: 1 or more.
        height_px: 1 or more.
    """

    stored: bytes = field(repr=False)
    stored_format: PhotoFormat
    picture: bytes = field(repr=False)
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class TravelDocumentChip:
    """Everything one reading of a travel document's chip brought.

    Attributes:
        mrz: Data group 1.
        native_name: Name in the issuer's own script from data group 11 or a permit's line; may be
            empty.
        personal_number: From data group 11; may be empty.
        birth_day_in_full: From data group 11, which states the century; None when absent.
        issuing_authority: From data group 12; may be empty.
        issued_on: From data group 12; None when absent.
        photo: None when the chip has none or it was not asked for.
        verdicts: One per check, in the order of `ChipCheck`.
        signer: Country and common name of the authority that signed; empty when unknown.
        bytes_read: Data of all files, without commands.
    """

    access: AccessProtocol
    mrz: Mrz
    native_name: str = field(repr=False)
    personal_number: str = field(repr=False)
    birth_day_in_full: date | None = field(repr=False)
    issuing_authority: str
    issued_on: date | None
    photo: ChipPhoto | None
    verdicts: tuple[CheckVerdict, ...]
    signer: str
    bytes_read: int

    def verdict(self, check: ChipCheck) -> CheckVerdict:
        """Return the outcome of one check."""
        return next(verdict for verdict in self.verdicts if verdict.check is check)

    def is_authentic(self) -> bool:
        """Say whether the content is proven to be the issuer's: signature, issuer and hashes."""
        needed = (ChipCheck.SIGNATURE, ChipCheck.ISSUER, ChipCheck.CONTENT)
        proven = all(self.verdict(check).state is CheckState.VERIFIED for check in needed)
        return proven and not self.is_refuted()

    def is_refuted(self) -> bool:
        """Say whether a check was disproved: the chip must not be relied on."""
        return any(verdict.state is CheckState.FAILED for verdict in self.verdicts)

    def born_on(self, today: date) -> date | None:
        """Return the day of birth, from data group 11 where the chip has it."""
        return self.birth_day_in_full or self.mrz.born_on(today)
