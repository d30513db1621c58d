"""Puts a simulated travel document together: files, keys and what it offers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from counter_app.devices.card import tlv
from counter_app.devices.card.crypto.domain_parameters import CURVES
from counter_app.devices.card.crypto.suite import Suite
from counter_app.devices.card.emrtd.access import seed_of
from counter_app.devices.card.emrtd.chip_authentication import ELLIPTIC, ELLIPTIC_KEY
from counter_app.devices.card.emrtd.chip_proof import PLAIN_ECDSA
from counter_app.devices.card.emrtd.files import (
    CARD_ACCESS,
    CARD_SECURITY,
    COM,
    SECURITY_OBJECT,
    group_file,
)
from counter_app.devices.card.emrtd.security_infos import (
    ACTIVE_AUTHENTICATION,
    PACE,
    Mapping,
    PaceInfo,
)
from counter_app.devices.card.simulator import passport_data as data
from counter_app.devices.card.simulator.chip_session import StaticKey, static_key
from counter_app.devices.card.simulator.demo_issuer import CHIP_OBJECT, DocumentSigner

STANDARDISED_PARAMETERS = bytes.fromhex("04007F00070102")
ActiveKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class ActiveKind(StrEnum):
    """Which key Active Authentication signs with."""

    NONE = "none"
    RSA = "rsa"
    ELLIPTIC = "elliptic"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the chip can do.

    Attributes:
        pace: Mapping, cipher and number of the domain parameters; None for BAC only.
        has_basic_access: False for documents that know PACE only.
        chip_authentication: Cipher of Chip Authentication; None when not offered.
        extended: Whether the answer to reset promises extended length.
        longest_answer: Bytes; longer expectations are refused with 6700.
    """

    pace: tuple[Mapping, Suite, int] | None = (Mapping.ECDH_GENERIC, Suite.AES_128, 13)
    has_basic_access: bool = True
    active: ActiveKind = ActiveKind.NONE
    chip_authentication: Suite | None = None
    extended: bool = False
    longest_answer: int = 65536


@dataclass(frozen=True, slots=True)
class PassportContent:
    """Everything on one simulated chip.

    Attributes:
        password: SHA-1 of the printed key fields.
        root: Files outside the application, by identifier.
        files: Files of the application, by identifier.
    """

    offer: Offer
    password: bytes = field(repr=False)
    root: dict[int, bytes] = field(repr=False)
    files: dict[int, bytes] = field(repr=False)
    active_key: ActiveKey | None = field(repr=False)
    chip_key: StaticKey | None = field(repr=False)
    pace_info: PaceInfo | None


def demo_holder(today: date) -> data.Holder:
    """Return the invented holder of the demonstration passport.

    Args:
        today: The document is valid for five more years.
    """
    zone = data.passport_zone(
        "YANGBEN<<BING",
        "E00000003",
        date(1985, 5, 6),
        today.replace(year=today.year + 5, day=1),
        "M",
    )
    issued_on = today.replace(year=today.year - 5, day=1)
    return data.Holder(zone, "样本丙", issued_on, data.demo_photo())


def make_passport(
    holder: data.Holder, signer: DocumentSigner, offer: Offer | None = None
) -> PassportContent:
    """Write a chip.

    Args:
        holder: Whose document it is.
        signer: Who signs it.
        offer: What the chip can do; PACE and BAC when left out.
    """
    offer = offer or Offer()
    chip_key, active_key = _chip_key(offer), _active_key(offer.active)
    groups = {1: data.group1(holder.zone), 2: data.group2(holder.photo)}
    if holder.native_name:
        groups[11] = data.group11(holder.native_name)
    groups[12] = data.group12("UTOPIA PASSPORT OFFICE", holder.issued_on)
    if chip_key is not None or offer.active is ActiveKind.ELLIPTIC:
        groups[14] = tlv.encode(0x6E, _security_infos(offer, chip_key))
    if active_key is not None:
        groups[15] = tlv.encode(0x6F, _public(active_key))
    files = {group_file(number): content for number, content in groups.items()}
    files[COM] = data.list_of_groups(list(groups))
    files[SECURITY_OBJECT] = signer.security_object(groups)
    info, root = _pace_info(offer), {}
    if info is not None:
        root[CARD_ACCESS] = tlv.encode(0x31, _pace_entry(info))
        if info.mapping is Mapping.ECDH_CHIP_AUTHENTICATION and chip_key is not None:
            content = tlv.encode(0x31, _pace_entry(info) + _key_entry(chip_key))
            root[CARD_SECURITY] = signer.signed(CHIP_OBJECT, content)
    return PassportContent(offer, seed_of(holder.key()), root, files, active_key, chip_key, info)


def demo_passport(
    signer: DocumentSigner, now: datetime, offer: Offer | None = None
) -> PassportContent:
    """Write the demonstration passport.

    Args:
        signer: Who signs it.
        now: Aware UTC time.
        offer: What the chip can do.
    """
    return make_passport(demo_holder(now.date()), signer, offer)


def _chip_key(offer: Offer) -> StaticKey | None:
    if offer.pace is not None and offer.pace[0] is Mapping.ECDH_CHIP_AUTHENTICATION:
        return static_key(CURVES[offer.pace[2]])
    return static_key(CURVES[13]) if offer.chip_authentication is not None else None


def _active_key(kind: ActiveKind) -> ActiveKey | None:
    if kind is ActiveKind.RSA:
        return rsa.generate_private_key(65537, 1024)  # noqa: S505 - as on many documents
    return ec.generate_private_key(ec.SECP256R1()) if kind is ActiveKind.ELLIPTIC else None


def _public(key: ActiveKey) -> bytes:
    encoding, kind = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(encoding, kind)


def _pace_info(offer: Offer) -> PaceInfo | None:
    if offer.pace is None:
        return None
    mapping, suite, parameters = offer.pace
    identifier = PACE + bytes([mapping.value, suite.value])
    return PaceInfo(identifier, mapping, suite, parameters)


def _pace_entry(info: PaceInfo) -> bytes:
    body = tlv.encode(0x06, info.identifier) + b"\x02\x01\x02\x02\x01" + bytes([info.parameters])
    return tlv.encode(0x30, body)


def _security_infos(offer: Offer, chip_key: StaticKey | None) -> bytes:
    entries = b""
    if chip_key is not None:
        entries += _key_entry(chip_key)
    if offer.chip_authentication is not None:
        identifier = ELLIPTIC + bytes([offer.chip_authentication.value])
        entries += tlv.encode(0x30, tlv.encode(0x06, identifier) + b"\x02\x01\x01")
    if offer.active is ActiveKind.ELLIPTIC:
        algorithm = tlv.encode(0x06, PLAIN_ECDSA + b"\x03")
        body = tlv.encode(0x06, ACTIVE_AUTHENTICATION) + b"\x02\x01\x01" + algorithm
        entries += tlv.encode(0x30, body)
    return tlv.encode(0x31, entries)


def _key_entry(key: StaticKey) -> bytes:
    number = next(number for number, curve in CURVES.items() if curve == key.curve)
    algorithm = tlv.encode(0x06, STANDARDISED_PARAMETERS) + b"\x02\x01" + bytes([number])
    public = tlv.encode(0x30, algorithm) + tlv.encode(0x03, b"\x00" + key.public())
    return tlv.encode(0x30, tlv.encode(0x06, ELLIPTIC_KEY) + tlv.encode(0x30, public))
