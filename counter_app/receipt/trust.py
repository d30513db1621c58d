"""Whom a verifier believes: root certificates, and the certificates of the branches' code keys.

Head office hands out the folder: `roots/*.pem`, `codes/*.pem`, `revoked/*.crl` (DER or PEM).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from counter_app.errors import CounterError, FailureCode
from counter_app.receipt import sm2
from counter_app.receipt.certificates import to_asn1
from counter_app.receipt.code import key_id

ROOTS_FOLDER = "roots"
CODES_FOLDER = "codes"
REVOKED_FOLDER = "revoked"
DEMONSTRATION = "DEMONSTRATION"


@dataclass(frozen=True, slots=True)
class Sealer:
    """Who a certificate says its holder is."""

    name: str
    branch_code: str
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class CodeKey:
    """A branch's key for codes, vouched for by a root."""

    key: ec.EllipticCurvePublicKey
    sealer: Sealer
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Trust:
    """What a verifier believes; without network."""

    roots: tuple[x509.Certificate, ...]
    code_keys: Mapping[str, CodeKey]
    revoked: tuple[x509.CertificateRevocationList, ...] = ()


def load_trust(folder: Path) -> Trust:
    """Read the folder; a code certificate that no root issued is left out.

    Raises:
        CounterError: TRUST_MISSING: there is no root; SETTINGS_INVALID: a file is damaged.
    """
    try:
        roots = tuple(_certificates(folder / ROOTS_FOLDER))
        codes = tuple(_certificates(folder / CODES_FOLDER))
        revoked = tuple(_lists(folder / REVOKED_FOLDER))
    except ValueError as error:
        raise CounterError(FailureCode.SETTINGS_INVALID, part="trust") from error
    if not roots:
        raise CounterError(FailureCode.TRUST_MISSING, folder=folder.name)
    return Trust(roots, dict(_code_keys(codes, roots)), revoked)


def sealer_of(certificate: x509.Certificate) -> Sealer:
    """Read who a certificate's holder is."""
    subject = certificate.subject
    return Sealer(
        name=_part(subject, NameOID.COMMON_NAME),
        branch_code=_part(subject, NameOID.SERIAL_NUMBER),
        is_demonstration=_part(subject, NameOID.ORGANIZATION_NAME) == DEMONSTRATION,
    )


def _part(name: x509.Name, which: x509.ObjectIdentifier) -> str:
    values = [attribute.value for attribute in name.get_attributes_for_oid(which)]
    return str(values[0]) if values else ""


def _certificates(folder: Path) -> Iterator[x509.Certificate]:
    for path in sorted(folder.glob("*.pem")):
        yield from x509.load_pem_x509_certificates(path.read_bytes())


def _lists(folder: Path) -> Iterator[x509.CertificateRevocationList]:
    for path in sorted(folder.glob("*.crl")):
        raw = path.read_bytes()
        is_pem = raw.startswith(b"-----")
        yield x509.load_pem_x509_crl(raw) if is_pem else x509.load_der_x509_crl(raw)


def _code_keys(
    codes: tuple[x509.Certificate, ...], roots: tuple[x509.Certificate, ...]
) -> Iterator[tuple[str, CodeKey]]:
    for certificate in codes:
        key = certificate.public_key()
        is_vouched = any(_issued(root, certificate) for root in roots)
        if isinstance(key, ec.EllipticCurvePublicKey) and is_vouched:
            starts, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
            yield key_id(key), CodeKey(key, sealer_of(certificate), starts, ends)


def _issued(root: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(root)
    except UnsupportedAlgorithm:
        return sm2.issued(to_asn1(root), to_asn1(certificate))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
