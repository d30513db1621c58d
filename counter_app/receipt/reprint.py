"""The sheet that goes before a reprint; the sealed bytes themselves are never touched."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime

import pikepdf

from counter_app.errors import CounterError, FailureCode
from counter_app.receipt.flow import A4_FRAME, NORMAL, Flow
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.marks import INK, Box, Page, Text
from counter_app.receipt.tongue import local_time
from counter_app.receipt.words import load_words


def reprint_pages(
    sealed: bytes, count: int, by_and_when: tuple[str, str], book: FontBook
) -> list[Page]:
    """Set the 补打 sheet.

    Args:
        sealed: The sealed paper as first printed.
        count: 1 for the first reprint.
        by_and_when: Staff number, and the time as shown.
        book: The fonts.

    Raises:
        CounterError: RECEIPT_UNREADABLE.
    """
    words, flow = load_words("zh"), Flow(book, A4_FRAME, NORMAL, lambda _: None)
    flow.paragraph(words.of("reprint", "title"), flow.sizes.title, bold=True)
    _set_mark(flow, words.of("reprint", "mark", count=count))
    digest = hashlib.sha256(sealed).hexdigest()
    title, made = _title_and_time(sealed)
    rows = [
        ("original_number", title),
        ("original_time", made),
        ("time", by_and_when[1]),
        ("by", by_and_when[0]),
        ("digest", f"{digest[:32]} {digest[32:]}"),
    ]
    flow.pairs([(words.of("reprint", key), value) for key, value in rows], 1)
    flow.gap(6)
    flow.paragraph(words.of("reprint", "note"))
    return flow.pages


def _set_mark(flow: Flow, mark: str) -> None:
    size = flow.sizes.headline
    flow.gap(8)
    box = Box(flow.left, flow.y, flow.frame.inner, size * 2, stroke=INK, stroke_width=1.4)
    flow.page.marks.append(box)
    flow.put_centre(flow.frame.width / 2, Text(0, flow.y + size * 1.38, mark, size, bold=True))
    flow.gap(size * 2 + 10)


def _title_and_time(sealed: bytes) -> tuple[str, str]:
    try:
        with pikepdf.open(io.BytesIO(sealed)) as pdf:
            title = str(pdf.docinfo.get("/Title", ""))
            made = str(pdf.docinfo.get("/CreationDate", ""))
    except (pikepdf.PdfError, ValueError) as error:
        raise CounterError(FailureCode.RECEIPT_UNREADABLE) from error
    return title, _shown(made)


def _shown(pdf_date: str) -> str:
    """Write the UTC date of our own files as local time; anything else as it stands."""
    try:
        moment = datetime.strptime(pdf_date.rstrip("'"), "D:%Y%m%d%H%M%S+00'00").replace(tzinfo=UTC)
    except ValueError:
        return pdf_date
    return local_time(moment)
