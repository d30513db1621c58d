"""Judging the electronic seal of a file with pyHanko's validator.

Source: ETSI EN 319 102-1 for what makes a seal good; ISO 32000-1, 12.8.2.2 for later changes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import datetime

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from counter_app.domain.paper_verdict import PaperFault
from counter_app.formats.signed_pdf import BAD_FILE, BAD_SIGNATURE
from counter_app.receipt.seal import to_asn1
from counter_app.receipt.seal_bytes import (
    is_end_as_written,
    is_place_as_written,
    known_certificates,
)
from counter_app.receipt.trust import Trust, sealer_of

_HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)


@dataclass(frozen=True, slots=True)
class SealReport:
    """What the seal says."""

    faults: tuple[PaperFault, ...]
    name: str = ""
    branch_code: str = ""
    is_demonstration: bool = False


def judge_seal(data: bytes, trust: Trust, now: datetime) -> SealReport:
    """Judge the one seal a paper has; a file that cannot be taken apart is damaged or tampered."""
    try:
        reader = PdfFileReader(io.BytesIO(data))
        seals = list(reader.embedded_regular_signatures)
    except BAD_FILE:
        return SealReport((PaperFault.FILE_DAMAGED,))
    if not seals:
        was_sealed = b"/ByteRange" in data
        fault = PaperFault.CHANGED_AFTER_SEALING if was_sealed else PaperFault.UNSIGNED
        return SealReport((fault,))
    try:
        proved_at = _proved_time(list(reader.embedded_timestamp_signatures), trust, now)
        report, status = _judge(seals, trust, now, proved_at)
        if report.faults or _is_as_written(data, seals[0], status, trust):
            return report
        return replace(report, faults=(PaperFault.CHANGED_AFTER_SEALING,))
    except (pikepdf.PdfError, *BAD_SIGNATURE):
        return SealReport((PaperFault.CONTENT_CHANGED,))


def _is_as_written(
    data: bytes, seal: EmbeddedPdfSignature, status: PdfSignatureStatus, trust: Trust
) -> bool:
    """Judge the bytes that a good seal itself does not cover."""
    roots = [to_asn1(root) for root in trust.roots]
    known = known_certificates(status.validation_path or (), roots)
    return is_place_as_written(data, seal, known) and is_end_as_written(data, seal)


def _judge(
    seals: list[EmbeddedPdfSignature], trust: Trust, now: datetime, proved_at: datetime | None
) -> tuple[SealReport, PdfSignatureStatus]:
    seal = seals[0]
    certificate = x509.load_der_x509_certificate(seal.signer_cert.dump())
    sealer = sealer_of(certificate)
    said_at = seal.self_reported_timestamp or now
    status = validate_pdf_signature(seal, _context(trust, certificate, said_at))
    faults = [
        *_seal_faults(status, is_only_one=len(seals) == 1),
        *_certificate_faults(status, certificate, trust, [said_at, proved_at or now]),
    ]
    named = (sealer.name, sealer.branch_code, sealer.is_demonstration)
    return SealReport(tuple(faults), *named), status


def _seal_faults(status: PdfSignatureStatus, *, is_only_one: bool) -> list[PaperFault]:
    if not (status.intact and status.valid):
        return [PaperFault.CONTENT_CHANGED]
    is_untouched = (
        is_only_one
        and status.docmdp_ok
        and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
        and status.modification_level in _HARMLESS
    )
    return [] if is_untouched else [PaperFault.CHANGED_AFTER_SEALING]


def _certificate_faults(
    status: PdfSignatureStatus,
    certificate: x509.Certificate,
    trust: Trust,
    must_fit: list[datetime],
) -> list[PaperFault]:
    """Judge the certificate at the time the seal states and at the time that can be proved.

    The validator looks at the chain of a good seal only. Without a trusted timestamp the only time
    that can be proved is now; with one, the certificate may have ended since.
    """
    if not (status.intact and status.valid):
        return []
    if not status.trusted:
        return [PaperFault.UNKNOWN_SEALER]
    if _is_revoked(certificate, trust):
        return [PaperFault.CERTIFICATE_REVOKED]
    starts, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not all(starts <= moment <= ends for moment in must_fit):
        return [PaperFault.CERTIFICATE_EXPIRED]
    return []


def _proved_time(
    stamps: list[EmbeddedPdfSignature], trust: Trust, now: datetime
) -> datetime | None:
    """Return the first time that a trusted document timestamp proves the file to be older than."""
    roots = [to_asn1(root) for root in trust.roots]
    times = []
    for stamp in stamps:
        context = ValidationContext(trust_roots=roots, moment=now, allow_fetching=False)
        status = validate_pdf_timestamp(stamp, context)
        if status.valid and status.intact and status.trusted:
            times.append(status.timestamp)
    return min(times, default=None)


def _context(trust: Trust, certificate: x509.Certificate, said_at: datetime) -> ValidationContext:
    """Ask only for the chain here; validity in time is judged by `_certificate_faults`."""
    starts, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    moment = min(max(said_at, starts), ends)
    roots = [to_asn1(root) for root in trust.roots]
    return ValidationContext(trust_roots=roots, moment=moment, allow_fetching=False)


def _is_revoked(certificate: x509.Certificate, trust: Trust) -> bool:
    for crl in trust.revoked:
        issuers = [root for root in trust.roots if root.subject == crl.issuer]
        if any(_has_signed(root, crl) for root in issuers):
            entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if entry is not None and crl.issuer == certificate.issuer:
                return True
    return False


def _has_signed(root: x509.Certificate, crl: x509.CertificateRevocationList) -> bool:
    key = root.public_key()
    if not isinstance(key, (rsa.RSAPublicKey, ec.EllipticCurvePublicKey)):
        return False
    return crl.is_signature_valid(key)
