"""SM2 signatures over SM3 as they stand in certificates, revocation lists and CMS.

Source: GB/T 32918.2 (signature, distinguishing identifier), GB/T 35276 (the default identifier and
the DER of a signature), GM/T 0006 (object identifiers).
"""

from __future__ import annotations

from asn1crypto import core, keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from gmalg import SM2
from gmalg.errors import GMError

CURVE = "1.2.156.10197.1.301"
SIGNATURES = frozenset({"1.2.156.10197.1.501", "1.2.156.10197.1.301.1"})
"""SM2 with SM3, and the SM2 signature of a key that stands for itself."""
SM3 = "1.2.156.10197.1.401"
IDENTIFIER = b"1234567812345678"
"""Under which certificates and seals are signed where nothing else was agreed."""
_POINT_BYTES = 65
_UNCOMPRESSED = 4


class _Pair(core.Sequence):  # type: ignore[misc]  # asn1crypto is untyped
    """A signature: r and s."""

    _fields = [("r", core.Integer), ("s", core.Integer)]  # noqa: RUF012 - asn1crypto's way


def sm3(data: bytes) -> bytes:
    """Hash with SM3 (GB/T 32905)."""
    state = hashes.Hash(hashes.SM3())
    state.update(data)
    return state.finalize()


def sm2_key(info: keys.PublicKeyInfo) -> bytes | None:
    """Return an SM2 public key as a point of 65 bytes; None for a key of another kind."""
    algorithm = info["algorithm"]
    if algorithm["algorithm"].native != "ec":
        return None
    if algorithm["parameters"].chosen.native != CURVE:
        return None
    point = bytes(info["public_key"].native)
    return point if len(point) == _POINT_BYTES and point[0] == _UNCOMPRESSED else None


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether a key signed a message.

    Args:
        key: Uncompressed point, as `sm2_key` returns it.
        message: What was signed, not its hash.
        signature: DER of r and s.
    """
    try:
        pair = _Pair.load(signature, strict=True)
        r, s = pair["r"].native, pair["s"].native
        if pair.dump(force=True) != signature or min(r, s) < 1:
            return False
        judge = SM2(uid=IDENTIFIER, pk=key)
        return bool(judge.verify(message, _bytes(r), _bytes(s)))
    except (GMError, ValueError, TypeError, ArithmeticError):
        return False


def issued(issuer: asn1_x509.Certificate, certificate: asn1_x509.Certificate) -> bool:
    """Say whether one certificate issued another, by name and by SM2 signature."""
    key = sm2_key(issuer.public_key)
    is_named = issuer.subject.dump() == certificate.issuer.dump()
    is_sm2 = certificate["signature_algorithm"]["algorithm"].native in SIGNATURES
    if key is None or not is_named or not is_sm2 or not issuer.ca:
        return False
    body = certificate["tbs_certificate"].dump()
    return is_signed(key, body, bytes(certificate["signature_value"].native))


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")
