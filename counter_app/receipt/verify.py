"""Judging a paper that somebody brings back: a file, a code's text, or a picture of a page."""

from __future__ import annotations

import io
import re
import warnings

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

from counter_app.domain.paper_verdict import PaperFault, PaperForm, Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.clock import Clock
from counter_app.receipt.code import PREFIX, CodeContent, is_signed_by, read_code
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.strangers import MAX_BYTES, is_within_bounds
from counter_app.receipt.trust import CodeKey, Trust
from counter_app.receipt.verify_pdf import judge_pdf

MAX_PIXELS = 80_000_000
_WORKING_PX = 2600
_OTHER_EDITION = re.compile(r"PR\d+:")
_NO_PICTURE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class PaperVerifier:
    """Judges papers offline.

    Args:
        trust: Whom to believe.
        book: The fonts, to draw a record again and compare.
        clock: For the validity of certificates.
    """

    def __init__(self, trust: Trust, book: FontBook, clock: Clock) -> None:
        self._trust = trust
        self._book = book
        self._clock = clock

    def verify(self, data: bytes) -> Verdict:
        """Judge a paper; see `ports.paper.Verifier`."""
        is_pdf = b"%PDF-" in data[:1024]
        if len(data) > MAX_BYTES or (is_pdf and not is_within_bounds(data)):
            form = PaperForm.SEALED_PDF if is_pdf else PaperForm.CODE
            return Verdict(form, (PaperFault.TOO_LARGE,))
        if is_pdf:
            return judge_pdf(data, self._trust, self._book, self._clock.now())
        text = data[:64].decode("ascii", "replace").lstrip()
        if text.startswith(PREFIX):
            return self._judge_code(data.decode("ascii", "replace").strip())
        if _OTHER_EDITION.match(text):
            return Verdict(PaperForm.CODE, (PaperFault.CODE_NOT_JUDGED,), only_code=True)
        return self._judge_picture(data)

    def _judge_picture(self, data: bytes) -> Verdict:
        texts = dict.fromkeys(codes_in(data))
        ours = [text for text in texts if text.startswith(PREFIX)]
        if len(ours) == 1:
            return self._judge_code(ours[0])
        is_newer = not ours and any(_OTHER_EDITION.match(text) for text in texts)
        fault = PaperFault.CODE_NOT_JUDGED if is_newer else PaperFault.CODE_MISSING
        return Verdict(
            PaperForm.CODE, (PaperFault.SEVERAL_CODES if ours else fault,), only_code=True
        )

    def _judge_code(self, text: str) -> Verdict:
        try:
            content = read_code(text)
        except ValueError:
            return Verdict(PaperForm.CODE, (PaperFault.CODE_FORGED,), only_code=True)
        known = self._trust.code_keys.get(content.key_id)
        faults = code_faults(content, known)
        if known and not known.starts_at <= self._clock.now() <= known.ends_at:
            faults.append(PaperFault.CERTIFICATE_EXPIRED)
        return Verdict(
            PaperForm.CODE,
            tuple(faults),
            number=content.number,
            record_sha256=content.record_sha256,
            branch=known.sealer.name if known else content.key_id,
            demonstration=known.sealer.is_demonstration if known else False,
            only_code=True,
        )


def code_faults(content: CodeContent, known: CodeKey | None) -> list[PaperFault]:
    """Say what is wrong with a code's signature."""
    if known is None:
        return [PaperFault.CODE_UNKNOWN_KEY]
    if not is_signed_by(content, {content.key_id: known.key}):
        return [PaperFault.CODE_FORGED]
    return []


def codes_in(data: bytes) -> list[str]:
    """Read every QR code in a picture file, also in a poor photograph.

    Raises:
        CounterError: RECEIPT_UNREADABLE: not a picture, or far too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            grey = _grey(data)
    except _NO_PICTURE as error:
        raise CounterError(FailureCode.RECEIPT_UNREADABLE) from error
    if max(grey.size) > _WORKING_PX:
        grey.thumbnail((_WORKING_PX, _WORKING_PX))
    for attempt in (grey, ImageOps.autocontrast(grey, cutoff=2), _enlarged(grey)):
        texts = _read(attempt)
        if texts:
            return texts
    return []


def _grey(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise CounterError(FailureCode.RECEIPT_UNREADABLE, reason="pixels")
        return ImageOps.exif_transpose(opened).convert("L")


def _enlarged(grey: Image.Image) -> Image.Image:
    return grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.LANCZOS)


def _read(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    )
    return [code.text for code in found]
