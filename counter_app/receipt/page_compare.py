"""Does the page show what the record says? Draw the record again and compare text and picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
import pypdfium2
import zxingcpp

from counter_app.domain import paper_codec
from counter_app.domain.paper import NoticeRecord, ReceiptRecord
from counter_app.errors import CounterError, FailureCode
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.maker import FixedCode, ReceiptMaker

Pixels = npt.NDArray[np.uint8]

LAYOUT = 2
"""The edition this version draws; a record of another edition is compared by its text."""
MAX_PAGES = 20
_DPI = 96
_CODE_DPI = 220
_STEP = 48
_MAX_PIXELS_OFF = 6


def codes_on_pages(data: bytes) -> list[str]:
    """Read the QR codes of a file, page by page.

    Raises:
        CounterError: RECEIPT_UNREADABLE.
    """
    with _opened(data) as document:
        found = []
        for page in document:
            picture = page.render(scale=_CODE_DPI / 72, grayscale=True).to_pil()
            codes = zxingcpp.read_barcodes(
                picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
            )
            found += [code.text for code in codes]
        return found


def shows(data: bytes, record: ReceiptRecord | NoticeRecord, code: str, book: FontBook) -> bool:
    """Say whether the pages of a file are what the record looks like.

    Args:
        data: The file.
        record: Its attached record.
        code: The code's text as read from the page; it cannot be made again without the key.
        book: The fonts.
    """
    if record.layout != LAYOUT:
        return _names_all(data, record)
    try:
        again = ReceiptMaker(book, FixedCode(code)).make(record).pdf
    except CounterError:
        return False
    return _texts(data) == _texts(again) and _look_alike(data, again)


def _names_all(data: bytes, record: ReceiptRecord | NoticeRecord) -> bool:
    text = "".join("".join(_texts(data)).split())
    wanted = ["".join(part.split()) for part in (record.number, *paper_codec.texts_of(record))]
    words = (part for part in wanted if not part.isascii() or part.isdigit() or "*" in part)
    return all(part in text for part in words)


def _texts(data: bytes) -> list[str]:
    with _opened(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def _look_alike(one: bytes, other: bytes) -> bool:
    with _opened(one) as left, _opened(other) as right:
        if len(left) != len(right):
            return False
        return all(
            _off(_pixels(page), _pixels(peer)) <= _MAX_PIXELS_OFF
            for page, peer in zip(left, right, strict=True)
        )


def _off(one: Pixels, other: Pixels) -> int:
    if one.shape != other.shape:
        return _MAX_PIXELS_OFF + 1
    return int((np.abs(one.astype(np.int16) - other.astype(np.int16)) > _STEP).sum())


def _pixels(page: pypdfium2.PdfPage) -> Pixels:
    return np.asarray(page.render(scale=_DPI / 72).to_numpy())


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise CounterError(FailureCode.RECEIPT_UNREADABLE) from error
    try:
        if len(document) > MAX_PAGES:
            raise CounterError(FailureCode.RECEIPT_UNREADABLE, pages=len(document))
        yield document
    finally:
        document.close()
