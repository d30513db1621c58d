"""Ways to tamper with a sealed paper."""

from __future__ import annotations

import io

import pikepdf
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    NameObject,
    StreamObject,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


def flipped(sealed: bytes, at: int) -> bytes:
    """Change one bit."""
    return sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]


def repainted(sealed: bytes) -> bytes:
    """Append an update that paints a white box and another number over the page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    paint = StreamObject(stream_data=b"q 1 1 1 rg 60 500 480 60 re f Q")
    old = page.raw_get("/Contents")
    page[NameObject("/Contents")] = ArrayObject([old, writer.add_object(paint)])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_other_record(pdf: bytes, record: bytes) -> bytes:
    """Rewrite a file so that it carries another record; a seal on it does not survive."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        spec = pikepdf.AttachedFileSpec(opened, record, filename="receipt.json", description="")
        opened.attachments["receipt.json"] = spec
        return _saved(opened)


def with_appended_record(sealed: bytes, record: bytes) -> bytes:
    """Append an update that swaps the attached record."""
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    spec = names[1].get_object()
    swapped = StreamObject(stream_data=record)
    spec["/EF"][NameObject("/F")] = writer.add_object(swapped)
    writer.update_container(spec["/EF"])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def without_record(pdf: bytes) -> bytes:
    """Rewrite a file without its record."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        del opened.attachments["receipt.json"]
        return _saved(opened)


def with_page_of(pdf: bytes, other: bytes) -> bytes:
    """Show another paper's pages over this paper's record."""
    with pikepdf.open(io.BytesIO(pdf)) as opened, pikepdf.open(io.BytesIO(other)) as source:
        del opened.pages[:]
        opened.pages.extend(source.pages)
        return _saved(opened)


def with_bomb(pdf: bytes) -> bytes:
    """Attach a record that unpacks to far more than a record may have."""
    return with_other_record(pdf, b" " * (32 * 1024 * 1024))


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()
