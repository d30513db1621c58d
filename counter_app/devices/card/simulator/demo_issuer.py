"""The demonstration country Utopia: its signing authority and document signers.

The authority's key is no secret, so that a simulator in one process and a reader in another agree
on it: whoever trusts this authority trusts everybody. It is never trusted in production.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from counter_app.devices.card import tlv

COUNTRY = "UT"
AUTHORITY_SEED = b"counter_app demonstration country signing authority"
SHA_256 = tlv.encode(0x30, tlv.encode(0x06, bytes.fromhex("608648016503040201")))
ECDSA_SHA_256 = tlv.encode(0x30, tlv.encode(0x06, bytes.fromhex("2A8648CE3D040302")))
SIGNED_DATA = bytes.fromhex("2A864886F70D010702")
CONTENT_TYPE = bytes.fromhex("2A864886F70D010903")
MESSAGE_DIGEST = bytes.fromhex("2A864886F70D010904")
DOCUMENT_OBJECT = bytes.fromhex("678108010101")
CHIP_OBJECT = bytes.fromhex("04007F0007030201")
FOUNDED = datetime(2020, 1, 1, tzinfo=UTC)
CLOSES = datetime(2060, 1, 1, tzinfo=UTC)


def _authority_key() -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(hashlib.sha256(AUTHORITY_SEED).digest(), "big") >> 8
    return ec.derive_private_key(number, ec.SECP256R1())


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, COUNTRY),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Utopia"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


AUTHORITY_NAME = "Demonstration CSCA"


def demo_authority() -> bytes:
    """Return the certificate of the demonstration authority, DER.

    It is made anew each time; key, name and key identifier stay the same.
    """
    key = _authority_key()
    builder = _builder(AUTHORITY_NAME, key.public_key(), FOUNDED, CLOSES).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _builder(
    subject: str, key: ec.EllipticCurvePublicKey, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    authority = _authority_key().public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(AUTHORITY_NAME))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority), critical=False
        )
    )


@dataclass(frozen=True, slots=True)
class DocumentSigner:
    """A key with a certificate of the demonstration authority, made for this run."""

    certificate: x509.Certificate
    _key: ec.EllipticCurvePrivateKey = field(repr=False)

    def security_object(self, groups: dict[int, bytes]) -> bytes:
        """Return EF.SOD over the data groups, tag 77 included."""
        hashed = b"".join(
            tlv.encode(
                0x30,
                tlv.encode(0x02, bytes([number]))
                + tlv.encode(0x04, hashlib.sha256(content).digest()),
            )
            for number, content in sorted(groups.items())
        )
        content = tlv.encode(0x30, b"\x02\x01\x00" + SHA_256 + tlv.encode(0x30, hashed))
        return tlv.encode(0x77, self.signed(DOCUMENT_OBJECT, content))

    def signed(self, content_type: bytes, content: bytes) -> bytes:
        """Return signed data over any content.

        Args:
            content_type: Encoded identifier, without tag and length.
            content: What is signed.
        """
        attributes = _attribute(CONTENT_TYPE, tlv.encode(0x06, content_type))
        attributes += _attribute(MESSAGE_DIGEST, tlv.encode(0x04, hashlib.sha256(content).digest()))
        signature = self._key.sign(tlv.encode(0x31, attributes), ec.ECDSA(hashes.SHA256()))
        serial = self.certificate.serial_number
        number = tlv.encode(0x02, serial.to_bytes(serial.bit_length() // 8 + 1, "big"))
        signer = (
            b"\x02\x01\x01"
            + tlv.encode(0x30, self.certificate.issuer.public_bytes() + number)
            + SHA_256
            + tlv.encode(0xA0, attributes)
            + ECDSA_SHA_256
            + tlv.encode(0x04, signature)
        )
        inner = tlv.encode(0x06, content_type) + tlv.encode(0xA0, tlv.encode(0x04, content))
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        data = (
            b"\x02\x01\x03"
            + tlv.encode(0x31, SHA_256)
            + tlv.encode(0x30, inner)
            + tlv.encode(0xA0, der)
            + tlv.encode(0x31, tlv.encode(0x30, signer))
        )
        whole = tlv.encode(0x06, SIGNED_DATA) + tlv.encode(0xA0, tlv.encode(0x30, data))
        return tlv.encode(0x30, whole)


def _attribute(identifier: bytes, value: bytes) -> bytes:
    return tlv.encode(0x30, tlv.encode(0x06, identifier) + tlv.encode(0x31, value))


def document_signer(now: datetime) -> DocumentSigner:
    """Make a document signer.

    Args:
        now: Aware UTC time; its certificate begins then.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(
        "Demonstration document signer", key.public_key(), now, now + timedelta(days=3650)
    )
    return DocumentSigner(builder.sign(_authority_key(), hashes.SHA256()), key)
