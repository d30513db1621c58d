"""The form that the printer draws is the form that the camera reads."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.capture import pdf
from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera.specimen_desk import on_desk
from counter_app.devices.camera.specimens import Look
from counter_app.domain.reading import DocumentKind, FieldName
from counter_app.ports.stop import never
from counter_app.receipt.fonts import FontBook
from tests.contract.capture.conftest import jpeg
from tests.contract.receipt import conftest as papers
from tests.unit.receipt.records import letter


@pytest.fixture
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    pki = papers.make_demo_pki(
        tmp_path_factory.mktemp("pki"), papers.BRANCH, papers.NOW, "demonstration"
    )
    signer = papers.CodeSigner(papers.load_code_key(pki.code_file, pki.passphrase))
    record = letter(
        principal_name="样本甲",
        principal_number="110199199003070017",
        agent_name="样本乙",
        new_number="13900000002",
        ends_on=date(2026, 12, 23),
    )
    return papers.ReceiptMaker(FontBook(papers.FONTS), signer).make(record).pdf


def test_a_printed_letter_is_read_back_as_pdf_and_as_photograph(
    reader: LocalDocumentReader, printed: bytes
) -> None:
    (page,) = pdf.render(printed)
    photo = jpeg(on_desk(page, Look((1944, 2592), turn_degrees=-4, tilt=0.06)))
    for data in (printed, photo):
        reading = reader.read(data, DocumentKind.LETTER, never())
        assert reading.text(FieldName.LETTER_NUMBER) == "L110199-26-000012"
        assert reading.text(FieldName.PRINCIPAL_DOCUMENT) == "110199199003070017"
        assert reading.text(FieldName.NEW_PHONE) == "13900000002"
        assert reading.text(FieldName.TERM_UNTIL) == "2026-12-23"
        assert not any(mark.is_present for mark in reading.marks)
