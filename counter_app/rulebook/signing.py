"""Detached Ed25519 signatures of rule files (R40)."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from counter_app.errors import CounterError, FailureCode

CONTEXT = b"counter_app rules v1\n"


def signature_path(path: Path) -> Path:
    """Return where the signature of a file lies: beside it, with .sig appended."""
    return path.with_name(path.name + ".sig")


def sign(content: bytes, key: Ed25519PrivateKey) -> str:
    """Return the signature of a file's content as base64 text (RFC 8032, with a context line)."""
    return base64.b64encode(key.sign(CONTEXT + content)).decode("ascii")


def verify(name: str, content: bytes, signature: str, key: Ed25519PublicKey) -> None:
    """Check a file's signature.

    Raises:
        CounterError: RULES_SIGNATURE with the fact `file`.
    """
    try:
        key.verify(base64.b64decode(signature.strip(), validate=True), CONTEXT + content)
    except (InvalidSignature, binascii.Error, ValueError) as error:
        raise CounterError(FailureCode.RULES_SIGNATURE, file=name) from error


def read_public_key(pem: bytes) -> Ed25519PublicKey:
    """Read head office's public key (PEM).

    Raises:
        CounterError: RULES_SIGNATURE when it is not an Ed25519 key.
    """
    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CounterError(FailureCode.RULES_SIGNATURE, file="public key") from error
    if not isinstance(key, Ed25519PublicKey):
        raise CounterError(FailureCode.RULES_SIGNATURE, file="public key")
    return key


def read_private_key(pem: bytes) -> Ed25519PrivateKey:
    """Read a signing key (PEM, not encrypted).

    Raises:
        CounterError: RULES_SIGNATURE when it is not an Ed25519 key.
    """
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise CounterError(FailureCode.RULES_SIGNATURE, file="signing key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise CounterError(FailureCode.RULES_SIGNATURE, file="signing key")
    return key
