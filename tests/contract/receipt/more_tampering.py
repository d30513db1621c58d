"""More ways to tamper, as an examiner who knows PDF well would: structure, scripts, swaps."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.contract.receipt.tampering import PAINT, Tamper, by_update, numbers, page_of

Change = Callable[[IncrementalPdfFileWriter], None]


def named(**entries: object) -> DictionaryObject:
    """Make a dictionary."""
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def in_catalog(key: str, make: Callable[[IncrementalPdfFileWriter], object]) -> Change:
    """Put something into the catalog."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[NameObject(key)] = make(writer)
        writer.update_root()

    return change


def replaced(writer: IncrementalPdfFileWriter, place: IndirectObject, other: PdfObject) -> None:
    """Write another object under the number of one that is there."""
    writer.mark_update(place)
    writer.objects[place.generation, place.idnum] = other


def _script(_: object = None) -> DictionaryObject:
    return named(S=NameObject("/JavaScript"), JS=pdf_string("this.getField('x')"))


def _named_script(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]
    names[NameObject("/JavaScript")] = named(
        Names=ArrayObject([pdf_string("a"), writer.add_object(_script())])
    )
    writer.update_container(names)


def _page_script(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer)
    page[NameObject("/AA")] = named(O=_script())
    writer.update_container(page)


def _pages_swapped(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    kids = pages["/Kids"]
    pages[NameObject("/Kids")] = ArrayObject(
        [kids.raw_get(index) for index in reversed(range(len(kids)))]
    )
    writer.update_container(pages)


def _other_tree(writer: IncrementalPdfFileWriter) -> None:
    """Hang the same pages into a tree of their own, one of them painted over."""
    page = page_of(writer)
    contents = page.raw_get("/Contents")
    over = writer.add_object(StreamObject(stream_data=PAINT))
    copy = DictionaryObject(page)
    copy[NameObject("/Contents")] = ArrayObject([contents, over])
    kid = writer.add_object(copy)
    tree = named(Type=NameObject("/Pages"), Kids=ArrayObject([kid]), Count=NumberObject(1))
    writer.root[NameObject("/Pages")] = writer.add_object(tree)
    writer.update_root()


def _font_replaced(writer: IncrementalPdfFileWriter) -> None:
    """Let other shapes stand for the same characters (a shadow attack's way)."""
    fonts = page_of(writer)["/Resources"]["/Font"]
    first, *others = [fonts.raw_get(key) for key in fonts]
    assert isinstance(first, IndirectObject)
    other = others[0].get_object() if others else named(Type=NameObject("/Font"))
    replaced(writer, first, DictionaryObject(other))


def _contents_emptied_in_place(writer: IncrementalPdfFileWriter) -> None:
    """Override the page's own stream; the page object stays as it is."""
    contents = page_of(writer).raw_get("/Contents")
    first = contents if isinstance(contents, IndirectObject) else contents.raw_get(0)
    replaced(writer, first, StreamObject(stream_data=PAINT))


def _attachment_renamed(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    names[0] = pdf_string("other.json")
    writer.update_container(names)


def _attachment_emptied(writer: IncrementalPdfFileWriter) -> None:
    spec = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()
    file = spec["/EF"].raw_get("/F")
    replaced(writer, file, StreamObject(stream_data=b"{}"))


def _attachment_called_other(writer: IncrementalPdfFileWriter) -> None:
    spec = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()
    spec[NameObject("/UF")] = pdf_string("invoice.json")
    spec[NameObject("/AFRelationship")] = NameObject("/Alternative")
    writer.update_container(spec)


def _seal_described_anew(writer: IncrementalPdfFileWriter) -> None:
    seal = writer.root["/AcroForm"]["/Fields"][0].get_object()["/V"]
    seal[NameObject("/Name")] = pdf_string("Another branch")
    writer.update_container(seal)


def _seal_covers_less(writer: IncrementalPdfFileWriter) -> None:
    """Point the field to a copy of the seal with another byte range."""
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    copy = DictionaryObject(field["/V"])
    _, first, second, rest = (int(number) for number in copy["/ByteRange"])
    copy[NameObject("/ByteRange")] = ArrayObject(
        [NumberObject(number) for number in (0, first, second, rest - 400)]
    )
    field[NameObject("/V")] = writer.add_object(copy)
    writer.update_container(field)


def _form_filled_by_viewer(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    form[NameObject("/NeedAppearances")] = BooleanObject(True)
    form[NameObject("/XFA")] = writer.add_object(StreamObject(stream_data=b"<xdp/>"))
    writer.update_container(form)


def _layers_off(writer: IncrementalPdfFileWriter) -> None:
    """Make a layer that is off and put the whole page into it."""
    layer = writer.add_object(named(Type=NameObject("/OCG"), Name=pdf_string("x")))
    writer.root[NameObject("/OCProperties")] = named(
        OCGs=ArrayObject([layer]),
        D=named(OFF=ArrayObject([layer]), BaseState=NameObject("/ON")),
    )
    writer.update_root()
    page = page_of(writer)
    begin = writer.add_object(StreamObject(stream_data=b"/OC /Off BDC"))
    end = writer.add_object(StreamObject(stream_data=b"EMC"))
    page["/Resources"][NameObject("/Properties")] = named(Off=layer)
    page[NameObject("/Contents")] = ArrayObject([begin, page.raw_get("/Contents"), end])
    writer.update_container(page)
    writer.update_container(page["/Resources"])


def _second_page_annotated(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][1].get_object()
    note = named(
        Type=NameObject("/Annot"),
        Subtype=NameObject("/Redact"),
        Rect=numbers(0, 0, 500, 700),
        F=NumberObject(4),
    )
    page[NameObject("/Annots")] = ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def other_range(ranges: bytes) -> Tamper:
    """Write another byte range into the seal, as long as it was."""

    def tamper(sealed: bytes) -> bytes:
        found = re.search(rb"/ByteRange ?\[[^\]]*\]", sealed)
        assert found is not None
        new = b"/ByteRange [" + ranges + b"]"
        return sealed.replace(found[0], new.ljust(len(found[0])))

    return tamper


def packed_update(sealed: bytes) -> bytes:
    """Append an update whose objects and table are packed, without plain text."""
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    stream = writer.prepare_object_stream()
    page = page_of(writer)
    page[NameObject("/UserUnit")] = NumberObject(3)
    kid = writer.root["/Pages"]["/Kids"].raw_get(0)
    stream.add_object(kid.idnum, page)
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def looped(sealed: bytes) -> bytes:
    """Append a table whose predecessor is itself."""
    at = len(sealed) + 1
    tail = (
        b"\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R /Prev %d >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (at, at)
    )
    return sealed + tail


def two_heads(sealed: bytes) -> bytes:
    """Put a small document of one's own before the sealed one."""
    out = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue() + sealed


def with_seal_of(other: bytes) -> Tamper:
    """Take the seal out of another genuine paper."""

    def tamper(sealed: bytes) -> bytes:
        start, end = _place(sealed)
        there, to = _place(other)
        assert end - start == to - there
        return sealed[:start] + other[there:to] + sealed[end:]

    return tamper


def _place(data: bytes) -> tuple[int, int]:
    start = data.index(b"/Contents <") + len(b"/Contents <")
    return start, data.index(b">", start)


def _encrypted_later(sealed: bytes) -> bytes:
    at = sealed.rindex(b"startxref")
    return sealed[:at] + b"trailer\n<< /Encrypt 1 0 R >>\n" + sealed[at:]


MORE_TAMPERS: dict[str, Tamper] = {
    "script: named, runs on opening": by_update(_named_script),
    "script: on showing the page": by_update(_page_script),
    "script: before printing": by_update(in_catalog("/AA", lambda _: named(WP=_script()))),
    "pages: the copies swapped": by_update(_pages_swapped),
    "pages: another tree": by_update(_other_tree),
    "page: the font replaced": by_update(_font_replaced),
    "page: its stream replaced": by_update(_contents_emptied_in_place),
    "page: everything in a layer that is off": by_update(_layers_off),
    "page: the branch copy covered": by_update(_second_page_annotated),
    "catalog: a portfolio instead of pages": by_update(
        in_catalog("/Collection", lambda _: named(View=NameObject("/D")))
    ),
    "catalog: bookmarks": by_update(
        in_catalog("/Outlines", lambda writer: writer.add_object(named(Count=NumberObject(0))))
    ),
    "catalog: another language": by_update(in_catalog("/Lang", lambda _: pdf_string("en"))),
    "catalog: other page numbers": by_update(
        in_catalog("/PageLabels", lambda _: named(Nums=ArrayObject()))
    ),
    "catalog: structure for readers": by_update(
        in_catalog("/StructTreeRoot", lambda writer: writer.add_object(named()))
    ),
    "attachment: renamed": by_update(_attachment_renamed),
    "attachment: emptied in place": by_update(_attachment_emptied),
    "attachment: called something else": by_update(_attachment_called_other),
    "seal: described anew": by_update(_seal_described_anew),
    "seal: a copy that covers less": by_update(_seal_covers_less),
    "seal: range of six": other_range(b"0 10 20 30 40 50"),
    "seal: range backwards": other_range(b"0 900 100 200"),
    "seal: range below zero": other_range(b"0 -1 5 9"),
    "seal: range beyond the end": other_range(b"0 9 9 99999999"),
    "form: filled in by the viewer": by_update(_form_filled_by_viewer),
    "update: packed": packed_update,
    "update: a table that leads to itself": looped,
    "file: encrypted later": _encrypted_later,
    "file: another document before": two_heads,
}
