"""Keys of the wire contract: who signs a message and who may read it."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class SealingKeys:
    """What a counter needs to close a message.

    Attributes:
        counter: Identity of the counter as enrolled, e.g. `110199-07`; becomes the key id.
        signing_key: The counter's Ed25519 private key, PEM (PKCS #8, not encrypted).
        institution_key: The institution's P-256 public key, PEM (SubjectPublicKeyInfo).
    """

    counter: str
    signing_key: bytes = field(repr=False)
    institution_key: bytes = field(repr=False)


def new_signing_key() -> bytes:
    """Make a counter's signing key: Ed25519, PEM (PKCS #8)."""
    return _private_pem(Ed25519PrivateKey.generate())


def new_institution_key() -> bytes:
    """Make an institution's reading key: P-256, PEM (PKCS #8)."""
    return _private_pem(generate_private_key(SECP256R1()))


def public_half(private_key: bytes) -> bytes:
    """Return the public half of a private key, both PEM.

    Raises:
        ValueError: The bytes are not a private key.
    """
    key = serialization.load_pem_private_key(private_key, password=None)
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _private_pem(key: Ed25519PrivateKey | EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
