"""Good papers are believed, every tampering is found and named; other tools agree."""

from __future__ import annotations

import io
import json
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from typer.testing import CliRunner

from counter_app.__main__ import app
from counter_app.domain.paper import PaperKind
from counter_app.domain.paper_verdict import PaperFault
from counter_app.errors import CounterError, FailureCode
from counter_app.receipt.certificates import to_asn1
from counter_app.receipt.commands import verify_file
from counter_app.receipt.demo_pki import Issuer, issue, make_demo_pki, make_root
from counter_app.receipt.keys import MemoryRsa, SealKey, load_seal_key
from counter_app.receipt.seal import PadesSeal
from counter_app.receipt.trust import Trust, load_trust
from counter_app.receipt.verify import PaperVerifier
from tests.contract.receipt import forgeries
from tests.contract.receipt.conftest import Desk, FixedClock
from tests.contract.receipt.judges import pdfsig, pictures
from tests.unit.receipt.records import BRANCH, NOW, delegated_receipt, notice, receipt

BIG = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def sealed(desk: Desk) -> bytes:
    return desk.seal.seal(desk.maker.make(delegated_receipt()).pdf)


def faults(desk: Desk, data: bytes) -> tuple[PaperFault, ...]:
    return desk.verifier.verify(data).faults


def pyhanko_says_good(data: bytes, trust: Trust) -> bool:
    signature = PdfFileReader(io.BytesIO(data)).embedded_regular_signatures[0]
    roots = [to_asn1(root) for root in trust.roots]
    context = ValidationContext(trust_roots=roots, moment=NOW)
    return bool(validate_pdf_signature(signature, context).bottom_line)


def test_a_sealed_receipt_is_good_to_us_to_pyhanko_and_to_poppler(
    desk: Desk, sealed: bytes, tmp_path: Path
) -> None:
    verdict = desk.verifier.verify(sealed)
    assert verdict.faults == ()
    assert verdict.number == "110199202611230100017"
    assert verdict.demonstration
    assert pyhanko_says_good(sealed, load_trust(desk.pki.trust_folder))
    said = pdfsig(sealed, tmp_path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "Nov 23 2026 02:00:00" in said


@pytest.mark.parametrize("kind", [k for k in PaperKind if k not in {"receipt", "letter_form"}])
def test_every_other_paper_can_be_judged_too(desk: Desk, kind: PaperKind) -> None:
    assert faults(desk, desk.seal.seal(desk.maker.make(notice(kind)).pdf)) == ()


@pytest.mark.parametrize("variant", ["elder_mode", "bilingual", "offline"])
def test_variants_of_the_receipt_can_be_judged_too(desk: Desk, variant: str) -> None:
    record = delegated_receipt(**{variant: True})
    assert faults(desk, desk.seal.seal(desk.maker.make(record).pdf)) == ()


def test_an_unsealed_paper_proves_nothing(desk: Desk) -> None:
    assert faults(desk, desk.maker.make(receipt()).pdf) == (PaperFault.UNSIGNED,)


def test_a_flipped_bit_is_found_wherever_it_is(desk: Desk, sealed: bytes, tmp_path: Path) -> None:
    trust = load_trust(desk.pki.trust_folder)
    at = sealed.index(b"stream\n") + 40
    forged = forgeries.flipped(sealed, at)
    assert PaperFault.CONTENT_CHANGED in faults(desk, forged)
    assert not pyhanko_says_good(forged, trust)
    assert "Signature is Valid." not in pdfsig(forged, tmp_path)


def test_an_update_that_paints_over_the_page_is_found(desk: Desk, sealed: bytes) -> None:
    forged = forgeries.repainted(sealed)
    assert pictures(forged, 40)[0].tobytes() != pictures(sealed, 40)[0].tobytes()
    assert faults(desk, forged) == (PaperFault.CHANGED_AFTER_SEALING,)


def test_poppler_alone_would_have_believed_the_painted_page(sealed: bytes, tmp_path: Path) -> None:
    said = pdfsig(forgeries.repainted(sealed), tmp_path)
    assert "Not total document signed" in said


def test_a_record_swapped_by_an_update_is_found(desk: Desk, sealed: bytes) -> None:
    other = delegated_receipt(new_number="139****9999").to_json()
    forged = forgeries.with_appended_record(sealed, other)
    assert faults(desk, forged) == (PaperFault.CHANGED_AFTER_SEALING,)


def test_a_record_swapped_before_the_branch_sealed_it_is_found_by_page_and_code(
    desk: Desk,
) -> None:
    other = delegated_receipt(new_number="139****9999").to_json()
    pdf = forgeries.with_other_record(desk.maker.make(delegated_receipt()).pdf, other)
    found = faults(desk, desk.seal.seal(pdf))
    assert PaperFault.CODE_DIFFERS_FROM_RECORD in found
    assert PaperFault.PAGE_DIFFERS_FROM_RECORD in found


def test_another_page_over_the_right_record_is_found(desk: Desk) -> None:
    right = desk.maker.make(delegated_receipt()).pdf
    other = desk.maker.make(delegated_receipt(new_number="139****9999")).pdf
    found = faults(desk, desk.seal.seal(forgeries.with_page_of(right, other)))
    assert PaperFault.PAGE_DIFFERS_FROM_RECORD in found


def test_a_damaged_or_absent_or_swollen_record_is_found(desk: Desk) -> None:
    pdf = desk.maker.make(receipt()).pdf
    damaged = forgeries.with_other_record(pdf, b'{"kind":"receipt"}')
    assert faults(desk, desk.seal.seal(damaged)) == (PaperFault.RECORD_DAMAGED,)
    assert faults(desk, desk.seal.seal(forgeries.without_record(pdf))) == (
        PaperFault.RECORD_MISSING,
    )
    assert faults(desk, desk.seal.seal(forgeries.with_bomb(pdf))) == (PaperFault.RECORD_DAMAGED,)


def root_of(desk: Desk) -> Issuer:
    """Another root that this test's verifier trusts as well."""
    return make_root(NOW)


def sealed_by(desk: Desk, root: Issuer, certificate: x509.Certificate, at: FixedClock) -> bytes:
    key = SealKey(MemoryRsa(BIG), certificate, (root.certificate,))
    return PadesSeal(key, at).seal(desk.maker.make(delegated_receipt()).pdf)


def trusting(desk: Desk, root: Issuer, clock: FixedClock) -> PaperVerifier:
    trust = load_trust(desk.pki.trust_folder)
    wider = replace(trust, roots=(*trust.roots, root.certificate))
    return PaperVerifier(wider, desk.book, clock)


def test_a_strangers_seal_is_found(desk: Desk, tmp_path: Path) -> None:
    strange = make_demo_pki(tmp_path, BRANCH, NOW, "demonstration")
    seal = PadesSeal(load_seal_key(strange.seal_file, strange.passphrase), FixedClock())
    found = faults(desk, seal.seal(desk.maker.make(receipt()).pdf))
    assert found == (PaperFault.UNKNOWN_SEALER,)


def test_another_branchs_seal_is_found(desk: Desk) -> None:
    root = root_of(desk)
    certificate = issue(root, BIG, replace(BRANCH, code="110198"), NOW)
    forged = sealed_by(desk, root, certificate, FixedClock())
    verdict = trusting(desk, root, FixedClock()).verify(forged)
    assert verdict.faults == (PaperFault.OTHER_BRANCH,)


def test_a_certificate_that_has_ended_is_found(desk: Desk) -> None:
    root = root_of(desk)
    certificate = issue(root, BIG, BRANCH, NOW, timedelta(days=10))
    forged = sealed_by(desk, root, certificate, FixedClock())
    assert trusting(desk, root, FixedClock()).verify(forged).is_valid
    later = FixedClock(NOW + timedelta(days=30))
    verdict = trusting(desk, root, later).verify(forged)
    assert verdict.faults == (PaperFault.CERTIFICATE_EXPIRED,)


def test_a_revoked_certificate_is_found(desk: Desk) -> None:
    root = root_of(desk)
    certificate = issue(root, BIG, BRANCH, NOW)
    forged = sealed_by(desk, root, certificate, FixedClock())
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(certificate.serial_number)
        .revocation_date(NOW)
        .build()
    )
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.certificate.subject)
        .last_update(NOW)
        .next_update(NOW + timedelta(days=30))
        .add_revoked_certificate(entry)
        .sign(root.key, hashes.SHA256())
    )
    trust = load_trust(desk.pki.trust_folder)
    wider = Trust((*trust.roots, root.certificate), trust.code_keys, (crl,))
    verdict = PaperVerifier(wider, desk.book, FixedClock()).verify(forged)
    assert verdict.faults == (PaperFault.CERTIFICATE_REVOKED,)


def test_revocation_lists_are_read_from_the_trust_folder(desk: Desk, tmp_path: Path) -> None:
    root = root_of(desk)
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.certificate.subject)
        .last_update(NOW)
        .next_update(NOW + timedelta(days=30))
        .sign(root.key, hashes.SHA256())
    )
    for part in ("roots", "codes", "revoked"):
        (tmp_path / part).mkdir()
    pem = root.certificate.public_bytes(serialization.Encoding.PEM)
    (tmp_path / "roots" / "r.pem").write_bytes(pem)
    for name, form in (
        ("a.crl", serialization.Encoding.PEM),
        ("b.crl", serialization.Encoding.DER),
    ):
        (tmp_path / "revoked" / name).write_bytes(crl.public_bytes(form))
    assert len(load_trust(tmp_path).revoked) == 2


@pytest.mark.parametrize("keep", [10, 3000, 60_000])
def test_a_cut_file_is_never_good_and_never_a_crash(desk: Desk, sealed: bytes, keep: int) -> None:
    assert not is_good(desk, sealed[:keep])


def is_good(desk: Desk, data: bytes) -> bool:
    try:
        return desk.verifier.verify(data).is_valid
    except CounterError:
        return False


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_paper_is_unreadable(desk: Desk, data: bytes) -> None:
    with pytest.raises(CounterError) as caught:
        desk.verifier.verify(data)
    assert caught.value.code is FailureCode.RECEIPT_UNREADABLE


def test_a_huge_file_is_not_even_opened(desk: Desk) -> None:
    assert faults(desk, b"%PDF-1.7" + bytes(26 * 1024 * 1024)) == (PaperFault.TOO_LARGE,)


def test_the_command_says_it_in_words(desk: Desk, sealed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "receipt.pdf"
    path.write_bytes(sealed)
    good = verify_file(path, desk.verifier)
    assert good["valid"] is True
    assert "真实、完整" in str(good["words"])
    assert "演示" in str(good["words"])
    path.write_bytes(forgeries.repainted(sealed))
    bad = verify_file(path, desk.verifier, "en")
    assert bad["valid"] is False
    assert bad["faults"] == ["CHANGED_AFTER_SEALING"]
    with pytest.raises(CounterError):
        verify_file(tmp_path / "absent.pdf", desk.verifier)


def test_every_fault_has_words_in_both_languages() -> None:
    from counter_app.receipt.words import load_words

    for language in ("zh", "en"):
        words = load_words(language)
        assert all(words.of("verdict", fault.value) for fault in PaperFault)


def test_random_damage_never_passes_and_never_crashes(desk: Desk, sealed: bytes) -> None:
    """The bytes kept free behind the signature are nobody's content, so they are left alone."""
    chance = random.Random(11)
    spare = sealed.index(b"/Contents <") + 6000
    for _ in range(60):
        start = chance.choice((chance.randrange(spare), len(sealed) - chance.randrange(1, 600)))
        cut = sealed[:start] + bytes([sealed[start] ^ 0xFF]) + sealed[start + 1 :]
        if chance.random() < 0.4:
            cut = sealed[:start] + sealed[start + chance.randrange(1, 300) :]
        assert not is_good(desk, cut)


def test_a_bad_paper_leaves_no_traceback_on_the_screen(
    desk: Desk, sealed: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    faults(desk, forgeries.repainted(sealed))
    assert capfd.readouterr() == ("", "")


def test_a_picture_that_swells_is_turned_away_without_a_warning(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    for side in (9_500, 14_000):
        out = io.BytesIO()
        Image.new("1", (side, side)).save(out, "PNG")
        with pytest.raises(CounterError) as caught:
            desk.verifier.verify(out.getvalue())
        assert caught.value.code is FailureCode.RECEIPT_UNREADABLE
    assert capfd.readouterr() == ("", "")


def test_programs_are_told_of_a_file_that_is_no_paper(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("hello", encoding="utf-8")
    pki = make_demo_pki(tmp_path / "pki", BRANCH, NOW, "demonstration")
    runner = CliRunner()
    said = runner.invoke(app, ["verify", str(path), "--trust", str(pki.trust_folder), "--json"])
    assert said.exit_code == 1
    told = json.loads(said.stdout)
    assert (told["valid"], told["faults"]) == (False, ["RECEIPT_UNREADABLE"])
