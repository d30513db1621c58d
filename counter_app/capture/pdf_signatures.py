"""Who signed an electronic letter, and whether the signature holds.

Everything is judged offline: the chain to a trusted root, and revocation by what the file itself
carries (its validation data, the signature's own) and by the lists beside the roots. The
certificate is judged at the time that the signature itself states.

Source: ISO 32000-1, 12.8; ETSI EN 319 142-1 for what may change after a signature and, 5.4, for
validation data in the file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import pem, x509
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from counter_app.capture.pdf_validation_data import both, of_file, of_signature
from counter_app.domain.electronic_signature import ElectronicSignature, SignatureVerdict
from counter_app.formats.revocation import Revocation, RevocationProofs, lists_in, revocation_of
from counter_app.formats.signed_pdf import BAD_SIGNATURE

_MAY_BE_REVOKED = frozenset({SignatureVerdict.GOOD, SignatureVerdict.OUT_OF_TIME})


def judge_signatures(data: bytes, roots: Path | None) -> tuple[ElectronicSignature, ...]:
    """Judge every signature of a PDF file, in the order of signing.

    Args:
        data: The file.
        roots: A folder of certificates (`*.pem`, `*.cer`, `*.crt`) of the authorities that are
            believed, and of their revocation lists (`*.crl`, `revoked/*.crl`); None believes
            nobody.

    Returns:
        Empty for a file that nobody signed; one of verdict BROKEN for a file that had a
        signature but cannot be taken apart.
    """
    try:
        reader = PdfFileReader(io.BytesIO(data))
        found = list(reader.embedded_regular_signatures)
        ground = _ground(reader, roots)
        last = len(found) - 1
        signatures = tuple(
            _judged(each, ground, is_last=place == last) for place, each in enumerate(found)
        )
    except BAD_SIGNATURE:
        signatures = ()
    if not signatures and b"/ByteRange" in data:
        return (ElectronicSignature("", SignatureVerdict.BROKEN),)
    return signatures


def _certificates(folder: Path | None) -> Iterator[x509.Certificate]:
    paths = sorted(folder.iterdir()) if folder is not None and folder.is_dir() else ()
    for path in paths:
        if path.suffix.lower() not in (".pem", ".cer", ".crt"):
            continue
        content = path.read_bytes()
        if not pem.detect(content):
            yield x509.Certificate.load(content)
            continue
        for _, _, der in pem.unarmor(content, multiple=True):
            yield x509.Certificate.load(der)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a signature is judged by: believed authorities, further certificates, revocations."""

    trusted: tuple[x509.Certificate, ...]
    others: tuple[x509.Certificate, ...]
    proofs: RevocationProofs


def _ground(reader: PdfFileReader, roots: Path | None) -> _Ground:
    others, carried = of_file(reader)
    beside = RevocationProofs(tuple(lists_in(roots)) if roots is not None else ())
    return _Ground(tuple(_certificates(roots)), others, both(carried, beside))


def _judged(found: EmbeddedPdfSignature, ground: _Ground, *, is_last: bool) -> ElectronicSignature:
    name = _common_name(found.signer_cert)
    said_at = found.self_reported_timestamp
    try:
        status = validate_pdf_signature(found, _context(found.signer_cert, ground, said_at))
        revocation = _revocation(found, status, ground)
    except BAD_SIGNATURE:
        return ElectronicSignature(name, SignatureVerdict.BROKEN, said_at)
    verdict = _verdict(status, found.signer_cert, said_at, is_last=is_last)
    if verdict in _MAY_BE_REVOKED and revocation is Revocation.REVOKED:
        verdict = SignatureVerdict.REVOKED
    is_known = revocation is not Revocation.UNKNOWN
    return ElectronicSignature(name, verdict, said_at, is_known)


def _revocation(
    found: EmbeddedPdfSignature, status: PdfSignatureStatus, ground: _Ground
) -> Revocation:
    if not status.trusted or status.validation_path is None:
        return Revocation.UNKNOWN
    path = [load_der_x509_certificate(each.dump()) for each in status.validation_path]
    proofs = both(ground.proofs, of_signature(found))
    return revocation_of(path, proofs, found.self_reported_timestamp)


def _verdict(
    status: PdfSignatureStatus,
    certificate: x509.Certificate,
    said_at: datetime | None,
    *,
    is_last: bool,
) -> SignatureVerdict:
    if not (status.intact and status.valid):
        return SignatureVerdict.BROKEN
    if not _is_untouched(status, is_last=is_last):
        return SignatureVerdict.CHANGED_AFTERWARDS
    if not status.trusted:
        return SignatureVerdict.UNKNOWN_AUTHORITY
    if said_at is not None and not _starts(certificate) <= said_at <= _ends(certificate):
        return SignatureVerdict.OUT_OF_TIME
    return SignatureVerdict.GOOD


def _is_untouched(status: PdfSignatureStatus, *, is_last: bool) -> bool:
    """Later signatures may follow an earlier one; nothing but validation data the last."""
    level = status.modification_level
    allowed = {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES}
    if not is_last:
        allowed.add(ModificationLevel.FORM_FILLING)
    covers = status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    return covers and bool(status.docmdp_ok) and level in allowed


def _context(
    certificate: x509.Certificate, ground: _Ground, said_at: datetime | None
) -> ValidationContext:
    """Ask only for the chain; time and revocation are judged apart."""
    moment = min(max(said_at or _ends(certificate), _starts(certificate)), _ends(certificate))
    return ValidationContext(
        trust_roots=ground.trusted,
        other_certs=list(ground.others),
        moment=moment,
        allow_fetching=False,
    )


def _starts(certificate: x509.Certificate) -> datetime:
    starts: datetime = certificate["tbs_certificate"]["validity"]["not_before"].native
    return starts


def _ends(certificate: x509.Certificate) -> datetime:
    ends: datetime = certificate["tbs_certificate"]["validity"]["not_after"].native
    return ends


def _common_name(certificate: x509.Certificate) -> str:
    named: dict[str, object] = certificate.subject.native
    text = named.get("common_name") or named.get("organization_name") or ""
    return str(text[-1] if isinstance(text, list) else text)
