"""Certificates of document signers and country signing authorities.

Source: RFC 5280; ICAO Doc 9303-12, section 7.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import x509

from counter_app.devices.card.crypto.signatures import (
    Algorithm,
    algorithm_of,
    is_signed_by,
    reading,
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What this program needs of a certificate.

    Attributes:
        subject: Name prepared for comparison.
        issuer: Name prepared for comparison.
        serial: Serial number.
        key_id: Subject key identifier, or empty.
        issuer_key_id: Key identifier of the issuer, or empty.
        country: Two upper-case letters, or empty.
        common_name: For the screen; may be empty.
        public_key: SubjectPublicKeyInfo, DER.
        not_before: Aware UTC time.
        not_after: Aware UTC time.
        signed: The part that is signed, DER.
    """

    subject: str
    issuer: str
    serial: int
    key_id: bytes
    issuer_key_id: bytes
    country: str
    common_name: str
    public_key: bytes = field(repr=False)
    not_before: datetime
    not_after: datetime
    signed: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    _stated: x509.SignedDigestAlgorithm = field(repr=False, compare=False)

    def algorithm(self) -> Algorithm:
        """Return how it is signed.

        Raises:
            UnknownAlgorithmError: In a way this program does not know.
            CounterError: CARD_PROTOCOL.
        """
        with reading("signature algorithm"):
            return algorithm_of(self._stated)

    def is_issued_by(self, issuer: Certificate) -> bool:
        """Say whether the issuer's key made this certificate's signature.

        Raises:
            UnknownAlgorithmError: The algorithm or the issuer's key is unknown.
            CounterError: CARD_PROTOCOL, the issuer's key is broken.
        """
        return is_signed_by(issuer.public_key, self.algorithm(), self.signed, self.signature)

    def names_as_issuer(self, issuer: Certificate) -> bool:
        """Say whether this certificate points to the issuer by key identifier or by name."""
        by_key = bool(self.issuer_key_id) and self.issuer_key_id == issuer.key_id
        return by_key or self.issuer == issuer.subject


def parse_certificate(encoded: bytes) -> Certificate:
    """Read a certificate.

    Args:
        encoded: DER.

    Raises:
        CounterError: CARD_PROTOCOL, it is broken.
    """
    with reading("certificate"):
        whole = x509.Certificate.load(encoded, strict=True)
        body = whole["tbs_certificate"]
        name = body["subject"].native
        return Certificate(
            subject=body["subject"].hashable,
            issuer=body["issuer"].hashable,
            serial=body["serial_number"].native,
            key_id=whole.key_identifier or b"",
            issuer_key_id=whole.authority_key_identifier or b"",
            country=_text(name.get("country_name")).upper(),
            common_name=_text(name.get("common_name")),
            public_key=body["subject_public_key_info"].dump(),
            not_before=body["validity"]["not_before"].native,
            not_after=body["validity"]["not_after"].native,
            signed=body.dump(),
            signature=whole["signature_value"].native,
            _stated=whole["signature_algorithm"],
        )


def _text(value: object) -> str:
    # A name that states an attribute twice comes as a list.
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, str) else ""
