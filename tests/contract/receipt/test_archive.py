"""Papers are PDF/A-3b, carry their record, and are the same bytes each time."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf.pdfa import validate_written

from counter_app.domain.paper import PaperKind, PaperRecord, read_record
from tests.contract.receipt.conftest import Desk
from tests.unit.receipt.records import delegated_receipt, letter, notice, receipt

PAPERS: list[PaperRecord] = [
    receipt(),
    delegated_receipt(merchant_name="𠅤记𬭎行", bilingual=True),
    delegated_receipt(elder_mode=True, demonstration=False),
    letter(),
    *(notice(kind) for kind in PaperKind if kind not in {"receipt", "letter_form"}),
]


@pytest.mark.parametrize("record", PAPERS, ids=lambda record: record.kind.value)
def test_a_paper_is_pdf_a_3b(desk: Desk, record: PaperRecord) -> None:
    report = validate_written(io.BytesIO(desk.maker.make(record).pdf), "3b")
    assert report.passed, report.findings


def test_a_sealed_paper_is_still_pdf_a_3b_but_for_its_form(desk: Desk) -> None:
    sealed = desk.seal.seal(desk.maker.make(receipt()).pdf)
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        del pdf.Root.AcroForm
        del pdf.Root["/Perms"]
        del pdf.Root["/Extensions"]  # ESIC: allowed, but unknown to this judge
        for page in pdf.pages:
            if "/Annots" in page:
                del page["/Annots"]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    report = validate_written(out, "3b")
    assert report.passed, report.findings


def test_the_record_is_attached_as_the_documents_data(desk: Desk) -> None:
    record = delegated_receipt()
    with pikepdf.open(io.BytesIO(desk.maker.make(record).pdf)) as pdf:
        attached = pdf.attachments["receipt.json"]
        assert attached.get_file().read_bytes() == record.to_json()
        assert read_record(attached.get_file().read_bytes()) == record
        assert pdf.Root.AF[0].AFRelationship == pikepdf.Name.Data


def test_a_delegation_letter_carries_no_record(desk: Desk) -> None:
    paper = desk.maker.make(letter(principal_name="样本甲", principal_number="110199199003070017"))
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        assert not pdf.attachments


def test_the_same_record_gives_the_same_bytes(desk: Desk) -> None:
    assert desk.maker.make(receipt()).pdf == desk.maker.make(receipt()).pdf


def test_sealing_only_appends(desk: Desk) -> None:
    pdf = desk.maker.make(receipt()).pdf
    assert desk.seal.seal(pdf).startswith(pdf)
