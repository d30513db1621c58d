"""How chips that others made prove that they are no copies, and how their states sign."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable
from functools import cache

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dh, ec, rsa
from cryptography.utils import CryptographyDeprecationWarning

from counter_app.devices.card.crypto.domain_parameters import GROUPS
from counter_app.domain.travel_document import CheckReason, CheckState, CheckVerdict, ChipCheck
from tests.contract.card.foreign import document as doc
from tests.contract.card.foreign.passport import ForeignPassport, Habits
from tests.contract.card.foreign.secure import Keys, ber
from tests.contract.card.test_foreign_passports import PLAIN, assert_whole, files, read

KINDS = {1: "3des", 2: "aes128", 3: "aes192", 4: "aes256"}
DER = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def identifier(*arcs: int) -> bytes:
    return ber("06", bytes.fromhex("04007F00070202") + bytes(arcs))


def group14(*entries: bytes) -> bytes:
    return ber("6E", ber("31", *entries))


def original(card: ForeignPassport) -> CheckVerdict:
    chip = read(card)
    assert_whole(chip)
    return chip.verdict(ChipCheck.ORIGINAL)


def modular_key(number: int, *, has_order: bool) -> tuple[dh.DHPrivateKey, bytes]:
    known = GROUPS[number]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        order = known.order if has_order else None
        group = dh.DHParameterNumbers(known.prime, known.generator, order)
        key = group.parameters().generate_private_key()
        return key, key.public_key().public_bytes(*DER)


def modular_agreement(key: dh.DHPrivateKey, kind: str) -> Callable[[bytes], Keys]:
    numbers = key.private_numbers()
    prime = numbers.public_numbers.parameter_numbers.p

    def agree(theirs: bytes) -> Keys:
        shared = pow(int.from_bytes(theirs, "big"), numbers.x, prime)
        return Keys.derive(kind, shared.to_bytes((prime.bit_length() + 7) // 8, "big"))

    return agree


@pytest.mark.parametrize("cipher", [1, 2, 3, 4])
@pytest.mark.parametrize("has_order", [True, False])
def test_a_chip_with_a_modular_key_is_proven(cipher: int, has_order: bool) -> None:
    key, public = modular_key(2, has_order=has_order)
    entries = (
        ber("30", identifier(1, 1), public, b"\x02\x01\x07"),
        ber("30", identifier(3, 1, cipher), b"\x02\x01\x01", b"\x02\x01\x07"),
    )
    card = ForeignPassport(
        files({14: group14(*entries)}),
        doc.KEY,
        agreement=modular_agreement(key, KINDS[cipher]),
    )
    assert original(card).state is CheckState.VERIFIED


@pytest.mark.parametrize(
    ("of_key", "of_way"), [(b"\x02\x01\x05", b""), (b"", b"\x02\x01\x05"), (b"", b"")]
)
def test_a_key_is_found_where_only_one_side_is_numbered(of_key: bytes, of_way: bytes) -> None:
    key, public = modular_key(0, has_order=True)
    entries = (
        ber("30", identifier(1, 1), public, of_key),
        ber("30", identifier(3, 1, 2), b"\x02\x01\x01", of_way),
    )
    card = ForeignPassport(
        files({14: group14(*entries)}), doc.KEY, agreement=modular_agreement(key, "aes128")
    )
    assert original(card).state is CheckState.VERIFIED


def test_a_chip_that_has_not_the_modular_key_is_a_copy() -> None:
    _, public = modular_key(1, has_order=True)
    other, _ = modular_key(1, has_order=True)
    entries = (ber("30", identifier(1, 1), public), ber("30", identifier(3, 1, 2), b"\x02\x01\x01"))
    card = ForeignPassport(
        files({14: group14(*entries)}), doc.KEY, agreement=modular_agreement(other, "aes128")
    )
    verdict = original(card)
    assert (verdict.state, verdict.reason) == (CheckState.FAILED, CheckReason.PROOF_WRONG)


@pytest.mark.parametrize("cipher", [1, 4])
def test_a_key_without_its_protocol_or_beside_others_is_proven(cipher: int) -> None:
    key = ec.generate_private_key(ec.BrainpoolP384R1())

    def agree(theirs: bytes) -> Keys:
        public = ec.EllipticCurvePublicKey.from_encoded_point(key.curve, theirs)
        return Keys.derive(KINDS[cipher], key.exchange(ec.ECDH(), public))

    named = ber("30", identifier(1, 2), key.public_key().public_bytes(*DER))
    way = ber("30", identifier(3, 2, cipher), b"\x02\x01\x01")
    unknown = ber("30", ber("06", bytes.fromhex("2A0304")), b"\x02\x01\x01")
    entries = (unknown, named) if cipher == 1 else (way, unknown, named)
    card = ForeignPassport(files({14: group14(*entries)}), doc.KEY, agreement=agree)
    assert original(card).state is CheckState.VERIFIED


@pytest.mark.parametrize(
    ("curve", "digest"),
    [
        (ec.SECP256R1(), hashes.SHA256()),
        (ec.SECP224R1(), hashes.SHA1()),
        (ec.BrainpoolP512R1(), hashes.SHA512()),
        (ec.SECP521R1(), hashes.SHA384()),
    ],
)
@pytest.mark.parametrize("is_plain", [True, False])
def test_an_elliptic_signature_without_a_named_algorithm_is_verified(
    curve: ec.EllipticCurve, digest: hashes.HashAlgorithm, is_plain: bool
) -> None:
    key = ec.generate_private_key(curve)
    width = (curve.key_size + 7) // 8

    def sign(challenge: bytes) -> bytes:
        sequence = key.sign(challenge, ec.ECDSA(digest))
        if not is_plain:
            return sequence
        from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

        return b"".join(v.to_bytes(width, "big") for v in decode_dss_signature(sequence))

    group15 = ber("6F", key.public_key().public_bytes(*DER))
    card = ForeignPassport(files({15: group15}), doc.KEY, active=sign)
    assert original(card).state is CheckState.VERIFIED
    copy = ForeignPassport(files({15: group15}), doc.KEY, active=lambda data: sign(data[::-1]))
    assert original(copy).state is CheckState.FAILED


def test_attributes_that_are_stored_unsorted_are_verified() -> None:
    held = files()
    sod = held[0x011D]
    begin = sod.index(bytes.fromhex("06092A864886F70D010903")) - 2
    end = begin + sod[begin - 1]
    attributes, at = [], begin
    while at < end:
        attributes.append(sod[at : at + 2 + sod[at + 1]])
        at += len(attributes[-1])
    held[0x011D] = sod[:begin] + b"".join(reversed(attributes)) + sod[end:]
    assert held[0x011D] != sod
    assert_whole(read(ForeignPassport(held, doc.KEY), PLAIN))


@cache
def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def recoverable(key: rsa.RSAPrivateKey, digest: str) -> Callable[[bytes], bytes]:
    """Sign with partial recovery, as chips with RSA keys do."""
    numbers = key.private_numbers()
    modulus = numbers.public_numbers.n
    size = (modulus.bit_length() + 7) // 8
    trailer = {"sha1": b"\xbc", "sha256": b"\x34\xcc", "sha512": b"\x35\xcc"}[digest]

    def sign(challenge: bytes) -> bytes:
        room = size - hashlib.new(digest).digest_size - len(trailer) - 1
        own = bytes(range(256))[: room % 256].rjust(room, b"\x5a")
        stated = hashlib.new(digest, own + challenge).digest()
        block = int.from_bytes(b"\x6a" + own + stated + trailer, "big")
        return pow(block, numbers.d, modulus).to_bytes(size, "big")

    return sign


@pytest.mark.parametrize("digest", ["sha1", "sha256", "sha512"])
@pytest.mark.parametrize("bits", [1024, 2048, 4096])
@pytest.mark.parametrize("is_fetched", [True, False])
def test_a_recoverable_signature_is_verified(bits: int, digest: str, is_fetched: bool) -> None:
    key = rsa_key(bits)
    group15 = ber("6F", key.public_key().public_bytes(*DER))
    card = ForeignPassport(
        files({15: group15}),
        doc.KEY,
        Habits(fetched=is_fetched),
        active=recoverable(key, digest),
    )
    assert original(card).state is CheckState.VERIFIED


def test_a_portrait_beyond_32_kilobytes_is_read_whole() -> None:
    picture = doc.group2(doc.template(doc.record(doc.jpeg(400, 95))))
    assert len(picture) > 0x10000
    chip = read(ForeignPassport(files({2: picture}), doc.KEY))
    assert_whole(chip)
