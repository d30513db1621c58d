"""Making an archive file of a drawn paper: PDF/A-3b that carries its record.

Source: ISO 19005-3; the attachment is associated with the document as its Data.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf
from pikepdf import AttachedFileSpec, Dictionary, Name, Pdf
from pikepdf.pdfa import prepare, resolve_save_kwargs

RECORD_NAME = "receipt.json"
PRODUCER = "counter_app"


def archive(drawn: bytes, title: str, made_at: datetime, record: bytes | None) -> bytes:
    """Finish a drawn PDF as PDF/A-3b; the same input gives the same bytes.

    Args:
        drawn: The painter's PDF.
        title: The document's title; shown by viewers, so never a name.
        made_at: Aware time for the metadata: when the record was made, not when it was drawn.
        record: Canonical record to attach, or None.
    """
    with Pdf.open(io.BytesIO(drawn)) as pdf:
        for page in pdf.pages:
            if "/Trans" in page:
                del page["/Trans"]
        if record is not None:
            _attach(pdf, record, made_at)
        _describe(pdf, title, made_at)
        prepare(pdf, "3b")
        _settle(pdf, made_at)
        out = io.BytesIO()
        settings = resolve_save_kwargs("3b", deterministic_id=True)
        pdf.save(out, **settings)
        return out.getvalue()


def _attach(pdf: Pdf, record: bytes, made_at: datetime) -> None:
    spec = AttachedFileSpec(
        pdf,
        record,
        description="",
        filename=RECORD_NAME,
        mime_type="application/json",
        creation_date=_pdf_date(made_at),
        mod_date=_pdf_date(made_at),
    )
    spec.obj.AFRelationship = Name.Data
    pdf.attachments[RECORD_NAME] = spec
    pdf.Root.AF = pikepdf.Array([pdf.attachments[RECORD_NAME].obj])


def _describe(pdf: Pdf, title: str, made_at: datetime) -> None:
    pdf.trailer.Info = pdf.make_indirect(Dictionary())
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/CreationDate"] = _pdf_date(made_at)
    pdf.docinfo["/ModDate"] = _pdf_date(made_at)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta.load_from_docinfo(pdf.docinfo)


def _settle(pdf: Pdf, made_at: datetime) -> None:
    """Put the record's time where `prepare` wrote the present, in XMP and Info alike."""
    pdf.docinfo["/Producer"] = PRODUCER
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["xmp:MetadataDate"] = made_at.astimezone(UTC).isoformat()
        meta["pdf:Producer"] = PRODUCER


def _pdf_date(moment: datetime) -> str:
    return f"D:{moment.astimezone(UTC):%Y%m%d%H%M%S}+00'00'"
