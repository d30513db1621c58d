"""A small certificate authority for pilots: a root, server certificates, one certificate a counter.

Source: RFC 5280, section 4.2 (extensions).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

COUNTER_LIFE = timedelta(days=90)
SERVER_LIFE = timedelta(days=825)
ROOT_LIFE = timedelta(days=3650)
SKEW = timedelta(days=1)
"""Certificates are valid from a day earlier, for counters whose clock is behind."""


class RequestRefusedError(Exception):
    """A certificate signing request that is not signed for."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Signs certificates.

    Attributes:
        certificate: The root.
    """

    certificate: x509.Certificate
    key: EllipticCurvePrivateKey = field(repr=False)

    @property
    def pem(self) -> bytes:
        """The root certificate, PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def open_authority(folder: Path, now: datetime) -> Authority:
    """Open the authority of a folder, making it on first use (`authority.pem`, `authority.key`)."""
    certificate_file, key_file = folder / "authority.pem", folder / "authority.key"
    if not key_file.exists():
        made = new_authority(now)
        write_private(key_file, key_pem(made.key))
        certificate_file.write_bytes(made.pem)
        return made
    key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise TypeError("the authority's key is not an elliptic curve key")
    return Authority(x509.load_pem_x509_certificate(certificate_file.read_bytes()), key)


def new_authority(now: datetime) -> Authority:
    """Make a root that can sign counters and servers only (no further authorities)."""
    key = generate_private_key(SECP256R1())
    name = _name("counter-app pilot authority")
    built = (
        _builder(name, name, key.public_key(), now, ROOT_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(_Role.AUTHORITY), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Authority(built.sign(key, hashes.SHA256()), key)


def counter_certificate(
    authority: Authority, csr_pem: bytes, counter: str, now: datetime
) -> x509.Certificate:
    """Sign a counter's request; its subject is ours to give, not the request's.

    Raises:
        RequestRefusedError: Not a request, its signature does not hold, or not a P-256 key.
    """
    try:
        csr = x509.load_pem_x509_csr(csr_pem)
        key = csr.public_key()
        sound = csr.is_signature_valid
    except ValueError as error:
        raise RequestRefusedError from error
    if not sound or not isinstance(key, EllipticCurvePublicKey) or key.key_size != 256:
        raise RequestRefusedError
    return _leaf(authority, key, counter, now, ExtendedKeyUsageOID.CLIENT_AUTH, ())


def server_certificate(
    authority: Authority, hosts: tuple[str, ...], now: datetime
) -> tuple[x509.Certificate, EllipticCurvePrivateKey]:
    """Make a key and a certificate for head office's own server.

    Args:
        authority: Who signs.
        hosts: DNS names and IP addresses; the first becomes the subject.
        now: Aware UTC.
    """
    key = generate_private_key(SECP256R1())
    usage = ExtendedKeyUsageOID.SERVER_AUTH
    return _leaf(authority, key.public_key(), hosts[0], now, usage, hosts), key


def counter_request(counter: str, key: EllipticCurvePrivateKey) -> bytes:
    """Write a certificate signing request, PEM."""
    built = x509.CertificateSigningRequestBuilder().subject_name(_name(counter))
    return built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def key_pem(key: EllipticCurvePrivateKey) -> bytes:
    """Write a private key, PEM (PKCS #8, not encrypted)."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read."""
    path.touch(mode=0o600)
    path.write_bytes(content)


class _Role(Enum):
    AUTHORITY = auto()
    LEAF = auto()


def _leaf(
    authority: Authority,
    key: EllipticCurvePublicKey,
    name: str,
    now: datetime,
    usage: x509.ObjectIdentifier,
    hosts: tuple[str, ...],
) -> x509.Certificate:
    life = SERVER_LIFE if hosts else COUNTER_LIFE
    built = (
        _builder(_name(name), authority.certificate.subject, key, now, life)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(_Role.LEAF), critical=True)
        .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()),
            critical=False,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )
    if hosts:
        names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
        built = built.add_extension(names, critical=False)
    return built.sign(authority.key, hashes.SHA256())


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePublicKey,
    now: datetime,
    life: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SKEW)
        .not_valid_after(now + life)
    )


def _usage(role: _Role) -> x509.KeyUsage:
    signs = role is _Role.AUTHORITY
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
