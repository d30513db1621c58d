"""Keys and certificates for demonstrations, marked so that nobody can take them for real ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from counter_app.domain.paper import Branch
from counter_app.errors import CounterError, FailureCode
from counter_app.receipt.trust import CODES_FOLDER, DEMONSTRATION, ROOTS_FOLDER

SEAL_FILE = "seal.p12"
CODE_FILE = "code.p12"
TRUST_FOLDER = "trust"
PASSPHRASE = b"demonstration"
"""Known to all, as these keys prove nothing."""
LIFETIME = timedelta(days=730)

_Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class DemoPki:
    """Where the demonstration keys are."""

    seal_file: Path
    code_file: Path
    trust_folder: Path
    passphrase: bytes = field(default=PASSPHRASE, repr=False)


@dataclass(frozen=True, slots=True)
class Issuer:
    """A root that issues certificates."""

    key: rsa.RSAPrivateKey = field(repr=False)
    certificate: x509.Certificate


def make_demo_pki(folder: Path, branch: Branch, now: datetime, environment: str) -> DemoPki:
    """Make a root, a sealing key and a code key for one branch, once; later calls find them.

    Args:
        folder: Where they go.
        branch: Whose keys they are; its code goes into the certificates.
        now: Aware; the certificates are valid from the day before for two years.
        environment: As in the settings.

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION.
    """
    if environment == "production":
        raise CounterError(FailureCode.SIMULATOR_IN_PRODUCTION, part="demo_pki")
    made = DemoPki(folder / SEAL_FILE, folder / CODE_FILE, folder / TRUST_FOLDER)
    if all(path.exists() for path in (made.seal_file, made.code_file, made.trust_folder)):
        return made
    for part in (ROOTS_FOLDER, CODES_FOLDER):
        (made.trust_folder / part).mkdir(parents=True, exist_ok=True)
    root = make_root(now)
    seal_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    code_key = ec.generate_private_key(ec.SECP256R1())
    code_certificate = issue(root, code_key, branch, now)
    _write_p12(made.code_file, code_key, code_certificate, root)
    _write_p12(made.seal_file, seal_key, issue(root, seal_key, branch, now), root)
    _write_pem(made.trust_folder / ROOTS_FOLDER / "demonstration.pem", root.certificate)
    _write_pem(made.trust_folder / CODES_FOLDER / f"{branch.code}.pem", code_certificate)
    return made


def make_root(now: datetime) -> Issuer:
    """Make a self-signed demonstration root."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = _name("演示根证书 DEMONSTRATION ROOT", "")
    certificate = (
        _builder(name, name, now, LIFETIME)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Issuer(key, certificate)


def issue(
    root: Issuer, key: _Key, branch: Branch, now: datetime, lifetime: timedelta = LIFETIME
) -> x509.Certificate:
    """Issue a branch's certificate for sealing or for signing codes."""
    name = _name(f"演示 DEMONSTRATION {branch.name}", branch.code)
    own_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    root_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key())
    return (
        _builder(name, root.certificate.subject, now, lifetime)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(own_id, critical=False)
        .add_extension(root_id, critical=False)
        .sign(root.key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, now: datetime, lifetime: timedelta
) -> x509.CertificateBuilder:
    start = now - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + lifetime)
    )


def _name(common: str, branch_code: str) -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, DEMONSTRATION),
        x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
    ]
    if branch_code:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, branch_code))
    return x509.Name(parts)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _write_p12(path: Path, key: _Key, certificate: x509.Certificate, root: Issuer) -> None:
    name = DEMONSTRATION.encode()
    protection = serialization.BestAvailableEncryption(PASSPHRASE)
    path.touch(mode=0o600)
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            name, key, certificate, [root.certificate], protection
        )
    )


def _write_pem(path: Path, certificate: x509.Certificate) -> None:
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
