"""Everything the counter asks of pictures, on this machine alone."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from counter_app.capture import images, quality
from counter_app.capture.dispatch import read_picture
from counter_app.capture.form_pose import letter_number_in
from counter_app.capture.geometry import as_quad, straightened
from counter_app.capture.letter_pages import read_pages, with_other_pages
from counter_app.capture.letter_signers import with_signatures
from counter_app.capture.locate import locate_fast, locate_thorough
from counter_app.capture.oddities import oddities
from counter_app.capture.pdf import open_pdf
from counter_app.capture.picture import Picture, open_picture
from counter_app.capture.sheet import sheet_of
from counter_app.capture.text_engine import TextEngine
from counter_app.domain.reading import (
    DocumentKind,
    FieldName,
    Notice,
    Outline,
    Quality,
    Reading,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import Frame
from counter_app.ports.capture import CapturedDocument, is_pdf
from counter_app.ports.stop import Stop

log = logging.getLogger(__name__)


class LocalDocumentReader:
    """Implements `counter_app.ports.capture.DocumentReader` without any network.

    Args:
        engine: Loaded on the first read, or by `warm_up`; one thread by default, so that the
            window stays smooth on two cores.
        letter_roots: A folder of certificates of the authorities whose signatures on electronic
            letters are believed; None believes nobody.
    """

    def __init__(self, engine: TextEngine | None = None, letter_roots: Path | None = None) -> None:
        self._engine = engine or TextEngine()
        self._letter_roots = letter_roots

    def warm_up(self, stop: Stop) -> None:
        """Load the networks now.

        Raises:
            CounterError: MODEL_MISSING, STOPPED.
        """
        _check(stop)
        self._engine.load()

    def locate(self, frame: Frame) -> Outline | None:
        """Find the outline for the live picture."""
        return locate_fast(frame.bgr)

    def judge(self, frame: Frame, outline: Outline | None, kind: DocumentKind) -> Quality:
        """Measure the frame against the limits of its kind."""
        return quality.judge(frame.bgr, outline, kind)

    def capture(
        self, frame: Frame, kind: DocumentKind, stop: Stop, outline: Outline | None = None
    ) -> CapturedDocument:
        """Cut out and straighten the document; without an outline the whole frame is kept.

        Raises:
            CounterError: IMAGE_UNREADABLE, STOPPED.
        """
        _check(stop)
        if frame.bgr.size == 0:
            raise CounterError(FailureCode.IMAGE_UNREADABLE)
        corners = outline or locate_thorough(frame.bgr)
        _check(stop)
        cut = straightened(frame.bgr, as_quad(corners), kind) if corners else frame.bgr
        original = images.encode_jpeg(frame.bgr)
        rectified = images.encode_jpeg(cut)
        log.info("document captured: kind=%s outlined=%s", kind.value, corners is not None)
        return CapturedDocument(
            kind,
            original,
            images.sha256(original),
            rectified,
            images.sha256(rectified),
            quality.judge(frame.bgr, corners, kind),
            corners,
        )

    def open_file(self, data: bytes, kind: DocumentKind, stop: Stop) -> CapturedDocument:
        """Make evidence of a file; see `counter_app.ports.capture.DocumentReader`.

        Raises:
            CounterError: IMAGE_UNREADABLE, IMAGE_TOO_LARGE, STOPPED.
        """
        _check(stop)
        if not is_pdf(data):
            return self.capture(Frame(images.decode(data), 0.0, 0), kind, stop)
        jpeg = sheet_of(open_pdf(data, self._letter_roots, stop).pages, kind).jpeg
        log.info("file opened: kind=%s bytes=%d", kind.value, len(data))
        quality_unknown = Quality((), ())
        return CapturedDocument(
            kind, data, images.sha256(data), jpeg, images.sha256(jpeg), quality_unknown
        )

    def read(self, image: CapturedDocument | bytes, kind: DocumentKind, stop: Stop) -> Reading:
        """Read the fields; see `counter_app.ports.capture.DocumentReader`.

        Raises:
            CounterError: IMAGE_UNREADABLE, IMAGE_TOO_LARGE, MODEL_MISSING, STOPPED.
        """
        _check(stop)
        picture = open_picture(image, kind, self._letter_roots, stop)
        reading = self._read(picture, kind, stop)
        if picture.is_photograph and reading.kind is not DocumentKind.BARCODE:
            odd = oddities(picture, reading, self._engine, stop)
            notices = tuple(dict.fromkeys((*reading.notices, *odd)))
            reading = replace(reading, notices=notices)
        log.info(
            "document read: kind=%s fields=%d unsure=%d",
            reading.kind.value,
            len(reading.fields),
            len(reading.unsure()),
        )
        return reading

    def _read(self, picture: Picture, kind: DocumentKind, stop: Stop) -> Reading:
        """Read a picture, or every page of a letter that came as a file."""
        if len(picture.pages) < 2:
            return read_picture(picture, kind, self._engine, stop)
        if letter_number_in(picture.whole) is not None:
            form = read_picture(picture, DocumentKind.LETTER, self._engine, stop)
            others = [view for view in picture.pages if view.bgr is not picture.whole]
            return with_other_pages(form, others, self._engine, stop)
        letter = read_pages(picture.pages, picture.sha256, self._engine, stop)
        is_letter = bool(letter.phrases) or letter.field(FieldName.AGENT_NAME) is not None
        if kind is DocumentKind.LETTER or is_letter:
            return with_signatures(letter, picture.signatures)
        first = read_picture(picture, kind, self._engine, stop)
        return replace(first, notices=(*first.notices, Notice.SEVERAL_DOCUMENTS))


def _check(stop: Stop) -> None:
    if stop.is_set():
        raise CounterError(FailureCode.STOPPED)
