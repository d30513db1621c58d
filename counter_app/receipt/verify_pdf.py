"""Judging a sealed file: the seal, what came after it, the record, and the page against both."""

from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import dataclass
from datetime import datetime

import pikepdf

from counter_app.domain.paper import NoticeRecord, ReceiptRecord, read_record
from counter_app.domain.paper_codec import MAX_BYTES
from counter_app.domain.paper_verdict import PaperFault, PaperForm, Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.receipt.code import CodeContent, is_signed_by, read_code
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.page_compare import codes_on_pages, shows
from counter_app.receipt.pdfa import RECORD_NAME
from counter_app.receipt.trust import Trust
from counter_app.receipt.verify_seal import SealReport, judge_seal

Record = ReceiptRecord | NoticeRecord


@dataclass(frozen=True, slots=True)
class _Attached:
    raw: bytes
    record: Record


def judge_pdf(data: bytes, trust: Trust, book: FontBook, now: datetime) -> Verdict:
    """Judge a file offline.

    The page is drawn and compared only when the seal is good: a stranger's file is not rendered.

    Raises:
        CounterError: RECEIPT_UNREADABLE: not a PDF that can be opened.
    """
    seal = judge_seal(data, trust, now)
    if seal.faults:
        return _verdict(seal, list(seal.faults), None)
    try:
        attached = _attached(data)
    except KeyError:
        return _verdict(seal, [PaperFault.RECORD_MISSING], None)
    except ValueError:
        return _verdict(seal, [PaperFault.RECORD_DAMAGED], None)
    faults = []
    if attached.record.branch.code != seal.branch_code:
        faults.append(PaperFault.OTHER_BRANCH)
    codes = codes_on_pages(data)
    faults += _code_faults(codes, attached, trust)
    if codes and not shows(data, attached.record, codes[0], book):
        faults.append(PaperFault.PAGE_DIFFERS_FROM_RECORD)
    return _verdict(seal, faults, attached)


def _verdict(seal: SealReport, faults: list[PaperFault], attached: _Attached | None) -> Verdict:
    return Verdict(
        PaperForm.SEALED_PDF,
        tuple(faults),
        number=attached.record.number if attached else "",
        record_sha256=hashlib.sha256(attached.raw).hexdigest() if attached else "",
        branch=seal.name,
        demonstration=seal.is_demonstration,
        record=attached.record if attached else None,
    )


def _code_faults(codes: list[str], attached: _Attached, trust: Trust) -> list[PaperFault]:
    if not codes:
        return [PaperFault.CODE_MISSING]
    try:
        contents = [read_code(text) for text in codes]
    except ValueError:
        return [PaperFault.CODE_FORGED]
    return [fault for content in contents[:1] for fault in _one_code(content, attached, trust)] + (
        [PaperFault.CODE_DIFFERS_FROM_RECORD] if len(set(codes)) > 1 else []
    )


def _one_code(content: CodeContent, attached: _Attached, trust: Trust) -> list[PaperFault]:
    known = trust.code_keys.get(content.key_id)
    if known is None:
        return [PaperFault.CODE_UNKNOWN_KEY]
    if not is_signed_by(content, {content.key_id: known.key}):
        return [PaperFault.CODE_FORGED]
    said = (content.number, content.record_sha256)
    held = (attached.record.number, hashlib.sha256(attached.raw).hexdigest())
    return [] if said == held else [PaperFault.CODE_DIFFERS_FROM_RECORD]


def _attached(data: bytes) -> _Attached:
    """Read the attached record.

    Raises:
        KeyError: There is none.
        ValueError: It is not a canonical record, or too large.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found = pdf.attachments.get(RECORD_NAME)
            if found is None:
                raise KeyError(RECORD_NAME)
            raw = _unpacked(found.obj.EF.F)
    except pikepdf.PdfError as error:
        raise CounterError(FailureCode.RECEIPT_UNREADABLE) from error
    return _Attached(raw, read_record(raw))


def _unpacked(stream: pikepdf.Object) -> bytes:
    """Read a stream without letting it grow beyond what a record may have."""
    packed = stream.read_raw_bytes()
    kind = str(stream.get("/Filter", ""))
    if kind == "":
        return bytes(packed)
    if kind != "/FlateDecode":
        raise ValueError("the record is packed in another way")
    try:
        raw = zlib.decompressobj().decompress(packed, MAX_BYTES + 1)
    except zlib.error as error:
        raise ValueError("the record is damaged") from error
    return raw
