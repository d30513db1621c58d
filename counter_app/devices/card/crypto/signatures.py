"""Verifying the signatures of documents, authorities and chips.

Source: RFC 8017 (RSA), SEC 1 section 4.1.4 (ECDSA), BSI TR-03111 (plain ECDSA signatures).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.keys import PublicKeyInfo
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from counter_app.devices.card import tlv
from counter_app.devices.card.crypto.domain_parameters import CURVES
from counter_app.devices.card.crypto.elliptic import Curve, Point
from counter_app.errors import CounterError, FailureCode

MOST_RSA_BITS = 8192
HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - old documents are signed with it
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
RSA_KEYS = ("rsa", "rsassa_pss")
ELLIPTIC_KEY = bytes.fromhex("2A8648CE3D0201")
STANDARDISED = bytes.fromhex("04007F00070102")
NAMED_CURVES = {
    bytes.fromhex("2A8648CE3D030101"): 8,
    bytes.fromhex("2B2403030208010103"): 9,
    bytes.fromhex("2B81040021"): 10,
    bytes.fromhex("2B2403030208010105"): 11,
    bytes.fromhex("2A8648CE3D030107"): 12,
    bytes.fromhex("2B2403030208010107"): 13,
    bytes.fromhex("2B2403030208010109"): 14,
    bytes.fromhex("2B81040022"): 15,
    bytes.fromhex("2B240303020801010B"): 16,
    bytes.fromhex("2B240303020801010D"): 17,
    bytes.fromhex("2B81040023"): 18,
}
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)


class UnknownAlgorithmError(Exception):
    """The algorithm, curve or key is none this program can verify with."""


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn what the ASN.1 reader raises on broken input into CARD_PROTOCOL."""
    try:
        yield
    except _BROKEN as error:
        raise CounterError(FailureCode.CARD_PROTOCOL, asn1=what) from error


@dataclass(frozen=True, slots=True)
class Algorithm:
    """How a signature was made.

    Attributes:
        scheme: "rsassa_pkcs1v15", "rsassa_pss" or "ecdsa".
        digest: Name of the hash, for example "sha256".
        mask_digest: Hash of the mask generation of PSS.
        salt_bytes: Salt length of PSS.
    """

    scheme: str
    digest: str
    mask_digest: str = ""
    salt_bytes: int = 0


def algorithm_of(stated: SignedDigestAlgorithm, default_digest: str = "") -> Algorithm:
    """Read a signature algorithm.

    Args:
        stated: As the certificate or signer states it.
        default_digest: Hash for identifiers that name none, as bare rsaEncryption does.

    Raises:
        UnknownAlgorithmError: It is none this program knows.
    """
    name = stated["algorithm"].native
    if name == "rsassa_pss":
        parameters = stated["parameters"]
        mask = parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native
        digest = parameters["hash_algorithm"]["algorithm"].native
        return Algorithm("rsassa_pss", digest, mask, parameters["salt_length"].native)
    scheme, digest = _SCHEMES.get(name, ("", ""))
    if not scheme:
        raise UnknownAlgorithmError(name)
    return Algorithm(scheme, digest or default_digest)


def _schemes() -> dict[str, tuple[str, str]]:
    table = {
        "rsassa_pkcs1v15": ("rsassa_pkcs1v15", ""),
        "ecdsa": ("ecdsa", ""),
        "1.2.840.10045.2.1": ("ecdsa", ""),
    }
    for digest in HASHES:
        table[f"{digest}_rsa"] = ("rsassa_pkcs1v15", digest)
        table[f"{digest}_ecdsa"] = ("ecdsa", digest)
    return table


_SCHEMES = _schemes()


def is_signed_by(key: bytes, algorithm: Algorithm, message: bytes, signature: bytes) -> bool:
    """Say whether the holder of `key` signed `message`.

    Args:
        key: SubjectPublicKeyInfo, DER.
        algorithm: As stated beside the signature.
        message: What was signed.
        signature: For ECDSA the DER sequence of r and s.

    Raises:
        UnknownAlgorithmError: The key or hash is none this program can verify with.
        CounterError: CARD_PROTOCOL, the key is broken.
    """
    if algorithm.digest not in HASHES:
        raise UnknownAlgorithmError(algorithm.digest)
    if algorithm.scheme == "ecdsa":
        curve, point = elliptic_key(key)
        numbers = ecdsa_numbers(signature)
        if numbers is None:
            return False
        digest = hashlib.new(algorithm.digest, message).digest()
        return is_ecdsa(curve, point, digest, *numbers)
    return _is_rsa(key, algorithm, message, signature)


def _is_rsa(key: bytes, algorithm: Algorithm, message: bytes, signature: bytes) -> bool:
    numbers = rsa_numbers(key)
    digest = HASHES[algorithm.digest]
    scheme: padding.AsymmetricPadding = padding.PKCS1v15()
    if algorithm.scheme == "rsassa_pss":
        if algorithm.mask_digest not in HASHES:
            raise UnknownAlgorithmError(algorithm.mask_digest)
        scheme = padding.PSS(padding.MGF1(HASHES[algorithm.mask_digest]), algorithm.salt_bytes)
    try:
        numbers.public_key().verify(signature, message, scheme, digest)
    except InvalidSignature:
        return False
    except (ValueError, UnsupportedAlgorithm, OverflowError) as error:
        raise UnknownAlgorithmError("rsa") from error
    return True


def rsa_numbers(key: bytes) -> RSAPublicNumbers:
    """Return the modulus and exponent of a SubjectPublicKeyInfo.

    Raises:
        UnknownAlgorithmError: It is no RSA key, or longer than any document has.
        CounterError: CARD_PROTOCOL.
    """
    with reading("rsa key"):
        info = PublicKeyInfo.load(key)
        if info["algorithm"]["algorithm"].native not in RSA_KEYS:
            raise UnknownAlgorithmError("key")
        parsed = info["public_key"].parsed
        modulus, exponent = parsed["modulus"].native, parsed["public_exponent"].native
    if not 512 <= modulus.bit_length() <= MOST_RSA_BITS or exponent.bit_length() > 64:
        raise UnknownAlgorithmError("rsa")
    return RSAPublicNumbers(exponent, modulus)


def elliptic_key(key: bytes) -> tuple[Curve, Point]:
    """Return the curve and point of a SubjectPublicKeyInfo, with named or explicit parameters.

    Explicit parameters are accepted when they are those of a standardised curve, generator
    included: a key with its own generator could make any signature come out right.

    Raises:
        UnknownAlgorithmError: The curve is not a standardised one.
        CounterError: CARD_PROTOCOL.

    Source: ICAO Doc 9303-12, section 4.1.6.3; RFC 5639; CVE-2020-0601 for the generator.
    """
    algorithm, encoded = tlv.need(key, 0x30, 0x30), tlv.need(key, 0x30, 0x03)[1:]
    parts = list(tlv.objects(algorithm))
    if len(parts) < 2 or parts[0].value not in (ELLIPTIC_KEY, STANDARDISED):
        raise UnknownAlgorithmError("key")
    with reading("ec key"):
        curve = _curve_of(parts[1])
        return curve, curve.decode(encoded)


def _curve_of(parameters: tlv.Tlv) -> Curve:
    match parameters.tag:
        case 0x02:
            return _known(CURVES.get(int.from_bytes(parameters.value, "big")))
        case 0x06:
            return _known(CURVES.get(NAMED_CURVES.get(parameters.value, 0)))
        case 0x30:
            return _explicit(parameters.value)
        case _:
            raise UnknownAlgorithmError("implicit curve")


def _known(curve: Curve | None) -> Curve:
    if curve is None:
        raise UnknownAlgorithmError("curve")
    return curve


def _explicit(parameters: bytes) -> Curve:
    # SEQUENCE { version, fieldID { identifier, prime }, curve { a, b }, base, order, [cofactor] }
    parts = list(tlv.objects(parameters))
    if len(parts) < 5:
        raise UnknownAlgorithmError("curve")
    field, coefficients = (list(tlv.objects(part.value)) for part in parts[1:3])
    prime = int.from_bytes(field[1].value, "big")
    for curve in CURVES.values():
        if curve.prime == prime:
            a, b = (int.from_bytes(item.value, "big") for item in coefficients[:2])
            order = int.from_bytes(parts[4].value, "big")
            base = _point(curve, parts[3].value)
            if (a, b, base, order) == (curve.a, curve.b, curve.generator, curve.order):
                return curve
    raise UnknownAlgorithmError("curve")


def _point(curve: Curve, encoded: bytes) -> Point:
    if encoded[:1] in (b"\x02", b"\x03"):
        # A compressed generator is compared by x and parity.
        x, y = int.from_bytes(encoded[1:], "big"), curve.generator[1]
        return x, y if y % 2 == encoded[0] % 2 else curve.prime - y
    return curve.decode(encoded)


def ecdsa_numbers(signature: bytes) -> tuple[int, int] | None:
    """Return r and s of a signature written as a DER sequence; None when it is none."""
    try:
        parts = list(tlv.objects(tlv.need(signature, 0x30)))
    except CounterError:
        return None
    if len(parts) != 2 or any(part.tag != 0x02 for part in parts):
        return None
    return int.from_bytes(parts[0].value, "big"), int.from_bytes(parts[1].value, "big")


def is_ecdsa(curve: Curve, point: Point, digest: bytes, r: int, s: int) -> bool:
    """Verify an ECDSA signature over any curve.

    Source: SEC 1 version 2, section 4.1.4.
    """
    n = curve.order
    if not (0 < r < n and 0 < s < n):
        return False
    number = int.from_bytes(digest, "big") >> max(0, len(digest) * 8 - n.bit_length())
    inverse = pow(s, -1, n)
    try:
        x, _ = curve.combine(number * inverse % n, r * inverse % n, point)
    except ValueError:
        return False
    return x % n == r
