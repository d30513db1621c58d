"""The branch's keys: one that seals files, one that signs the codes on paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from counter_app.errors import CounterError, FailureCode


class RawSigner(Protocol):
    """Whatever holds the sealing key: this process, a token, a vendor's box."""

    def sign_sha256(self, data: bytes) -> bytes:
        """Sign with RSASSA-PKCS1-v1_5 and SHA-256."""
        ...


@dataclass(frozen=True, slots=True)
class SealKey:
    """A sealing key with its certificate.

    Attributes:
        chain: The certificates above, without the root if the root is known to all.
    """

    signer: RawSigner = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    def ends_at(self) -> datetime:
        """Return the end of the certificate's validity, aware UTC."""
        return self.certificate.not_valid_after_utc


class MemoryRsa:
    """An RSA key in memory; held as one object because loading it again costs more than signing."""

    def __init__(self, key: rsa.RSAPrivateKey) -> None:
        self._key = key

    def sign_sha256(self, data: bytes) -> bytes:
        """Sign with RSASSA-PKCS1-v1_5 and SHA-256."""
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def load_seal_key(path: Path, passphrase: bytes) -> SealKey:
    """Open the sealing key of a PKCS#12 file.

    Raises:
        CounterError: SEAL_KEY_MISSING: no file, or no RSA key in it; SEAL_PIN_WRONG: the
            passphrase does not open it, or the file is damaged.
    """
    key, certificate, chain = _open(path, passphrase)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise CounterError(FailureCode.SEAL_KEY_MISSING, file=path.name)
    return SealKey(MemoryRsa(key), certificate, chain)


def load_code_key(path: Path, passphrase: bytes) -> ec.EllipticCurvePrivateKey:
    """Open the P-256 key that signs codes; raises as `load_seal_key` does."""
    key, _, _ = _open(path, passphrase)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise CounterError(FailureCode.SEAL_KEY_MISSING, file=path.name)
    return key


def _open(
    path: Path, passphrase: bytes
) -> tuple[object, x509.Certificate, tuple[x509.Certificate, ...]]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CounterError(FailureCode.SEAL_KEY_MISSING, file=path.name) from error
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(raw, passphrase)
    except ValueError as error:
        raise CounterError(FailureCode.SEAL_PIN_WRONG, file=path.name) from error
    if certificate is None:
        raise CounterError(FailureCode.SEAL_KEY_MISSING, file=path.name)
    return key, certificate, tuple(chain)
