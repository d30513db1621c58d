"""Certificates, revocation lists and answers that a signed PDF file carries along.

Source: ETSI EN 319 142-1, 5.4 (document security store); Adobe's signed attribute
1.2.840.113583.1.1.8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from asn1crypto import x509
from cryptography.x509 import load_der_x509_crl
from cryptography.x509.ocsp import load_der_ocsp_response
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import (
    MultivaluedAttributeError,
    NonexistentAttributeError,
    find_unique_cms_attribute,
)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from counter_app.formats.revocation import RevocationProofs

T = TypeVar("T")


def of_file(reader: PdfFileReader) -> tuple[tuple[x509.Certificate, ...], RevocationProofs]:
    """Return what the file's security store holds; nothing where there is none."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return (), RevocationProofs()
    lists = _streams(store.crls), _streams(store.ocsps)
    return tuple(store.load_certs()), _proofs(*lists)


def of_signature(signature: EmbeddedPdfSignature) -> RevocationProofs:
    """Return what the signature itself carries; nothing where it carries none."""
    try:
        archive = find_unique_cms_attribute(
            signature.signer_info["signed_attrs"], "adobe_revocation_info_archival"
        )
    except (NonexistentAttributeError, MultivaluedAttributeError):
        return RevocationProofs()
    return _proofs(
        (each.dump() for each in archive["crl"] or ()),
        (each.dump() for each in archive["ocsp"] or ()),
    )


def both(*found: RevocationProofs) -> RevocationProofs:
    """Return what several places hold, as one."""
    return RevocationProofs(
        tuple(each for proofs in found for each in proofs.lists),
        tuple(each for proofs in found for each in proofs.answers),
    )


def _streams(references: Iterable[object]) -> Iterator[bytes]:
    for reference in references:
        get = getattr(reference, "get_object", None)
        stream = get() if get is not None else reference
        yield bytes(getattr(stream, "data", b""))


def _proofs(lists: Iterable[bytes], answers: Iterable[bytes]) -> RevocationProofs:
    return RevocationProofs(
        tuple(_loaded(lists, load_der_x509_crl)), tuple(_loaded(answers, load_der_ocsp_response))
    )


def _loaded(found: Iterable[bytes], load: Callable[[bytes], T]) -> Iterator[T]:
    """Yield what can be read; a damaged list proves nothing and harms nobody."""
    for data in found:
        try:
            yield load(data)
        except ValueError:
            continue
