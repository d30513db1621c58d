"""Signed content: security objects of documents and chips, master lists.

Source: RFC 5652; ICAO Doc 9303-10, section 4.6.2 and Doc 9303-12, section 9.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

from asn1crypto import cms

from counter_app.devices.card import tlv
from counter_app.devices.card.crypto.certificate import Certificate, parse_certificate
from counter_app.devices.card.crypto.signatures import (
    HASHES,
    Algorithm,
    UnknownAlgorithmError,
    algorithm_of,
    is_signed_by,
    reading,
)
from counter_app.errors import CounterError, FailureCode

DOCUMENT_SECURITY_OBJECT = "2.23.136.1.1.1"
MASTER_LIST = "2.23.136.1.1.2"
CHIP_SECURITY_OBJECT = "0.4.0.127.0.7.3.2.1"


@dataclass(frozen=True, slots=True)
class SignedContent:
    """One signed content with its first signer.

    Attributes:
        content: What is signed.
        signer: The certificate of the signer, found inside.
        algorithm: How it is signed; None when this program does not know it.
        messages: What may be under the signature: the signed attributes as they are stored and
            sorted as they should be, or the content.
        states_digest: Whether the signed attributes state the content's hash and type rightly.
    """

    content: bytes = field(repr=False)
    signer: Certificate
    algorithm: Algorithm | None
    messages: tuple[bytes, ...] = field(repr=False)
    signature: bytes = field(repr=False)
    states_digest: bool

    def is_signed(self) -> bool:
        """Say whether the signature is the signer's and the content is what was signed.

        Raises:
            UnknownAlgorithmError: This program cannot verify it.
            CounterError: CARD_PROTOCOL, the signer's key is broken.
        """
        if self.algorithm is None:
            raise UnknownAlgorithmError("signer")
        key, algorithm = self.signer.public_key, self.algorithm
        is_right = any(
            is_signed_by(key, algorithm, message, self.signature) for message in self.messages
        )
        return is_right and self.states_digest


def parse_signed_content(encoded: bytes, content_type: str) -> SignedContent:
    """Read signed data.

    Args:
        encoded: ContentInfo, DER.
        content_type: Dotted identifier the content must have.

    Raises:
        CounterError: CARD_PROTOCOL, it is broken, of another type, or its signer is missing.
    """
    with reading("signed data"):
        info = cms.ContentInfo.load(encoded)
        if info["content_type"].native != "signed_data":
            raise CounterError(FailureCode.CARD_PROTOCOL, signed_data="type")
        data = info["content"]
        inner = data["encap_content_info"]
        if inner["content_type"].dotted != content_type or len(data["signer_infos"]) < 1:
            raise CounterError(FailureCode.CARD_PROTOCOL, signed_data="content type")
        # The octet string's own bytes; some signers write it in pieces.
        content = bytes(inner["content"])
        return _of_signer(data["signer_infos"][0], data["certificates"], content, content_type)


def _of_signer(
    info: cms.SignerInfo, certificates: cms.CertificateSet, content: bytes, content_type: str
) -> SignedContent:
    signer = _certificate_of(info["sid"], certificates)
    digest = info["digest_algorithm"]["algorithm"].native
    messages: tuple[bytes, ...] = (content,)
    states_digest = True
    if len(info["signed_attrs"]):
        messages = _under_signature(info["signed_attrs"].dump())
        states_digest = _states(info["signed_attrs"], digest, content, content_type)
    algorithm: Algorithm | None
    try:
        algorithm = algorithm_of(info["signature_algorithm"], digest)
    except UnknownAlgorithmError:
        algorithm = None
    return SignedContent(
        content, signer, algorithm, messages, info["signature"].native, states_digest
    )


def _under_signature(stored: bytes) -> tuple[bytes, ...]:
    # Signed as a SET, although it is stored under an implicit tag.
    attributes = [tlv.encode(item.tag, item.value) for item in tlv.objects(tlv.need(stored, 0xA0))]
    as_stored, in_order = b"\x31" + stored[1:], tlv.encode(0x31, b"".join(sorted(attributes)))
    return (as_stored,) if in_order == as_stored else (as_stored, in_order)


def _certificate_of(identifier: cms.SignerIdentifier, found: cms.CertificateSet) -> Certificate:
    certificates = [
        parse_certificate(item.chosen.dump()) for item in found if item.name == "certificate"
    ]
    chosen = identifier.chosen
    for certificate in certificates:
        if identifier.name == "subject_key_identifier":
            if certificate.key_id == chosen.native:
                return certificate
        elif certificate.serial == chosen["serial_number"].native:
            return certificate
    if len(certificates) == 1:
        return certificates[0]
    raise CounterError(FailureCode.CARD_PROTOCOL, signed_data="signer")


def _states(attributes: cms.CMSAttributes, digest: str, content: bytes, content_type: str) -> bool:
    if digest not in HASHES:
        return False
    stated = {item["type"].native: item["values"] for item in attributes}
    if "message_digest" not in stated or "content_type" not in stated:
        return False
    is_same_type = stated["content_type"][0].dotted == content_type
    found = stated["message_digest"][0].native
    return is_same_type and hmac.compare_digest(found, hashlib.new(digest, content).digest())
