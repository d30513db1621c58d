"""From a record to a finished paper."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Protocol

from counter_app.domain import paper_codec
from counter_app.domain.coverage import Coverage, character_of, code_point
from counter_app.domain.paper import (
    LetterRecord,
    NoticeRecord,
    PaperRecord,
    ReceiptRecord,
    record_sha256,
)
from counter_app.ports.paper import Paper
from counter_app.receipt.fonts import FontBook, SubstitutingBook
from counter_app.receipt.letter_layout import letter_pages
from counter_app.receipt.marks import Page
from counter_app.receipt.notice_layout import notice_pages
from counter_app.receipt.painter import paint
from counter_app.receipt.pdfa import archive
from counter_app.receipt.preview import page_pictures, strip_picture
from counter_app.receipt.receipt_layout import receipt_pages
from counter_app.receipt.reprint import reprint_pages
from counter_app.receipt.strip_layout import strip_page
from counter_app.receipt.tongue import tongue
from counter_app.receipt.words import load_words


class CodeMaker(Protocol):
    """Makes the text of a paper's code: `code.CodeSigner`, or a fixed text when judging."""

    def text(self, number: str, record_sha256: str, kind: str) -> str:
        """Return the text of the code."""
        ...


@dataclass(frozen=True, slots=True)
class FixedCode:
    """A code that is known already: for drafts and for drawing a paper again to compare."""

    known: str

    def text(self, number: str, record_sha256: str, kind: str) -> str:  # noqa: ARG002 - protocol
        """Return the known text."""
        return self.known


class ReceiptMaker:
    """Draws every paper; one at a time, on whatever thread.

    Args:
        book: The fonts.
        code: Makes the signed code of a paper.
    """

    def __init__(self, book: FontBook, code: CodeMaker) -> None:
        self._book = book
        self._code = code
        self._one_at_a_time = threading.Lock()

    def make(self, record: PaperRecord) -> Paper:
        """Draw a paper as PDF/A-3b; see `ports.paper.PaperMaker`."""
        digest = record_sha256(record)
        with self._one_at_a_time:
            pages = self._pages(record, self._code.text(record.number, digest, record.kind))
            drawn = paint(pages, self._book_for(record))
        attached = None if isinstance(record, LetterRecord) else record.to_json()
        title = f"{_title(record)} {record.number}".rstrip()
        made_at = record.accepted_at if isinstance(record, ReceiptRecord) else record.issued_at
        pdf = archive(drawn, title, made_at, attached)
        return Paper(record.kind, record.number, pdf, digest, len(pages))

    def preview(self, record: PaperRecord, width_px: int) -> tuple[bytes, ...]:
        """Draw the pages as PNG with 草稿 无效 across them; a draft has no signed code."""
        mark = load_words("zh").of("draft", "watermark")
        with self._one_at_a_time:
            pages = self._pages(record, mark)
            drawn = paint(pages, self._book_for(record))
        return page_pictures(drawn, width_px, mark, self._book)

    def strip(self, record: PaperRecord) -> bytes:
        """Draw the 80 mm strip as a 1-bit PNG, 576 px wide.

        Raises:
            ValueError: A delegation letter does not go on a strip.
        """
        if isinstance(record, LetterRecord):
            raise ValueError("a letter needs A4")  # noqa: TRY004 - the value is wrong, not the type
        code = self._code.text(record.number, record_sha256(record), record.kind)
        book = self._book_for(record)
        with self._one_at_a_time:
            drawn = paint([strip_page(record, book, code, self._note(record))], book)
        return strip_picture(drawn)

    def reprint_sheet(self, sealed: bytes, count: int, by: str, at_text: str) -> bytes:
        """Make the counted 补打 sheet; see `ports.paper.PaperMaker`."""
        with self._one_at_a_time:
            return paint(reprint_pages(sealed, count, (by, at_text), self._book), self._book)

    def coverage(self) -> Coverage:
        """Return every character that a paper can show."""
        return self._book.coverage()

    def _pages(self, record: PaperRecord, code: str) -> list[Page]:
        book = self._book_for(record)
        match record:
            case ReceiptRecord():
                return receipt_pages(record, book, code, self._note(record))
            case NoticeRecord():
                return notice_pages(record, book, code, self._note(record))
            case LetterRecord():
                return letter_pages(record, book)

    def _book_for(self, record: PaperRecord) -> FontBook:
        characters = self._by_picture(record)
        return SubstitutingBook(self._book, characters) if characters else self._book

    def _by_picture(self, record: PaperRecord) -> tuple[str, ...]:
        """Return the characters that a picture stands for on this paper."""
        if isinstance(record, LetterRecord) or not record.by_image:
            return ()
        if record.by_picture:
            return tuple(map(character_of, record.by_picture))
        return self._book.missing("".join(paper_codec.texts_of(record)))

    def _note(self, record: ReceiptRecord | NoticeRecord) -> tuple[str, str]:
        points = " ".join(map(code_point, self._by_picture(record)))
        words = tongue(bilingual=record.bilingual)
        return words.both("common", "by_image", points=points) if points else ("", "")


def _title(record: PaperRecord) -> str:
    words = load_words("zh")
    match record:
        case ReceiptRecord():
            return words.of("receipt", "title")
        case NoticeRecord():
            return words.of("notice", record.paper)
        case LetterRecord():
            return words.of("document", "delegation_letter")
