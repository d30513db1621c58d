"""Electronic letters: PDF pages as pictures, rendered within bounds."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium

from counter_app.capture.images import MAX_FILE_BYTES
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import Pixels

MAX_PAGES = 8
PIXELS_PER_POINT = 200 / 72
MAX_SIDE_PX = 3600
MAX_SIDE_POINTS = 14400


def is_pdf(data: bytes) -> bool:
    """Say whether the bytes begin as a PDF does."""
    return data[:1024].find(b"%PDF-") >= 0


def render(data: bytes) -> tuple[Pixels, ...]:
    """Return the pages as pictures at 200 dots per inch, scripts and actions never run.

    Raises:
        CounterError: IMAGE_TOO_LARGE (over 40 MB, more than eight pages, or pages larger than a
            PDF may have), IMAGE_UNREADABLE (damaged or locked with a password).
    """
    if len(data) > MAX_FILE_BYTES:
        raise CounterError(FailureCode.IMAGE_TOO_LARGE, bytes=len(data))
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise CounterError(FailureCode.IMAGE_UNREADABLE, kind="pdf") from error
    try:
        if not 1 <= len(document) <= MAX_PAGES:
            raise CounterError(FailureCode.IMAGE_TOO_LARGE, pages=len(document))
        return tuple(_page(document, number) for number in range(len(document)))
    except pdfium.PdfiumError as error:
        raise CounterError(FailureCode.IMAGE_UNREADABLE, kind="pdf") from error
    finally:
        document.close()


def signature_count(data: bytes) -> int:
    """Return how many digital signatures a PDF says it has; none of them is validated here.

    Raises:
        CounterError: IMAGE_UNREADABLE.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise CounterError(FailureCode.IMAGE_UNREADABLE, kind="pdf") from error
    try:
        return max(0, int(pdfium.raw.FPDF_GetSignatureCount(document)))
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, number: int) -> Pixels:
    page = document[number]
    try:
        longest = max(page.get_size())
        if not 10 <= longest <= MAX_SIDE_POINTS:
            raise CounterError(FailureCode.IMAGE_TOO_LARGE, points=round(longest))
        scale = min(PIXELS_PER_POINT, MAX_SIDE_PX / longest)
        bitmap = page.render(scale=scale, may_draw_forms=True, rev_byteorder=False)
        try:
            pixels = np.array(bitmap.to_numpy()[:, :, :3], np.uint8)
        finally:
            bitmap.close()
        return np.ascontiguousarray(pixels)
    finally:
        page.close()
