"""Judging the electronic seal of a file: by pyHanko's validator, or ours for SM2.

Source: ETSI EN 319 102-1 for what makes a seal good; ISO 32000-1, 12.8.2.2 for later changes.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from datetime import datetime

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from counter_app.domain.paper_verdict import PaperFault
from counter_app.formats.signed_pdf import BAD_FILE, BAD_SIGNATURE
from counter_app.receipt.certificates import to_asn1
from counter_app.receipt.seal_bytes import (
    is_end_as_written,
    is_place_as_written,
)
from counter_app.receipt.seal_status import SealStatus, of_library
from counter_app.receipt.sm2 import SIGNATURES, is_signed, sm2_key
from counter_app.receipt.trust import Trust, sealer_of
from counter_app.receipt.verify_sm2 import is_by_known_means, is_by_sm2, judge_sm2

_HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
_SUB_FILTER = re.compile(rb"/SubFilter\s*/([^\s/<>]+)")
_SUB_FILTERS = frozenset({b"ETSI.CAdES.detached", b"adbe.pkcs7.detached", b"ETSI.RFC3161"})
_GM_SIGNED_DATA = (b"060a2a811ccf550601040202", b"060A2A811CCF550601040202")
"""1.2.156.10197.6.1.4.2.2 as it stands in a seal's place."""


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
        is_foreign = _is_of_another_kind(data)
        fault = PaperFault.SEAL_NOT_JUDGED if is_foreign else PaperFault.FILE_DAMAGED
        return SealReport((fault,))
    if not seals:
        return SealReport((_fault_of_no_seal(data),))
    try:
        if not is_by_known_means(seals[0]):
            return SealReport((PaperFault.SEAL_NOT_JUDGED,))
        proved_at = _proved_time(list(reader.embedded_timestamp_signatures), trust, now)
        report, status = _judge(data, seals, trust, now, proved_at)
        if report.faults or _is_as_written(data, seals[0], status, trust):
            return report
        return replace(report, faults=(PaperFault.CHANGED_AFTER_SEALING,))
    except (pikepdf.PdfError, *BAD_SIGNATURE):
        return SealReport((PaperFault.CONTENT_CHANGED,))


def _is_as_written(
    data: bytes, seal: EmbeddedPdfSignature, status: SealStatus, trust: Trust
) -> bool:
    """Judge the bytes that a good seal itself does not cover."""
    roots = [to_asn1(root) for root in trust.roots]
    known = [entry.dump() for entry in (*status.path, *roots)]
    return is_place_as_written(data, seal, known) and is_end_as_written(data, seal)


def _fault_of_no_seal(data: bytes) -> PaperFault:
    if _is_of_another_kind(data):
        return PaperFault.SEAL_NOT_JUDGED
    was_sealed = b"/ByteRange" in data
    return PaperFault.CHANGED_AFTER_SEALING if was_sealed else PaperFault.UNSIGNED


def _is_of_another_kind(data: bytes) -> bool:
    """Say whether a seal that cannot be taken apart names a kind that is not ours.

    That is: another sub-filter, or the content types of GM/T 0010 in place of those of CMS.
    """
    named = set(_SUB_FILTER.findall(data))
    return bool(named - _SUB_FILTERS) or any(mark in data for mark in _GM_SIGNED_DATA)


def _judge(
    data: bytes,
    seals: list[EmbeddedPdfSignature],
    trust: Trust,
    now: datetime,
    proved_at: datetime | None,
) -> tuple[SealReport, SealStatus]:
    seal = seals[0]
    certificate = x509.load_der_x509_certificate(seal.signer_cert.dump())
    sealer = sealer_of(certificate)
    said_at = seal.self_reported_timestamp or now
    status = _status(data, seal, trust, certificate, said_at)
    faults = [
        *_seal_faults(status, is_only_one=len(seals) == 1),
        *_certificate_faults(status, certificate, trust, [said_at, proved_at or now]),
    ]
    named = (sealer.name, sealer.branch_code, sealer.is_demonstration)
    return SealReport(tuple(faults), *named), status


def _status(
    data: bytes,
    seal: EmbeddedPdfSignature,
    trust: Trust,
    certificate: x509.Certificate,
    said_at: datetime,
) -> SealStatus:
    if is_by_sm2(seal):
        return judge_sm2(data, seal, [to_asn1(root) for root in trust.roots], said_at)
    return of_library(validate_pdf_signature(seal, _context(trust, certificate, said_at)))


def _seal_faults(status: SealStatus, *, is_only_one: bool) -> list[PaperFault]:
    if not status.is_good:
        return [PaperFault.CONTENT_CHANGED]
    is_untouched = (
        is_only_one
        and status.is_permitted
        and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
        and status.changes in _HARMLESS
    )
    return [] if is_untouched else [PaperFault.CHANGED_AFTER_SEALING]


def _certificate_faults(
    status: SealStatus,
    certificate: x509.Certificate,
    trust: Trust,
    must_fit: list[datetime],
) -> list[PaperFault]:
    """Judge the certificate at the time the seal states and at the time that can be proved.

    The validator looks at the chain of a good seal only. Without a trusted timestamp the only time
    that can be proved is now; with one, the certificate may have ended since.
    """
    if not status.is_good:
        return []
    if not status.is_trusted:
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
    if crl.signature_algorithm_oid.dotted_string in SIGNATURES:
        sm2 = sm2_key(to_asn1(root).public_key)
        return sm2 is not None and is_signed(sm2, crl.tbs_certlist_bytes, crl.signature)
    key = root.public_key()
    if not isinstance(key, (rsa.RSAPublicKey, ec.EllipticCurvePublicKey)):
        return False
    return crl.is_signature_valid(key)
