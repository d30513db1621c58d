"""A signed PDF letter is drawn, read, and its signature judged against the believed authorities."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from counter_app.capture.commands import read_image
from counter_app.capture.pdf import open_pdf
from counter_app.domain.electronic_signature import SignatureVerdict
from counter_app.domain.reading import FieldName, Notice
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.keys import load_seal_key
from counter_app.receipt.seal import PadesSeal
from tests.contract.receipt import conftest as papers
from tests.unit.receipt.records import letter


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed letter and the authorities behind it."""

    pdf: bytes
    plain: bytes
    roots: Path


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    folder = tmp_path_factory.mktemp("pki")
    pki = papers.make_demo_pki(folder, papers.BRANCH, papers.NOW, "demonstration")
    maker = papers.ReceiptMaker(
        FontBook(papers.FONTS),
        papers.CodeSigner(papers.load_code_key(pki.code_file, pki.passphrase)),
    )
    record = letter(
        principal_name="样本甲",
        principal_number="110199199003070017",
        agent_name="样本乙",
        new_number="13900000002",
        ends_on=date(2026, 12, 23),
    )
    plain = maker.make(record).pdf
    seal = PadesSeal(load_seal_key(pki.seal_file, pki.passphrase), papers.FixedClock())
    return Signed(seal.seal(plain), plain, pki.trust_folder / "roots")


def verdicts(data: bytes, roots: Path | None) -> list[SignatureVerdict]:
    return [each.verdict for each in open_pdf(data, roots).signatures]


def changed_afterwards(data: bytes) -> bytes:
    """Return the file with its page replaced by an empty one in a later revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = writer_number(180)
    writer.mark_update(page.container_ref)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def writer_number(value: int) -> object:
    from pyhanko.pdf_utils.generic import NumberObject

    return NumberObject(value)


def test_a_good_signature_names_its_signer(signed: Signed) -> None:
    (only,) = open_pdf(signed.pdf, signed.roots).signatures
    assert only.verdict is SignatureVerdict.GOOD
    assert only.signer
    assert only.signed_at is not None


def test_an_unsigned_letter_has_no_signature(signed: Signed) -> None:
    assert verdicts(signed.plain, signed.roots) == []


def test_nobody_is_believed_without_being_told(signed: Signed) -> None:
    assert verdicts(signed.pdf, None) == [SignatureVerdict.UNKNOWN_AUTHORITY]


def test_a_byte_changed_under_the_signature_breaks_it(signed: Signed) -> None:
    place = signed.pdf.index(b"/MediaBox") - 400
    data = bytearray(signed.pdf)
    data[place] ^= 1
    assert set(verdicts(bytes(data), signed.roots)) <= {SignatureVerdict.BROKEN}
    assert verdicts(bytes(data), signed.roots)


def test_a_page_changed_after_signing_is_noticed(signed: Signed) -> None:
    data = changed_afterwards(signed.pdf)
    assert verdicts(data, signed.roots) == [SignatureVerdict.CHANGED_AFTERWARDS]


def test_the_command_line_reads_a_signed_letter(signed: Signed, tmp_path: Path) -> None:
    path = tmp_path / "委托书.pdf"
    path.write_bytes(signed.pdf)
    (found,) = read_image([path], "letter", letter_roots=signed.roots)
    assert found["kind"] == "letter"
    assert found["signer"]
    assert isinstance(found["notices"], list)
    assert Notice.SIGNED_ELECTRONICALLY.value in found["notices"]
    assert isinstance(found["fields"], list)
    read = {entry["name"]: entry["text"] for entry in found["fields"] if isinstance(entry, dict)}
    assert read[FieldName.NEW_PHONE.value] == "13900000002"
    path.write_bytes(changed_afterwards(signed.pdf))
    (found,) = read_image([path], "auto", letter_roots=signed.roots)
    assert found["signer"] is None
    assert isinstance(found["notices"], list)
    assert Notice.SIGNATURE_BROKEN.value in found["notices"]
