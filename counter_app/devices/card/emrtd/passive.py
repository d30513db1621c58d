"""Passive Authentication: is the chip's content what the issuing state signed?

Source: ICAO Doc 9303-11, section 5.1; Doc 9303-10, section 4.6.2.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from counter_app.devices.card import tlv
from counter_app.devices.card.crypto.certificate import Certificate
from counter_app.devices.card.crypto.signatures import UnknownAlgorithmError
from counter_app.devices.card.emrtd.signed_data import (
    DOCUMENT_SECURITY_OBJECT,
    SignedContent,
    parse_signed_content,
)
from counter_app.devices.card.emrtd.trust import TrustStore
from counter_app.domain.travel_document import CheckReason, CheckState, CheckVerdict, ChipCheck
from counter_app.errors import CounterError

HASH_NAMES = {
    bytes.fromhex("2B0E03021A"): "sha1",
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
    bytes.fromhex("608648016503040204"): "sha224",
}


@dataclass(frozen=True, slots=True)
class SecurityObject:
    """EF.SOD: the hashes of the data groups, signed.

    Attributes:
        digest: Name of the hash, or empty when unknown.
        hashes: Hash by number of the data group.
    """

    signed: SignedContent
    digest: str
    hashes: Mapping[int, bytes]


def parse_security_object(file: bytes) -> SecurityObject:
    """Read EF.SOD.

    Args:
        file: The whole file with its tag 77.

    Raises:
        CounterError: CARD_PROTOCOL, it is broken.
    """
    signed = parse_signed_content(tlv.need(file, 0x77), DOCUMENT_SECURITY_OBJECT)
    parts = [item for item in tlv.objects(tlv.need(signed.content, 0x30)) if item.tag == 0x30]
    if len(parts) < 2:
        return SecurityObject(signed, "", {})
    digest = HASH_NAMES.get(tlv.need(parts[0].value, 0x06), "")
    hashes = {}
    for entry in tlv.objects(parts[1].value):
        number = int.from_bytes(tlv.need(entry.value, 0x02), "big")
        hashes[number] = tlv.need(entry.value, 0x04)
    return SecurityObject(signed, digest, hashes)


def check_content(security: SecurityObject, groups: Mapping[int, bytes]) -> CheckVerdict:
    """Compare the hash of every data group that was read.

    Args:
        security: The parsed security object.
        groups: Whole files by number of the data group.
    """
    if not security.digest:
        return _not_verified(ChipCheck.CONTENT, CheckReason.ALGORITHM_UNKNOWN)
    for number, content in groups.items():
        stated = security.hashes.get(number)
        if stated is None:
            return _failed(ChipCheck.CONTENT, CheckReason.GROUP_NOT_LISTED)
        if not hmac.compare_digest(hashlib.new(security.digest, content).digest(), stated):
            return _failed(ChipCheck.CONTENT, CheckReason.HASH_WRONG)
    return CheckVerdict(ChipCheck.CONTENT, CheckState.VERIFIED)


def check_signature(signed: SignedContent) -> CheckVerdict:
    """Verify the signature with the signer's certificate that came with it."""
    try:
        is_right = signed.is_signed()
    except UnknownAlgorithmError:
        return _not_verified(ChipCheck.SIGNATURE, CheckReason.ALGORITHM_UNKNOWN)
    except CounterError:
        return _not_verified(ChipCheck.SIGNATURE, CheckReason.SECURITY_OBJECT_UNREADABLE)
    if not is_right:
        return _failed(ChipCheck.SIGNATURE, CheckReason.SIGNATURE_WRONG)
    return CheckVerdict(ChipCheck.SIGNATURE, CheckState.VERIFIED)


def check_issuer(signer: Certificate, trust: TrustStore) -> tuple[CheckVerdict, Certificate | None]:
    """Look for the authority that issued the signer's certificate.

    Returns:
        The verdict, and the authority when it is known.
    """
    issuers = trust.issuers_of(signer)
    reason = CheckReason.ISSUER_UNKNOWN
    for issuer in issuers:
        try:
            is_right = signer.is_issued_by(issuer)
        except (UnknownAlgorithmError, CounterError):
            reason = CheckReason.ALGORITHM_UNKNOWN
            continue
        if is_right:
            return _in_time(signer, issuer), issuer
        if signer.issuer_key_id and signer.issuer_key_id == issuer.key_id:
            return _failed(ChipCheck.ISSUER, CheckReason.ISSUER_SIGNATURE_WRONG), None
    return _not_verified(ChipCheck.ISSUER, reason), None


def _in_time(signer: Certificate, issuer: Certificate) -> CheckVerdict:
    if not issuer.not_before <= signer.not_before <= issuer.not_after:
        return _not_verified(ChipCheck.ISSUER, CheckReason.ISSUER_NOT_VALID_AT_SIGNING)
    return CheckVerdict(ChipCheck.ISSUER, CheckState.VERIFIED)


def _failed(check: ChipCheck, reason: CheckReason) -> CheckVerdict:
    return CheckVerdict(check, CheckState.FAILED, reason)


def _not_verified(check: ChipCheck, reason: CheckReason) -> CheckVerdict:
    return CheckVerdict(check, CheckState.NOT_VERIFIED, reason)
