"""The code on a sealed page must be ours, whole, and about the record the page carries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from counter_app.domain.paper import ReceiptRecord, record_sha256
from counter_app.domain.paper_verdict import PaperFault
from counter_app.receipt import base45
from counter_app.receipt.code import PREFIX, CodeSigner
from counter_app.receipt.maker import CodeMaker, FixedCode, ReceiptMaker
from counter_app.receipt.trust import load_trust
from counter_app.receipt.verify import PaperVerifier
from tests.contract.receipt import forgeries
from tests.contract.receipt.conftest import Desk, FixedClock
from tests.unit.receipt.keys import CODE_KEY
from tests.unit.receipt.records import NOW, delegated_receipt, letter, receipt


def faults_with(desk: Desk, code: CodeMaker, record: ReceiptRecord) -> tuple[PaperFault, ...]:
    pdf = ReceiptMaker(desk.book, code).make(record).pdf
    return desk.verifier.verify(desk.seal.seal(pdf)).faults


def good_code(desk: Desk, record: ReceiptRecord) -> str:
    from counter_app.receipt.keys import load_code_key

    signer = CodeSigner(load_code_key(desk.pki.code_file, desk.pki.passphrase))
    return signer.text(record.number, record_sha256(record), "receipt")


def broken(code: str) -> str:
    raw = bytearray(base45.decode(code.removeprefix(PREFIX)))
    raw[-1] ^= 1
    return PREFIX + base45.encode(bytes(raw))


def test_a_code_of_a_strange_key_is_found(desk: Desk) -> None:
    strange = CodeSigner(ec.generate_private_key(ec.SECP256R1()))
    assert faults_with(desk, strange, receipt()) == (PaperFault.CODE_UNKNOWN_KEY,)
    assert CODE_KEY.curve.name == "secp256r1"


def test_a_code_with_a_broken_signature_is_found(desk: Desk) -> None:
    forged = FixedCode(broken(good_code(desk, receipt())))
    assert faults_with(desk, forged, receipt()) == (PaperFault.CODE_FORGED,)
    assert desk.verifier.verify(forged.known.encode()).faults == (PaperFault.CODE_FORGED,)


def test_a_code_of_somebody_else_is_found(desk: Desk) -> None:
    assert faults_with(desk, FixedCode("HTTPS://EXAMPLE"), receipt()) == (PaperFault.CODE_FORGED,)


def test_the_code_of_another_receipt_is_found(desk: Desk) -> None:
    other = FixedCode(good_code(desk, delegated_receipt()))
    assert faults_with(desk, other, receipt()) == (PaperFault.CODE_DIFFERS_FROM_RECORD,)


@pytest.mark.parametrize("text", ["PR1:", "PR1:ABC", "PR1:" + "Z" * 300])
def test_the_text_of_a_damaged_code_is_judged(desk: Desk, text: str) -> None:
    assert desk.verifier.verify(text.encode()).faults == (PaperFault.CODE_FORGED,)


def test_a_code_is_not_believed_after_its_key_ended(desk: Desk) -> None:
    later = FixedClock(NOW + timedelta(days=900))
    verifier = PaperVerifier(load_trust(desk.pki.trust_folder), desk.book, later)
    verdict = verifier.verify(good_code(desk, receipt()).encode())
    assert verdict.faults == (PaperFault.CERTIFICATE_EXPIRED,)


def test_a_paper_of_another_edition_is_compared_by_its_text(desk: Desk) -> None:
    record = delegated_receipt(layout=2)
    pdf = desk.maker.make(record).pdf
    assert desk.verifier.verify(desk.seal.seal(pdf)).faults == ()
    other = desk.maker.make(delegated_receipt(layout=2, new_number="139****9999")).pdf
    found = desk.verifier.verify(desk.seal.seal(forgeries.with_page_of(pdf, other))).faults
    assert PaperFault.PAGE_DIFFERS_FROM_RECORD in found


def test_a_record_that_cannot_be_drawn_again_differs_from_its_page(desk: Desk) -> None:
    impossible = delegated_receipt(merchant_name="样\ue000本").to_json()
    pdf = forgeries.with_other_record(desk.maker.make(delegated_receipt()).pdf, impossible)
    found = desk.verifier.verify(desk.seal.seal(pdf)).faults
    assert PaperFault.PAGE_DIFFERS_FROM_RECORD in found


def test_a_sealed_letter_form_is_no_receipt(desk: Desk) -> None:
    sealed = desk.seal.seal(desk.maker.make(letter()).pdf)
    assert desk.verifier.verify(sealed).faults == (PaperFault.RECORD_MISSING,)
