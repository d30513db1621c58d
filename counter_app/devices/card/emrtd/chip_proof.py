"""Is the chip the original? Active Authentication, and the mapping of PACE.

Source: ICAO Doc 9303-11, sections 4.4.3.5 and 6.1, appendix F; ISO/IEC 9796-2 scheme 1;
BSI TR-03111 section 5.2.1.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from counter_app.devices.card import tlv
from counter_app.devices.card.apdu import Chip, command
from counter_app.devices.card.crypto.domain_parameters import CURVES
from counter_app.devices.card.crypto.signatures import (
    UnknownAlgorithmError,
    ecdsa_numbers,
    elliptic_key,
    is_ecdsa,
    reading,
    rsa_numbers,
)
from counter_app.devices.card.emrtd.pace import MappingProof
from counter_app.devices.card.emrtd.security_infos import SecurityInfos
from counter_app.domain.travel_document import CheckReason, CheckState, CheckVerdict, ChipCheck

PLAIN_ECDSA = bytes.fromhex("04007F000701010401")
PLAIN_DIGESTS = {1: "sha1", 2: "sha224", 3: "sha256", 4: "sha384", 5: "sha512"}
TRAILERS = {0x33: "sha1", 0x34: "sha256", 0x35: "sha512", 0x36: "sha384", 0x38: "sha224"}


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
    return proven() if is_right else verdict(CheckState.FAILED, CheckReason.PROOF_WRONG)


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
    digests: tuple[str, ...] = tuple(PLAIN_DIGESTS.values())
    if is_plain:
        if algorithm[-1] not in PLAIN_DIGESTS:
            raise UnknownAlgorithmError("active")
        digests = (PLAIN_DIGESTS[algorithm[-1]],)
    half = len(signature) // 2
    plain = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    # Some chips name no algorithm, and some sign as a sequence although the standard says plain.
    forms = {plain, ecdsa_numbers(signature) or plain}
    return any(
        is_ecdsa(curve, point, hashlib.new(digest, challenge).digest(), *numbers)
        for digest in digests
        for numbers in forms
    )


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
                return proven()
            return verdict(CheckState.FAILED, CheckReason.PROOF_WRONG)
    return verdict(CheckState.NOT_VERIFIED, CheckReason.ALGORITHM_UNKNOWN)


def new_challenge() -> bytes:
    """Return eight random bytes."""
    return secrets.token_bytes(8)


def verdict(state: CheckState, reason: CheckReason) -> CheckVerdict:
    """Return a verdict on whether the chip is the original."""
    return CheckVerdict(ChipCheck.ORIGINAL, state, reason)


def proven() -> CheckVerdict:
    """Return the verdict that the chip is the original."""
    return CheckVerdict(ChipCheck.ORIGINAL, CheckState.VERIFIED)
