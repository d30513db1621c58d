"""Whatever is done to a sealed file is found, and poppler agrees; what may be added stays good."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import add_validation_info
from pyhanko_certvalidator import ValidationContext

from counter_app.domain.paper_verdict import PaperFault
from counter_app.errors import CounterError
from counter_app.receipt.certificates import to_asn1
from counter_app.receipt.commands import verdict_words
from counter_app.receipt.long_term import with_validation_data
from counter_app.receipt.trust import load_trust
from tests.contract.receipt.conftest import Desk
from tests.contract.receipt.judges import pdfsig
from tests.contract.receipt.more_tampering import MORE_TAMPERS, with_seal_of
from tests.contract.receipt.tampering import TAMPERS
from tests.unit.receipt.records import NOW, delegated_receipt

POPPLER_READS_ON = frozenset({"bytes: case of a digit"})
"""The same signature in another spelling: nothing a reader could see differs."""

pytestmark = pytest.mark.filterwarnings("ignore::pikepdf._methods.PageCopyWarning")


@pytest.fixture(scope="module")
def sealed(desk: Desk) -> bytes:
    return desk.seal.seal(desk.maker.make(delegated_receipt()).pdf)


@pytest.mark.parametrize("way", MORE_TAMPERS)
def test_what_an_examiner_tries_is_found_by_us_and_not_called_whole_by_poppler(
    desk: Desk, sealed: bytes, way: str, tmp_path: Path
) -> None:
    tampered = MORE_TAMPERS[way](sealed)
    assert tampered != sealed
    assert not desk.verifier.verify(tampered).is_valid
    said = pdfsig(tampered, tmp_path)
    assert not ("Signature is Valid." in said and "- Total document signed" in said)


@pytest.mark.parametrize("way", [way for way in MORE_TAMPERS if not way.startswith("seal:")])
def test_what_an_examiner_tries_is_found_behind_validation_data_too(
    desk: Desk, sealed: bytes, way: str
) -> None:
    longer = with_validation_data(sealed, load_trust(desk.pki.trust_folder), NOW)
    assert not desk.verifier.verify(MORE_TAMPERS[way](longer)).is_valid


def test_a_seal_taken_from_another_genuine_paper_is_found(desk: Desk, sealed: bytes) -> None:
    other = desk.seal.seal(desk.maker.make(delegated_receipt(merchant_name="样本大饭店")).pdf)
    moved = with_seal_of(other)(sealed)
    assert desk.verifier.verify(moved).faults == (PaperFault.CONTENT_CHANGED,)


@pytest.mark.parametrize("way", TAMPERS)
def test_every_way_of_tampering_is_found_and_said(desk: Desk, sealed: bytes, way: str) -> None:
    tampered = TAMPERS[way](sealed)
    assert tampered != sealed
    verdict = desk.verifier.verify(tampered)
    assert not verdict.is_valid
    assert "不可采信" in "".join(verdict_words(verdict))
    assert "Do not rely on it" in " ".join(verdict_words(verdict, "en"))


@pytest.mark.parametrize("way", [way for way in TAMPERS if way not in POPPLER_READS_ON])
def test_poppler_does_not_call_it_whole_and_valid(sealed: bytes, way: str, tmp_path: Path) -> None:
    said = pdfsig(TAMPERS[way](sealed), tmp_path)
    is_whole = "- Total document signed" in said and "Not total document signed" not in said
    assert not ("Signature is Valid." in said and is_whole)


def test_the_sealed_file_itself_is_good_to_both(desk: Desk, sealed: bytes, tmp_path: Path) -> None:
    assert desk.verifier.verify(sealed).is_valid
    assert "Total document signed" in pdfsig(sealed, tmp_path)


def test_a_file_whose_seal_was_taken_out_of_force_is_called_tampered(
    desk: Desk, sealed: bytes
) -> None:
    stripped = TAMPERS["update: seal stripped"](sealed)
    assert desk.verifier.verify(stripped).faults == (PaperFault.CHANGED_AFTER_SEALING,)


def test_a_file_that_was_changed_inside_is_not_called_a_strangers(
    desk: Desk, sealed: bytes
) -> None:
    changed = TAMPERS["rewrite: page painted"](sealed)
    assert desk.verifier.verify(changed).faults == (PaperFault.CONTENT_CHANGED,)


def test_validation_data_added_by_another_program_keeps_it_good(desk: Desk, sealed: bytes) -> None:
    roots = [to_asn1(root) for root in load_trust(desk.pki.trust_folder).roots]
    context = ValidationContext(trust_roots=roots, moment=NOW)
    seal = PdfFileReader(io.BytesIO(sealed)).embedded_regular_signatures[0]
    out = io.BytesIO()
    add_validation_info(seal, context, output=out)
    assert len(out.getvalue()) > len(sealed)
    assert desk.verifier.verify(out.getvalue()).is_valid


def test_a_title_changed_together_with_validation_data_is_found(desk: Desk, sealed: bytes) -> None:
    longer = with_validation_data(sealed, load_trust(desk.pki.trust_folder), NOW)
    assert desk.verifier.verify(longer).is_valid
    for way in ("update: title", "update: metadata", "bytes: tail of words"):
        assert not desk.verifier.verify(TAMPERS[way](longer)).is_valid


def test_any_changed_digit_of_the_signature_is_found(desk: Desk, sealed: bytes) -> None:
    start = sealed.index(b"/Contents <") + 11
    used = 8 + 2 * int(sealed[start + 4 : start + 8], 16)
    for at in range(start + 1, start + used, used // 25):
        digit = b"%X" % (int(sealed[at : at + 1], 16) ^ 1)
        changed = sealed[:at] + digit + sealed[at + 1 :]
        assert not _is_good(desk, changed)


def test_the_sealers_name_spelled_in_another_way_is_found(desk: Desk, sealed: bytes) -> None:
    start = sealed.index(b"/Contents <") + 11
    name = b"DEMONSTRATION".hex().upper().encode()
    at = sealed.rindex(name, start, start + 2 * 3000)
    assert not _is_good(desk, sealed[:at] + b"6" + sealed[at + 1 :])


def test_a_revision_that_only_touches_the_catalog_is_found(desk: Desk, sealed: bytes) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert not _is_good(desk, out.getvalue())


def _is_good(desk: Desk, data: bytes) -> bool:
    try:
        return desk.verifier.verify(data).is_valid
    except CounterError:
        return False
