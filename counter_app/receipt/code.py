"""The code on a paper: number and record hash, signed by the branch, verifiable offline.

A COSE_Sign1 with ES256 in base45 after the prefix `PR1:`; about 250 characters, no personal data.
Payload: a CBOR map {1: number, 2: SHA-256 of the record (32 bytes), 3: kind of paper}.
Source: RFC 9052 (COSE), RFC 9053 2.1 (ES256), RFC 9285 (base45).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from counter_app.receipt import base45

PREFIX = "PR1:"
MAX_TEXT = 1200
_SIGN1_TAG = 18
_ALG, _KID, _ES256 = 1, 4, -7
_NUMBER, _HASH, _KIND = 1, 2, 3


@dataclass(frozen=True, slots=True)
class CodeContent:
    """What a code says, before anybody has checked its signature.

    Attributes:
        key_id: First eight bytes of the SHA-256 of the signer's public key, as hex.
        record_sha256: Lower-case hex.
        signed: The bytes under the signature; signature: r and s, 32 bytes each.
    """

    number: str
    record_sha256: str
    kind: str
    key_id: str
    signed: bytes
    signature: bytes


class CodeSigner:
    """Signs codes with the branch's P-256 key; the same record always gives the same code."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key
        self.key_id = key_id(key.public_key())

    def text(self, number: str, record_sha256: str, kind: str) -> str:
        """Return the text of the code."""
        payload = _cbor({_NUMBER: number, _HASH: bytes.fromhex(record_sha256), _KIND: kind})
        protected = _cbor({_ALG: _ES256, _KID: bytes.fromhex(self.key_id)})
        algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = decode_dss_signature(self._key.sign(_to_be_signed(protected, payload), algorithm))
        signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        message = cbor2.CBORTag(_SIGN1_TAG, [protected, {}, payload, signature])
        return PREFIX + base45.encode(_cbor(message))


def key_id(key: ec.EllipticCurvePublicKey) -> str:
    """Return the id of a public key: eight bytes of the hash of its SubjectPublicKeyInfo, hex."""
    der = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(der).digest()[:8].hex()


def read_code(text: str) -> CodeContent:
    """Take a code apart without trusting it.

    Raises:
        ValueError: Not a code of ours.
    """
    if not text.startswith(PREFIX) or len(text) > MAX_TEXT:
        raise ValueError("not a code of a paper")
    try:
        raw = base45.decode(text[len(PREFIX) :])
        message = cbor2.loads(raw)
        content = _content(message)
    except (cbor2.CBORError, RecursionError, TypeError, KeyError, EOFError) as error:
        raise ValueError("not a code of a paper") from error
    if _cbor(message) != raw:
        raise ValueError("a code of a paper in another spelling")
    return content


def is_signed_by(content: CodeContent, keys: Mapping[str, ec.EllipticCurvePublicKey]) -> bool:
    """Check a code's signature with the key it names.

    Args:
        content: As read.
        keys: Public keys by id; the named one must be among them.
    """
    r, s = (int.from_bytes(content.signature[at : at + 32], "big") for at in (0, 32))
    try:
        keys[content.key_id].verify(
            encode_dss_signature(r, s), content.signed, ec.ECDSA(hashes.SHA256())
        )
    except InvalidSignature:
        return False
    return True


def _content(message: object) -> CodeContent:
    if not isinstance(message, cbor2.CBORTag) or message.tag != _SIGN1_TAG:
        raise TypeError("not COSE_Sign1")
    protected, payload, signature = _parts(message.value)
    header, body = cbor2.loads(protected), cbor2.loads(payload)
    if header[_ALG] != _ES256 or len(signature) != 64:
        raise TypeError("not ES256")
    number, kind, digest = body[_NUMBER], body[_KIND], bytes(body[_HASH])
    if not isinstance(number, str) or not isinstance(kind, str) or len(digest) != 32:
        raise TypeError("not our payload")
    return CodeContent(
        number=number,
        record_sha256=digest.hex(),
        kind=kind,
        key_id=bytes(header[_KID]).hex(),
        signed=_to_be_signed(protected, payload),
        signature=signature,
    )


def _parts(value: object) -> tuple[bytes, bytes, bytes]:
    if not isinstance(value, list) or len(value) != 4:
        raise TypeError("not COSE_Sign1")
    protected, unprotected, payload, signature = value
    if unprotected != {} or not all(isinstance(p, bytes) for p in (protected, payload, signature)):
        raise TypeError("not COSE_Sign1 as we write it")
    return protected, payload, signature


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return _cbor(["Signature1", protected, b"", payload])


def _cbor(value: object) -> bytes:
    return cbor2.dumps(value, canonical=True)
