"""Certificates between the two libraries that read them."""

from __future__ import annotations

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


def to_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """Turn a certificate into the form pyHanko works with."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
