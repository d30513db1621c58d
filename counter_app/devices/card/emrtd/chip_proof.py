"""Is the chip the original? Active and Chip Authentication, and the mapping of PACE.

Source: ICAO Doc 9303-11, sections 4.4.3.5, 6.1 and 6.2, appendix F; ISO/IEC 9796-2 scheme 1;
BSI TR-03110-3 section A.4; BSI TR-03111 section 5.2.1.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import SHORT_ANSWER, Chip, command
from counter_app.devices.card.crypto.domain_parameters import CURVES
from counter_app.devices.card.crypto.signatures import (
    UnknownAlgorithmError,
    elliptic_key,
    is_ecdsa,
    reading,
    rsa_numbers,
)
from counter_app.devices.card.crypto.suite import Suite
from counter_app.devices.card.emrtd.pace import Chance, MappingProof
from counter_app.devices.card.emrtd.secure_messaging import SecureMessaging, derive_keys
from counter_app.devices.card.emrtd.security_infos import ChipAuthentication, ChipKey, SecurityInfos
from counter_app.domain.travel_document import CheckReason, CheckState, CheckVerdict, ChipCheck
from counter_app.errors import CounterError, FailureCode

PLAIN_ECDSA = bytes.fromhex("04007F000701010401")
PLAIN_DIGESTS = {1: "sha1", 2: "sha224", 3: "sha256", 4: "sha384", 5: "sha512"}
TRAILERS = {0x33: "sha1", 0x34: "sha256", 0x35: "sha512", 0x36: "sha384", 0x38: "sha224"}
ELLIPTIC_KEY = bytes.fromhex("04007F000702020102")
AUTHENTICATION_ELLIPTIC = bytes.fromhex("04007F000702020302")


def check_active(
    chip: Chip, group15: bytes, infos: SecurityInfos, challenge: bytes
) -> CheckVerdict:
    """Let the chip sign a random challenge with the key of data group 15.

    Args:
        chip: The application is open.
        group15: The whole file.
        infos: Of data group 14, which names the algorithm of an elliptic key.
        challenge: Eight random bytes.

    Raises:
        CounterError: What the transport raises; CARD_PROTOCOL.
    """
    sent = command("00880000", challenge, expected=min(chip.most_answer, 4096))
    answer = chip.send(sent)
    if not answer.is_ok() or not answer.data:
        return verdict(CheckState.NOT_VERIFIED, CheckReason.CHIP_REFUSED)
    try:
        key = tlv.need(group15, 0x6F)
        is_right = _is_active_right(key, infos.active_signature, challenge, answer.data)
    except UnknownAlgorithmError:
        return verdict(CheckState.NOT_VERIFIED, CheckReason.ALGORITHM_UNKNOWN)
    return _proven() if is_right else verdict(CheckState.FAILED, CheckReason.PROOF_WRONG)


def _is_active_right(key: bytes, algorithm: bytes, challenge: bytes, signature: bytes) -> bool:
    try:
        numbers = rsa_numbers(key)
    except UnknownAlgorithmError:
        return _is_plain_ecdsa(key, algorithm, challenge, signature)
    size = (numbers.n.bit_length() + 7) // 8
    opened = pow(int.from_bytes(signature, "big"), numbers.e, numbers.n)
    # ISO/IEC 9796-2 lets the signer send the smaller of both square roots' representatives.
    candidates = (opened, numbers.n - opened)
    return any(is_recovered_right(value.to_bytes(size, "big"), challenge) for value in candidates)


def is_recovered_right(opened: bytes, challenge: bytes) -> bool:
    """Check an opened signature with partial recovery: 6A, message, hash, trailer.

    Args:
        opened: The signature after the public operation, as long as the modulus.
        challenge: The part of the message that is not inside.

    Source: ISO/IEC 9796-2 scheme 1; ICAO Doc 9303-11 appendix F.
    """
    digest, trailer = "sha1", 1
    if opened[-1] == 0xCC:
        digest, trailer = TRAILERS.get(opened[-2], ""), 2
    elif opened[-1] != 0xBC:
        return False
    if opened[0] != 0x6A or not digest:
        return False
    size = hashlib.new(digest).digest_size
    message, stated = opened[1 : -size - trailer], opened[-size - trailer : -trailer]
    return hmac.compare_digest(hashlib.new(digest, message + challenge).digest(), stated)


def _is_plain_ecdsa(key: bytes, algorithm: bytes, challenge: bytes, signature: bytes) -> bool:
    curve, point = elliptic_key(key)
    is_plain = algorithm.startswith(PLAIN_ECDSA) and len(algorithm) == len(PLAIN_ECDSA) + 1
    digest = PLAIN_DIGESTS.get(algorithm[-1], "") if is_plain else "sha256"
    if not digest:
        raise UnknownAlgorithmError("active")
    half = len(signature) // 2
    r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    return is_ecdsa(curve, point, hashlib.new(digest, challenge).digest(), r, s)


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
        curve, point = elliptic_key(key.public_key)
    except UnknownAlgorithmError:
        return verdict(CheckState.NOT_VERIFIED, CheckReason.ALGORITHM_UNKNOWN)
    private = (chance or Chance()).number(curve.order)
    public = curve.multiply(private, curve.base())
    if not _sent(chip, key, way, public):
        return verdict(CheckState.NOT_VERIFIED, CheckReason.CHIP_REFUSED)
    secret = curve.secret(curve.multiply(private, curve.encode(point)))
    chip.guard = SecureMessaging(derive_keys(way.suite, secret))
    try:
        chip.send(command("00B09E00", expected=8))
    except CounterError as error:
        if error.code is not FailureCode.CARD_PROTOCOL:
            raise
        return verdict(CheckState.FAILED, CheckReason.PROOF_WRONG)
    return _proven()


def _offer(infos: SecurityInfos) -> tuple[ChipKey, ChipAuthentication] | None:
    for key in infos.chip_keys:
        if key.identifier != ELLIPTIC_KEY:
            continue
        for way in infos.chip_authentication:
            if way.identifier.startswith(AUTHENTICATION_ELLIPTIC) and way.key_id == key.key_id:
                return key, way
        # A key without its protocol stands for the oldest one.
        identifier = AUTHENTICATION_ELLIPTIC + b"\x01"
        return key, ChipAuthentication(identifier, Suite.TDES, key.key_id)
    return None


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


def check_mapping(proof: MappingProof, infos: SecurityInfos) -> CheckVerdict:
    """Check what the chip sent in PACE against its static key of EF.CardSecurity.

    Args:
        proof: Of the PACE run.
        infos: Of EF.CardSecurity, whose signature must be checked apart.

    Raises:
        CounterError: CARD_PROTOCOL, the key is broken.
    """
    curve = CURVES[proof.parameters]
    for key in infos.chip_keys:
        try:
            key_curve, point = elliptic_key(key.public_key)
        except UnknownAlgorithmError:
            continue
        if key_curve == curve:
            with reading("chip authentication mapping"):
                agreed = curve.multiply(proof.proof, curve.encode(point))
            if hmac.compare_digest(agreed, proof.mapped_public):
                return _proven()
            return verdict(CheckState.FAILED, CheckReason.PROOF_WRONG)
    return verdict(CheckState.NOT_VERIFIED, CheckReason.ALGORITHM_UNKNOWN)


def new_challenge() -> bytes:
    """Return eight random bytes."""
    return secrets.token_bytes(8)


def verdict(state: CheckState, reason: CheckReason) -> CheckVerdict:
    """Return a verdict on whether the chip is the original."""
    return CheckVerdict(ChipCheck.ORIGINAL, state, reason)


def _proven() -> CheckVerdict:
    return CheckVerdict(ChipCheck.ORIGINAL, CheckState.VERIFIED)
