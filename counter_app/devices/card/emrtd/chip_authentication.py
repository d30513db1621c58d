"""Chip Authentication: the chip agrees on new keys with its static key, which no copy has.

Source: ICAO Doc 9303-11, section 6.2; BSI TR-03110-3 section A.4; RFC 2631, PKCS #3 for the keys.
"""

from __future__ import annotations

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import SHORT_ANSWER, Chip, command
from counter_app.devices.card.crypto.modular import Group
from counter_app.devices.card.crypto.signatures import UnknownAlgorithmError, elliptic_key, reading
from counter_app.devices.card.crypto.suite import Suite
from counter_app.devices.card.emrtd.chip_proof import proven, verdict
from counter_app.devices.card.emrtd.pace import Chance
from counter_app.devices.card.emrtd.pace_mapping import Domain
from counter_app.devices.card.emrtd.secure_messaging import SecureMessaging, derive_keys
from counter_app.devices.card.emrtd.security_infos import ChipAuthentication, ChipKey, SecurityInfos
from counter_app.domain.travel_document import CheckReason, CheckState, CheckVerdict
from counter_app.errors import CounterError, FailureCode

MODULAR_KEY = bytes.fromhex("04007F000702020101")
ELLIPTIC_KEY = bytes.fromhex("04007F000702020102")
MODULAR = bytes.fromhex("04007F000702020301")
ELLIPTIC = bytes.fromhex("04007F000702020302")
PROTOCOLS = {ELLIPTIC_KEY: ELLIPTIC, MODULAR_KEY: MODULAR}
WITH_ORDER = bytes.fromhex("2A8648CE3E0201")
WITHOUT_ORDER = bytes.fromhex("2A864886F70D010301")
PRIME_BITS = range(1024, 8193)
HEAD_OF_LIST = "00B09E00"


def check_chip(chip: Chip, infos: SecurityInfos, chance: Chance | None = None) -> CheckVerdict:
    """Agree new keys with the static key of data group 14 and see that the chip has them.

    The session is spent afterwards when the proof is wrong, so this comes last.

    Args:
        chip: The application is open.
        infos: Of data group 14.
        chance: Where random numbers come from.

    Raises:
        CounterError: What the transport raises; CARD_PROTOCOL, the key is broken.
    """
    offer = _offer(infos)
    if offer is None:
        return verdict(CheckState.NOT_VERIFIED, CheckReason.ALGORITHM_UNKNOWN)
    key, way = offer
    try:
        domain, theirs = _key(key)
    except UnknownAlgorithmError:
        return verdict(CheckState.NOT_VERIFIED, CheckReason.ALGORITHM_UNKNOWN)
    private = (chance or Chance()).number(domain.order)
    with reading("chip authentication"):
        public = domain.multiply(private, domain.base())
        secret = domain.secret(domain.multiply(private, theirs))
    if not _sent(chip, key, way, public):
        return verdict(CheckState.NOT_VERIFIED, CheckReason.CHIP_REFUSED)
    chip.guard = SecureMessaging(derive_keys(way.suite, secret))
    try:
        chip.send(command(HEAD_OF_LIST, expected=8))
    except CounterError as error:
        if error.code is not FailureCode.CARD_PROTOCOL:
            raise
        return verdict(CheckState.FAILED, CheckReason.PROOF_WRONG)
    return proven()


def _offer(infos: SecurityInfos) -> tuple[ChipKey, ChipAuthentication] | None:
    for identifier, protocol in PROTOCOLS.items():
        for key in infos.chip_keys:
            if key.identifier == identifier:
                return key, _way(infos, key, protocol)
    return None


def _way(infos: SecurityInfos, key: ChipKey, protocol: bytes) -> ChipAuthentication:
    ways = [way for way in infos.chip_authentication if way.identifier.startswith(protocol)]
    # Some chips number the key or the protocol only; a key without protocol stands for the oldest.
    ways.sort(key=lambda way: (way.key_id != key.key_id, way.key_id is not None))
    oldest = ChipAuthentication(protocol + b"\x01", Suite.TDES, key.key_id)
    fitting = (way for way in ways if None in (way.key_id, key.key_id) or way.key_id == key.key_id)
    return next(fitting, oldest)


def _key(key: ChipKey) -> tuple[Domain, bytes]:
    """Return the group of a static key, and the key as its encoded element."""
    if key.identifier == MODULAR_KEY:
        return modular_key(key.public_key)
    curve, point = elliptic_key(key.public_key)
    return curve, curve.encode(point)


def modular_key(key: bytes) -> tuple[Group, bytes]:
    """Return the group and the element of a Diffie-Hellman SubjectPublicKeyInfo.

    Raises:
        UnknownAlgorithmError: It is none, or of an unusual size.
        CounterError: CARD_PROTOCOL, it is broken.
    """
    algorithm, encoded = tlv.need(key, 0x30, 0x30), tlv.need(key, 0x30, 0x03)[1:]
    parts = list(tlv.objects(algorithm))
    if len(parts) < 2 or parts[0].value not in (WITH_ORDER, WITHOUT_ORDER):
        raise UnknownAlgorithmError("key")
    numbers = [int.from_bytes(item.value, "big") for item in tlv.objects(parts[1].value)]
    has_order = parts[0].value == WITH_ORDER
    if len(numbers) < 2 + has_order or numbers[0].bit_length() not in PRIME_BITS:
        raise UnknownAlgorithmError("group")
    group = Group(numbers[0], numbers[1], numbers[2] if has_order else numbers[0] - 1)
    element = tlv.need(encoded, 0x02).lstrip(b"\x00")
    return group, element.rjust(group.width_bytes, b"\x00")


def _sent(chip: Chip, key: ChipKey, way: ChipAuthentication, public: bytes) -> bool:
    named = b"" if key.key_id is None else tlv.encode(0x84, _unsigned(key.key_id))
    if way.suite is Suite.TDES:
        return chip.send(command("002241A6", tlv.encode(0x91, public) + named)).is_ok()
    chosen = chip.send(command("002241A4", tlv.encode(0x80, way.identifier) + named))
    if not chosen.is_ok():
        return False
    body = tlv.encode(0x7C, tlv.encode(0x80, public))
    return chip.send(command("00860000", body, expected=SHORT_ANSWER)).is_ok()


def _unsigned(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8 or 1, "big")
