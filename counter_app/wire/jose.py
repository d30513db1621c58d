"""Signing and encrypting of the wire contract, one algorithm for each.

Source: RFC 7515, RFC 7516, RFC 9864 (Ed25519 under its own name).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import TypeAlias

from joserfc import jwe, jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

MAX_BLOB_BYTES = 8 * 1024 * 1024
"""Largest image that is sent, before encryption."""

_SIGN = ["Ed25519"]
_SEAL = ["ECDH-ES+A256KW", "A256GCM"]


class SealBrokenError(Exception):
    """A signature or an encryption does not hold; the text names which, never what is inside."""


class _Registry(jwe.JWERegistry):
    max_ciphertext_length = MAX_BLOB_BYTES * 4 // 3 + 1024


_REGISTRY = _Registry(algorithms=_SEAL, strict_check_header=False)


def canonical(value: Mapping[str, Json]) -> bytes:
    """Write JSON in one way only: sorted keys, no spaces, UTF-8; the values hold no fractions.

    Source: RFC 8785 for texts, whole numbers, true, false, null, arrays and objects.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 digest in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def sign(payload: bytes, key_pem: bytes, key_id: str) -> str:
    """Sign bytes with an Ed25519 key as a compact JWS."""
    header = {"alg": "Ed25519", "kid": key_id}
    return jws.serialize_compact(header, payload, OKPKey.import_key(key_pem), algorithms=_SIGN)


def verified(token: str, key_pem: bytes) -> bytes:
    """Return the signed bytes.

    Raises:
        SealBrokenError: The signature does not hold under this key, or another algorithm was used.
    """
    try:
        return jws.deserialize_compact(token, OKPKey.import_key(key_pem), algorithms=_SIGN).payload
    except (JoseError, ValueError) as error:
        raise SealBrokenError("signature") from error


def signer_of(token: str) -> str:
    """Return the key id a JWS claims, unverified: only for looking up the key.

    Raises:
        SealBrokenError: Not a compact JWS with a key id.
    """
    try:
        key_id = jws.extract_compact(token.encode()).headers().get("kid")
    except (JoseError, ValueError) as error:
        raise SealBrokenError("signature") from error
    if not isinstance(key_id, str):
        raise SealBrokenError("signature without key id")
    return key_id


def encrypt(plain: bytes, key_pem: bytes, sha256: str | None = None) -> str:
    """Encrypt bytes to a P-256 public key as a compact JWE.

    Args:
        plain: What to hide.
        key_pem: The institution's public key, PEM.
        sha256: Hash of the plain bytes (hex) to show in the protected header; left out for personal
            fields, whose hash could be guessed at.
    """
    header: dict[str, str] = {"alg": _SEAL[0], "enc": _SEAL[1]}
    if sha256 is not None:
        header["sha256"] = sha256
    return jwe.encrypt_compact(header, plain, ECKey.import_key(key_pem), registry=_REGISTRY)


def decrypted(token: str | bytes, key_pem: bytes) -> bytes:
    """Return the plain bytes of a compact JWE.

    Raises:
        SealBrokenError: Encrypted to another key, altered, or by another algorithm.
    """
    try:
        opened = jwe.decrypt_compact(token, ECKey.import_key(key_pem), registry=_REGISTRY)
    except (JoseError, ValueError) as error:
        raise SealBrokenError("encryption") from error
    if opened.plaintext is None:
        raise SealBrokenError("encryption")
    return opened.plaintext


def header_of(token: bytes) -> Mapping[str, Json]:
    """Read the protected header of a compact JWE without opening it.

    Raises:
        SealBrokenError: Not a compact JWE.
    """
    parts = token.split(b".")
    if len(parts) != 5:
        raise SealBrokenError("encryption")
    try:
        found = json.loads(_decode(parts[0]))
    except ValueError as error:
        raise SealBrokenError("encryption") from error
    if not isinstance(found, dict):
        raise SealBrokenError("encryption")
    return found


def _decode(text: bytes) -> bytes:
    return base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
