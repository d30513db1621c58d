"""A read resident-ID card: mainland card, residence permit or permanent-residence card.

All four kinds share one chip technology. How the 256-byte record becomes this value is in
`domain/resident_record.py`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class ResidentCardKind(StrEnum):
    """Which card lies on the reader, told by the type character of its text record."""

    MAINLAND = "mainland"
    HMT_RESIDENCE = "hmt_residence"
    FOREIGN_2017 = "foreign_2017"
    FOREIGN_2023 = "foreign_2023"


class Sex(StrEnum):
    """Sex code as stored on the chip. Source: GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    UNSTATED = "9"


class Evidence(StrEnum):
    """How the record reached the counter."""

    CHIP = "chip"
    """Read frame by frame from the security module of a reader."""
    LOCAL_SERVICE = "local_service"
    """Told by a vendor's service on this computer: weaker, no proof that a chip was read."""


@dataclass(frozen=True, slots=True)
class ResidentCard:
    """The holder's text record and the still encoded portrait.

    Attributes:
        name: Chinese name; empty on a permanent-residence card of a holder without one.
        latin_name: Name in Latin capitals; foreign cards only, else empty.
        ethnicity_code: Two digits of GB/T 3304 or as found; mainland cards only, else empty.
        address: Address printed on the card; see `current_address`.
        authority: Issuing authority; on the 2017 foreign card the four-digit code of the authority.
        valid_until: Last day of validity, or None for a card without end (长期).
        pass_number: Travel permit number; Hong Kong, Macau and Taiwan permits only.
        issue_count: How often the card was issued or renewed, as found on the chip.
        nationality: Three letters of GB/T 2659; foreign cards only.
        layout_version: Version of the 2017 foreign card, two characters.
        previous_number: Number of the 2017 card rebuilt from a 2023 card, or empty.
        raw_sha256: Lower-case hex digest of the 256-byte record (of the answer for a service).
        module_number: Number of the reader's security module, see `format_module_number`.
        photo_wlt: Portrait as stored, at most 1,024 bytes; needs a vendor's decoder.
        photo_image: Portrait already decoded by a vendor's service (JPEG), or empty.
        appended_addresses: Addresses added after issue, oldest first; the last one is in force.
        needs_glyph_image: A text field holds a character that only a picture can show.
    """

    kind: ResidentCardKind
    number: str = field(repr=False)
    born_on: date = field(repr=False)
    sex: Sex = field(repr=False)
    valid_from: date = field(repr=False)
    valid_until: date | None = field(repr=False)
    name: str = field(default="", repr=False)
    latin_name: str = field(default="", repr=False)
    ethnicity_code: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    authority: str = field(default="", repr=False)
    pass_number: str = field(default="", repr=False)
    issue_count: str = field(default="", repr=False)
    nationality: str = field(default="", repr=False)
    layout_version: str = field(default="", repr=False)
    previous_number: str = field(default="", repr=False)
    appended_addresses: tuple[str, ...] = field(default=(), repr=False)
    photo_wlt: bytes = field(default=b"", repr=False)
    photo_image: bytes = field(default=b"", repr=False)
    raw_sha256: str = field(default="", repr=False)
    needs_glyph_image: bool = False
    module_number: str = ""
    evidence: Evidence = Evidence.CHIP

    @property
    def current_address(self) -> str:
        """The address in force: the newest appended one, else the printed one."""
        return next((text for text in reversed(self.appended_addresses) if text), self.address)

    @property
    def display_name(self) -> str:
        """The Chinese name, or the Latin one of a holder without."""
        return self.name or self.latin_name

    def is_valid_on(self, day: date) -> bool:
        """Say whether `day` lies within the card's validity, first and last day included."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    @property
    def identity(self) -> str:
        """Hex digest that tells this card from others: of its number and start of validity."""
        return hashlib.sha256(f"{self.number} {self.valid_from}".encode()).hexdigest()


def format_module_number(raw: bytes) -> str:
    """Write a security module's number as makers print it.

    Args:
        raw: The 16 bytes of the answer: two 16-bit and three 32-bit little-endian numbers.

    Returns:
        36 characters, `05.01-20200101-0001234567-0007654321`.

    Raises:
        ValueError: Not 16 bytes.

    Source: GA/T 467, module number.
    """
    if len(raw) != MODULE_NUMBER_BYTES:
        msg = "a module number has 16 bytes"
        raise ValueError(msg)
    maker, model = (int.from_bytes(raw[at : at + 2], "little") for at in (0, 2))
    made, serial, check = (int.from_bytes(raw[at : at + 4], "little") for at in (4, 8, 12))
    return f"{maker:02d}.{model:02d}-{made:08d}-{serial:010d}-{check:010d}"


MODULE_NUMBER_BYTES = 16
