"""Whether certificates were revoked, by lists and answers that are at hand; nothing is fetched.

Source: RFC 5280, 5 and 6.3 (lists); RFC 6960, 4.2 (answers).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID


class Revocation(StrEnum):
    """What is known of a certificate and of those above it."""

    CLEAR = "CLEAR"
    UNKNOWN = "UNKNOWN"
    REVOKED = "REVOKED"


@dataclass(frozen=True, slots=True)
class RevocationProofs:
    """Lists and answers, from a file or from a folder; each counts only if its issuer signed it."""

    lists: tuple[x509.CertificateRevocationList, ...] = ()
    answers: tuple[ocsp.OCSPResponse, ...] = ()


def lists_in(folder: Path) -> Iterator[x509.CertificateRevocationList]:
    """Yield the lists (`*.crl`, DER or PEM) of a folder and its `revoked`; damaged ones are not."""
    for path in sorted((*folder.glob("*.crl"), *folder.glob("revoked/*.crl"))):
        raw = path.read_bytes()
        is_pem = raw.startswith(b"-----")
        try:
            yield x509.load_pem_x509_crl(raw) if is_pem else x509.load_der_x509_crl(raw)
        except ValueError:
            continue


def revocation_of(
    path: Sequence[x509.Certificate], proofs: RevocationProofs, at: datetime | None
) -> Revocation:
    """Judge a chain: revoked is whoever was revoked at any time, as a signing time can be invented.

    Args:
        path: From the trusted root down to the signer.
        proofs: Whatever is at hand.
        at: When was signed (aware), or None where that is not known; a proof that had run out
            before that clears nobody.
    """
    states = {_state(issuer, held, proofs, at) for issuer, held in pairwise(path)}
    if Revocation.REVOKED in states:
        return Revocation.REVOKED
    return Revocation.CLEAR if states == {Revocation.CLEAR} else Revocation.UNKNOWN


def has_signed(issuer: x509.Certificate, crl: x509.CertificateRevocationList) -> bool:
    """Say whether a list comes from this issuer."""
    key = _key_of(issuer)
    if crl.issuer != issuer.subject or key is None:
        return False
    try:
        return crl.is_signature_valid(key)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False


def _key_of(
    certificate: x509.Certificate,
) -> rsa.RSAPublicKey | ec.EllipticCurvePublicKey | None:
    """Return the key; None of a kind that nothing here can judge by."""
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, (rsa.RSAPublicKey, ec.EllipticCurvePublicKey)) else None


def _state(
    issuer: x509.Certificate, held: x509.Certificate, proofs: RevocationProofs, at: datetime | None
) -> Revocation:
    lists = [crl for crl in proofs.lists if has_signed(issuer, crl)]
    told = [one for answer in proofs.answers for one in _told(answer, issuer, held)]
    is_listed = any(_lists(crl, held) for crl in lists)
    if is_listed or any(one.certificate_status is ocsp.OCSPCertStatus.REVOKED for one in told):
        return Revocation.REVOKED
    is_cleared = any(
        _is_whole(crl) and _covers(crl.last_update_utc, crl.next_update_utc, at) for crl in lists
    ) or any(
        one.certificate_status is ocsp.OCSPCertStatus.GOOD
        and _covers(one.this_update_utc, one.next_update_utc, at)
        for one in told
    )
    return Revocation.CLEAR if is_cleared else Revocation.UNKNOWN


def _covers(since: datetime, until: datetime | None, at: datetime | None) -> bool:
    return at is not None and at <= (until or since)


def _lists(crl: x509.CertificateRevocationList, held: x509.Certificate) -> bool:
    entry = crl.get_revoked_certificate_by_serial_number(held.serial_number)
    if entry is None:
        return False
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except (x509.ExtensionNotFound, ValueError):
        return True
    return reason is not x509.ReasonFlags.remove_from_crl


def _is_whole(crl: x509.CertificateRevocationList) -> bool:
    """Say whether who is not on the list is not revoked: no part of a list and no addition."""
    partial = (x509.IssuingDistributionPoint, x509.DeltaCRLIndicator)
    try:
        return not any(isinstance(each.value, partial) for each in crl.extensions)
    except ValueError:
        return False


def _told(
    answer: ocsp.OCSPResponse, issuer: x509.Certificate, held: x509.Certificate
) -> list[ocsp.OCSPSingleResponse]:
    """Return what an answer says of a certificate, where the issuer answers for it."""
    if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        return []
    if not any(_answered(answer, who) for who in (issuer, *_delegates(answer, issuer))):
        return []
    return [
        one
        for one in answer.responses
        if one.serial_number == held.serial_number
        and one.issuer_key_hash == _key_hash(issuer, one.hash_algorithm)
    ]


def _delegates(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> Iterator[x509.Certificate]:
    for certificate in answer.certificates:
        try:
            certificate.verify_directly_issued_by(issuer)
            usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound):
            continue
        is_in_time = (
            certificate.not_valid_before_utc
            <= answer.produced_at_utc
            <= certificate.not_valid_after_utc
        )
        if is_in_time and ExtendedKeyUsageOID.OCSP_SIGNING in usage:
            yield certificate


def _answered(answer: ocsp.OCSPResponse, who: x509.Certificate) -> bool:
    key, hashed = _key_of(who), answer.signature_hash_algorithm
    if hashed is None or key is None:
        return False
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), hashed)
        else:
            key.verify(answer.signature, answer.tbs_response_bytes, ec.ECDSA(hashed))
    except (InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _key_hash(issuer: x509.Certificate, how: hashes.HashAlgorithm) -> bytes:
    key = _key_of(issuer)
    digest = hashes.Hash(how)
    if isinstance(key, rsa.RSAPublicKey):
        digest.update(key.public_bytes(Encoding.DER, PublicFormat.PKCS1))
    elif isinstance(key, ec.EllipticCurvePublicKey):
        digest.update(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
    return digest.finalize()
