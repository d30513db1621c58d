"""Are the bytes of a seal, and what follows the sealed bytes, exactly what may stand there?

A seal covers the whole file but its own place. A validator reads what it needs from that place and
passes over the rest: spare room, another spelling of the digits, unsigned attributes, certificates
nobody asked for. Nothing of that may be changed unseen either.
Source: ISO 32000-1, 12.8.1 (byte range); RFC 5652, 5.1 and 5.3 (SignedData, SignerInfo).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

import pikepdf
from asn1crypto import cms
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_END = re.compile(rb"%%EOF(?:\r\n|\r|\n)?\Z")
_OBJECT = re.compile(rb"\b\d+ \d+ obj\b.*?\bendobj\b", re.DOTALL)
_UPDATES = re.compile(
    rb"(?:\s*(?:xref[\d\s fn]*trailer\s*<<(?:(?!/Encrypt)[^%])*>>)?\s*startxref\s+\d+\s+%%EOF)+\s*"
)
"""What is left of whole updates without their objects: tables, and where they begin."""
_MOVING_INFO = frozenset({"/ModDate", "/Producer"})
_MOVING_XMP = frozenset(
    {
        "{http://ns.adobe.com/xap/1.0/}ModifyDate",
        "{http://ns.adobe.com/xap/1.0/}MetadataDate",
        "{http://ns.adobe.com/pdf/1.3/}Producer",
    }
)


def is_place_as_written(data: bytes, seal: EmbeddedPdfSignature, known: Iterable[bytes]) -> bool:
    """Say whether the seal's own place holds one signature, spelled in one way, and zeros.

    Args:
        data: The whole file.
        seal: The seal, already found good by the validator.
        known: DER of the certificates that may be in the seal beside the signer's.
    """
    start, end = _place(seal)
    digits = data[start + 1 : end - 1]
    try:
        held = bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return False
    if data[start : start + 1] != b"<" or data[end - 1 : end] != b">":
        return False
    if digits not in {held.hex().encode(), held.hex().upper().encode()}:
        return False
    content = cms.ContentInfo.load(held)
    message = content.dump(force=True)
    spare = held[len(message) :]
    return held.startswith(message) and not any(spare) and _is_plain(seal, set(known))


def _place(seal: EmbeddedPdfSignature) -> tuple[int, int]:
    numbers = [int(number) for number in seal.byte_range]
    if len(numbers) != 4 or numbers[0] != 0:
        raise ValueError("the seal covers the file in another way")
    return numbers[1], numbers[2]


def _is_plain(seal: EmbeddedPdfSignature, known: set[bytes]) -> bool:
    """Say whether the parts that no signature covers are the ones every seal of ours has."""
    signed, signer = seal.signed_data, seal.signer_info
    named = signer["sid"].chosen
    others = {entry.dump() for entry in signed["certificates"]} - {seal.signer_cert.dump()}
    return (
        signed["version"].native == signer["version"].native == "v1"
        and len(signed["digest_algorithms"]) == 1
        and signed["digest_algorithms"][0].dump() == signer["digest_algorithm"].dump()
        and not signed["crls"].native
        and not signer["unsigned_attrs"].native
        and named["issuer"].dump() == seal.signer_cert.issuer.dump()
        and others <= known
    )


def is_end_as_written(data: bytes, seal: EmbeddedPdfSignature) -> bool:
    """Say whether nothing follows the sealed bytes but whole updates with validation data."""
    sealed_to = int(seal.byte_range[2]) + int(seal.byte_range[3])
    if sealed_to == len(data):
        return True
    if seal.reader.xrefs.total_revisions <= seal.signed_revision + 1 or not _END.search(data):
        return False
    is_plain = _UPDATES.fullmatch(_OBJECT.sub(b"", data[sealed_to:])) is not None
    is_meant = "/DSS" in seal.reader.root
    return is_plain and is_meant and _is_described_alike(data[:sealed_to], data)


def _is_described_alike(sealed: bytes, longer: bytes) -> bool:
    """Compare title and other descriptions, without the time and the tool of the last update."""
    with pikepdf.open(io.BytesIO(sealed)) as old, pikepdf.open(io.BytesIO(longer)) as new:
        return _info(old) == _info(new) and _xmp(old) == _xmp(new)


def _info(pdf: pikepdf.Pdf) -> dict[str, str]:
    return {key: str(value) for key, value in pdf.docinfo.items() if key not in _MOVING_INFO}


def _xmp(pdf: pikepdf.Pdf) -> dict[str, str]:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as found:
        return {key: str(value) for key, value in found.items() if key not in _MOVING_XMP}
