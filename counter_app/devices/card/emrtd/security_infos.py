"""What a chip says it can do: the SecurityInfos of EF.CardAccess, EF.CardSecurity and DG14.

Source: ICAO Doc 9303-11, section 9.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from counter_app.devices.card import tlv
from counter_app.devices.card.crypto.suite import Suite
from counter_app.domain.travel_document import AccessProtocol

PACE = bytes.fromhex("04007F0007020204")
CHIP_KEY = bytes.fromhex("04007F0007020201")
CHIP_AUTHENTICATION = bytes.fromhex("04007F0007020203")
ACTIVE_AUTHENTICATION = bytes.fromhex("678108010105")
OBJECT_IDENTIFIER, INTEGER, SEQUENCE, SET = 0x06, 0x02, 0x30, 0x31


class Mapping(Enum):
    """How PACE turns the nonce into a generator; the value is the arc of the identifier."""

    DH_GENERIC = 1
    ECDH_GENERIC = 2
    DH_INTEGRATED = 3
    ECDH_INTEGRATED = 4
    ECDH_CHIP_AUTHENTICATION = 6

    @property
    def is_integrated(self) -> bool:
        """Say whether the terminal's nonce goes into the generator."""
        return self in (Mapping.DH_INTEGRATED, Mapping.ECDH_INTEGRATED)

    @property
    def is_elliptic(self) -> bool:
        """Say whether the arithmetic is that of curves."""
        return self not in (Mapping.DH_GENERIC, Mapping.DH_INTEGRATED)

    @property
    def protocol(self) -> AccessProtocol:
        """Return the name of the protocol for the result."""
        if self is Mapping.ECDH_CHIP_AUTHENTICATION:
            return AccessProtocol.PACE_CHIP_AUTHENTICATION
        return AccessProtocol.PACE_INTEGRATED if self.is_integrated else AccessProtocol.PACE_GENERIC


@dataclass(frozen=True, slots=True)
class PaceInfo:
    """One way of PACE that the chip offers.

    Attributes:
        identifier: Encoded object identifier, without tag and length.
        parameters: Number of the standardised domain parameters.
    """

    identifier: bytes
    mapping: Mapping
    suite: Suite
    parameters: int


@dataclass(frozen=True, slots=True)
class ChipKey:
    """A static key of the chip.

    Attributes:
        public_key: SubjectPublicKeyInfo, DER.
        key_id: None when the chip has one key only.
    """

    identifier: bytes
    public_key: bytes = field(repr=False)
    key_id: int | None


@dataclass(frozen=True, slots=True)
class ChipAuthentication:
    """Which cipher the session after chip authentication has."""

    identifier: bytes
    suite: Suite
    key_id: int | None


@dataclass(frozen=True, slots=True)
class SecurityInfos:
    """The entries this program understands.

    Attributes:
        active_signature: Encoded identifier of the algorithm of Active Authentication, or empty.
    """

    pace: tuple[PaceInfo, ...] = ()
    chip_keys: tuple[ChipKey, ...] = ()
    chip_authentication: tuple[ChipAuthentication, ...] = ()
    active_signature: bytes = b""


def parse_security_infos(data: bytes) -> SecurityInfos:
    """Read a SET OF SecurityInfo; entries of unknown kinds are left out.

    Raises:
        CounterError: CARD_PROTOCOL, the encoding is broken.
    """
    pace: list[PaceInfo] = []
    keys: list[ChipKey] = []
    chip: list[ChipAuthentication] = []
    active = b""
    for identifier, rest in _entries(tlv.need(data, SET)):
        if identifier.startswith(PACE) and len(identifier) == len(PACE) + 2:
            pace.extend(_pace(identifier, rest))
        elif identifier.startswith(CHIP_KEY) and rest and rest[0].tag == SEQUENCE:
            public_key = tlv.encode(SEQUENCE, rest[0].value)
            keys.append(ChipKey(identifier, public_key, _number(rest, 1)))
        elif identifier.startswith(CHIP_AUTHENTICATION):
            chip.extend(_chip_authentication(identifier, rest))
        elif identifier == ACTIVE_AUTHENTICATION and len(rest) > 1:
            active = rest[1].value
    return SecurityInfos(tuple(pace), tuple(keys), tuple(chip), active)


def _entries(data: bytes) -> Iterator[tuple[bytes, list[tlv.Tlv]]]:
    for entry in tlv.objects(data):
        if entry.tag == SEQUENCE:
            parts = list(tlv.objects(entry.value))
            if parts and parts[0].tag == OBJECT_IDENTIFIER:
                yield parts[0].value, parts[1:]


def _number(parts: list[tlv.Tlv], place: int) -> int | None:
    if len(parts) <= place or parts[place].tag != INTEGER:
        return None
    return int.from_bytes(parts[place].value, "big")


def _pace(identifier: bytes, rest: list[tlv.Tlv]) -> Iterator[PaceInfo]:
    parameters = _number(rest, 1)
    known = {mapping.value for mapping in Mapping}
    if identifier[-2] in known and identifier[-1] in range(1, 5) and parameters is not None:
        yield PaceInfo(identifier, Mapping(identifier[-2]), Suite(identifier[-1]), parameters)


def _chip_authentication(identifier: bytes, rest: list[tlv.Tlv]) -> Iterator[ChipAuthentication]:
    if len(identifier) == len(CHIP_AUTHENTICATION) + 2 and identifier[-1] in range(1, 5):
        yield ChipAuthentication(identifier, Suite(identifier[-1]), _number(rest, 1))
