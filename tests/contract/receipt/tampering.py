"""Many ways to tamper with a sealed file, as somebody with the usual PDF tools would."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from counter_app.receipt.demo_pki import issue, make_root
from counter_app.receipt.keys import MemoryRsa, SealKey
from counter_app.receipt.seal import HeldKeySigner
from tests.contract.receipt import forgeries
from tests.unit.receipt.records import BRANCH, NOW

Tamper = Callable[[bytes], bytes]
PAINT = b"q 1 1 1 rg 60 500 480 60 re f Q"


def by_update(change: Callable[[IncrementalPdfFileWriter], None]) -> Tamper:
    """Append an incremental update."""

    def tamper(sealed: bytes) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
        change(writer)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return tamper


def by_rewrite(change: Callable[[pikepdf.Pdf], None], **how: object) -> Tamper:
    """Save the whole file anew."""

    def tamper(sealed: bytes) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(sealed)) as pdf:
            change(pdf)
            pdf.save(out, **how)  # type: ignore[arg-type]
        return out.getvalue()

    return tamper


def by_patch(find: bytes, put: bytes) -> Tamper:
    """Overwrite bytes in place, as long as before."""

    def tamper(sealed: bytes) -> bytes:
        at = sealed.index(find)
        return sealed[:at] + put.ljust(len(find))[: len(find)] + sealed[at + len(find) :]

    return tamper


def page_of(writer: IncrementalPdfFileWriter) -> DictionaryObject:
    """Return the first page."""
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    assert isinstance(page, DictionaryObject)
    return page


def numbers(*values: float) -> ArrayObject:
    """Make an array."""
    return ArrayObject([FloatObject(str(value)) for value in values])


def _set_on_page(key: str, value: object) -> Callable[[IncrementalPdfFileWriter], None]:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = page_of(writer)
        page[NameObject(key)] = value
        writer.update_container(page)

    return change


def _annotation(kind: str, **more: object) -> Callable[[IncrementalPdfFileWriter], None]:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = page_of(writer)
        look = StreamObject(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): numbers(0, 0, 300, 60),
            },
            stream_data=b"1 1 1 rg 0 0 300 60 re f",
        )
        annotation = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject(kind),
                NameObject("/Rect"): numbers(60, 500, 360, 560),
                NameObject("/F"): NumberObject(4),
                NameObject("/Contents"): pdf_string("13900009999"),
                NameObject("/AP"): DictionaryObject({NameObject("/N"): writer.add_object(look)}),
            }
        )
        for key, value in more.items():
            annotation[NameObject(f"/{key}")] = value
        annots = page.get("/Annots")
        old = list(annots) if annots is not None else []
        page[NameObject("/Annots")] = ArrayObject([*old, writer.add_object(annotation)])
        writer.update_container(page)

    return change


def _form_field(writer: IncrementalPdfFileWriter) -> None:
    _annotation(
        "/Widget", FT=NameObject("/Tx"), T=pdf_string("amount"), V=pdf_string("13900009999")
    )(writer)
    form = writer.root["/AcroForm"]
    form["/Fields"].append(page_of(writer)["/Annots"].raw_get(-1))
    writer.update_container(form["/Fields"])


def _action(writer: IncrementalPdfFileWriter) -> None:
    writer.root[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): pdf_string("app.alert(1)")}
    )
    writer.update_root()


def _layer(writer: IncrementalPdfFileWriter) -> None:
    group = writer.add_object(
        DictionaryObject(
            {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): pdf_string("x")}
        )
    )
    writer.root[NameObject("/OCProperties")] = DictionaryObject(
        {
            NameObject("/OCGs"): ArrayObject([group]),
            NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([group])}),
        }
    )
    writer.update_root()


def _metadata(writer: IncrementalPdfFileWriter) -> None:
    data = writer.root["/Metadata"].data.replace(b"2026", b"2027")
    stream = StreamObject(
        {NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")},
        stream_data=data,
    )
    writer.root[NameObject("/Metadata")] = writer.add_object(stream)
    writer.update_root()


def _info(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer_view["/Info"]
    info[NameObject("/Title")] = pdf_string("another")
    writer.update_container(info)


def _to_unicode(writer: IncrementalPdfFileWriter) -> None:
    fonts = page_of(writer)["/Resources"]["/Font"]
    font = fonts[next(iter(fonts))]
    font[NameObject("/ToUnicode")] = writer.add_object(StreamObject(stream_data=b"begincmap"))
    writer.update_container(font)


def _page_added(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    page = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Page"),
            NameObject("/Parent"): writer.root.raw_get("/Pages"),
            NameObject("/MediaBox"): numbers(0, 0, 595, 842),
            NameObject("/Contents"): writer.add_object(StreamObject(stream_data=PAINT)),
        }
    )
    pages["/Kids"].append(writer.add_object(page))
    pages[NameObject("/Count")] = NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


def _page_removed(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()
    del pdf.pages[0]


def _seal_stripped(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    form[NameObject("/Fields")] = ArrayObject()
    writer.update_container(form)
    del writer.root["/AcroForm"]
    writer.update_root()


def _seal_value_dropped(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    del field["/V"]
    writer.update_container(field)


def _permission_dropped(writer: IncrementalPdfFileWriter) -> None:
    if "/Perms" in writer.root:
        del writer.root["/Perms"]
    writer.update_root()
    _set_on_page("/Rotate", NumberObject(90))(writer)


def _attachment_added(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    spec = DictionaryObject(
        {NameObject("/Type"): NameObject("/Filespec"), NameObject("/F"): pdf_string("receipt.json")}
    )
    spec[NameObject("/EF")] = DictionaryObject(
        {NameObject("/F"): writer.add_object(StreamObject(stream_data=b"{}"))}
    )
    names.append(pdf_string("a.json"))
    names.append(writer.add_object(spec))
    writer.update_container(names)


def _security_store_with_page(writer: IncrementalPdfFileWriter) -> None:
    """Hide a change of the page behind a validation-data store."""
    writer.root[NameObject("/DSS")] = writer.add_object(
        DictionaryObject({NameObject("/Certs"): ArrayObject()})
    )
    writer.update_root()
    _set_on_page("/CropBox", numbers(0, 0, 300, 300))(writer)


def whole_other_file(sealed: bytes) -> bytes:
    """Append a complete other document, which is what readers then show."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        del pdf.Root.AcroForm
        pdf.save(out)
    other = out.getvalue()
    shift = len(sealed)
    table = other.rindex(b"startxref")
    at = int(other[table + 9 :].split()[0])
    moved = re.sub(
        rb"^(\d{10}) (\d{5}) n",
        lambda row: b"%010d %s n" % (int(row[1]) + shift, row[2]),
        other[at:table],
        flags=re.MULTILINE,
    )
    return sealed + other[:at] + moved + b"startxref\n%d\n%%%%EOF\n" % (at + shift)


def spare_bytes(sealed: bytes) -> bytes:
    """Write into the room that is kept free behind the signature."""
    end = sealed.index(b">", sealed.index(b"/Contents <"))
    return sealed[: end - 40] + b"deadbeef" + sealed[end - 32 :]


def upper_case_digit(sealed: bytes) -> bytes:
    """Write one hexadecimal digit of the signature in another way."""
    start = sealed.index(b"/Contents <") + 11
    at = next(i for i in range(start, start + 500) if sealed[i : i + 1] in b"abcdefABCDEF")
    return sealed[:at] + sealed[at : at + 1].swapcase() + sealed[at + 1 :]


def appended(tail: bytes) -> Tamper:
    """Write something behind the end."""
    return lambda sealed: sealed + tail


def prefixed(sealed: bytes) -> bytes:
    """Write something before the beginning."""
    return b"\n" + sealed


def previous_only(sealed: bytes) -> bytes:
    """Cut the file back to what was before the seal."""
    first = sealed.index(b"%%EOF")
    return sealed[: first + 6]


def _no_change(_: object) -> None:
    return None


def _text_changed(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(PAINT, prepend=False)


def _record_changed(pdf: pikepdf.Pdf) -> None:
    raw = pdf.attachments["receipt.json"].get_file().read_bytes()
    changed = raw.replace("样本".encode(), "样木".encode())
    pdf.attachments["receipt.json"] = pikepdf.AttachedFileSpec(
        pdf, changed, filename="receipt.json"
    )


def _same_page(writer: IncrementalPdfFileWriter) -> None:
    writer.update_container(page_of(writer))


class _RudeSigner(signers.PdfSigner):
    """Signs although the seal forbids every change."""

    def _enforce_certification_constraints(self, reader: object) -> None:
        """Do not ask."""


def sealed_again(sealed: bytes) -> bytes:
    """Put a second signature, by somebody else's key, on the sealed file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    root = make_root(NOW)
    chain = (root.certificate,)
    signer = HeldKeySigner(SealKey(MemoryRsa(key), issue(root, key, BRANCH, NOW), chain))
    out = io.BytesIO()
    details = signers.PdfSignatureMetadata(field_name="Other", md_algorithm="sha256")
    _RudeSigner(details, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(sealed)), output=out)
    return out.getvalue()


TAMPERS: dict[str, Tamper] = {
    "update: white box and other text painted": forgeries.repainted,
    "update: free text over the page": by_update(_annotation("/FreeText")),
    "update: stamp over the page": by_update(_annotation("/Stamp")),
    "update: square": by_update(_annotation("/Square")),
    "update: hidden link": by_update(_annotation("/Link")),
    "update: form field": by_update(_form_field),
    "update: action on opening": by_update(_action),
    "update: layer": by_update(_layer),
    "update: metadata": by_update(_metadata),
    "update: title": by_update(_info),
    "update: ToUnicode": by_update(_to_unicode),
    "update: page added": by_update(_page_added),
    "update: page cropped": by_update(_set_on_page("/CropBox", numbers(0, 0, 300, 300))),
    "update: page turned": by_update(_set_on_page("/Rotate", NumberObject(180))),
    "update: page emptied": by_update(_set_on_page("/Contents", ArrayObject())),
    "update: seal stripped": by_update(_seal_stripped),
    "update: seal's value dropped": by_update(_seal_value_dropped),
    "update: permission dropped": by_update(_permission_dropped),
    "update: second attachment": by_update(_attachment_added),
    "update: page change beside a validation store": by_update(_security_store_with_page),
    "update: the same page once more": by_update(_same_page),
    "update: seal of another key beside ours": sealed_again,
    "rewrite: nothing at all": by_rewrite(_no_change),
    "rewrite: page painted": by_rewrite(_text_changed),
    "rewrite: page removed": by_rewrite(_page_removed),
    "rewrite: record changed": by_rewrite(_record_changed),
    "rewrite: linearised": by_rewrite(_no_change, linearize=True),
    "rewrite: object streams": by_rewrite(
        _no_change, object_stream_mode=pikepdf.ObjectStreamMode.generate
    ),
    "rewrite: encrypted, empty password": by_rewrite(
        _no_change, encryption=pikepdf.Encryption(owner="x", user="")
    ),
    "rewrite: encrypted, with password": by_rewrite(
        _no_change, encryption=pikepdf.Encryption(owner="x", user="y")
    ),
    "bytes: spare room": spare_bytes,
    "bytes: case of a digit": upper_case_digit,
    "bytes: tail of spaces": appended(b"  \n"),
    "bytes: tail of words": appended(b"\n% agreed otherwise\n"),
    "bytes: tail of an object": appended(b"\n9 0 obj <</Length 0>> endobj\n%%EOF\n"),
    "bytes: head": prefixed,
    "bytes: whole other file": whole_other_file,
    "bytes: cut back before the seal": previous_only,
    "bytes: last line cut": lambda sealed: sealed[:-7],
    "bytes: version of the header": by_patch(b"%PDF-1.5", b"%PDF-1.6"),
    "bytes: seal's time": by_patch(b"/M (D", b"/M (E"),
    "bytes: range of the seal": by_patch(b"/ByteRange [0 ", b"/ByteRange [1 "),
    "bytes: filter of the seal": by_patch(b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached"),
}
