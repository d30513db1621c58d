"""Whether the signer of an electronic letter was revoked is judged by what is at hand, and said."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import crl as asn1_crl
from asn1crypto import keys
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from counter_app.capture.letter_signers import with_signatures
from counter_app.capture.pdf_signatures import judge_signatures
from counter_app.domain.electronic_signature import ElectronicSignature, SignatureVerdict
from counter_app.domain.reading import DocumentKind, Notice, Reading
from counter_app.receipt.demo_pki import Issuer, issue, make_root
from counter_app.receipt.keys import MemoryRsa, SealKey
from counter_app.receipt.seal import PadesSeal
from tests.contract.receipt import conftest as papers
from tests.contract.receipt.conftest import FixedClock
from tests.unit.receipt.records import BRANCH, NOW, letter

DAY = timedelta(days=1)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True, slots=True)
class Office:
    """An authority, the certificate it gave, and a letter signed with it."""

    root: Issuer
    certificate: x509.Certificate
    letter: bytes

    def listed(self, *serials: int, by: Issuer | None = None, until: datetime = NOW + DAY) -> bytes:
        """Return a revocation list (DER)."""
        issuer = by or self.root
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.certificate.subject)
            .last_update(until - 2 * DAY)
            .next_update(until)
        )
        for serial in serials:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def answered(self, status: ocsp.OCSPCertStatus, by: Issuer | None = None) -> bytes:
        """Return an answer (DER) of the authority, or of whom it lets answer."""
        is_revoked = status is ocsp.OCSPCertStatus.REVOKED
        who = by or self.root
        builder = (
            ocsp.OCSPResponseBuilder()
            .add_response(
                self.certificate,
                self.root.certificate,
                hashes.SHA1(),
                status,
                NOW - timedelta(hours=1),
                NOW + DAY,
                NOW if is_revoked else None,
                None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, who.certificate)
        )
        if by is not None:
            builder = builder.certificates([by.certificate])
        return builder.sign(who.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def with_store(self, lists: list[bytes], answers: list[bytes]) -> bytes:
        """Return the letter with a security store."""
        out = io.BytesIO(self.letter)
        signature = PdfFileReader(io.BytesIO(self.letter)).embedded_signatures[0]
        DocumentSecurityStore.add_dss(
            out,
            signature.pkcs7_content,
            crls=[asn1_crl.CertificateList.load(each) for each in lists],
            ocsps=[asn1_ocsp.OCSPResponse.load(each) for each in answers],
        )
        return out.getvalue()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A letter that nobody signed."""
    pki = papers.make_demo_pki(tmp_path_factory.mktemp("pki"), BRANCH, NOW, "demonstration")
    code = papers.CodeSigner(papers.load_code_key(pki.code_file, pki.passphrase))
    return papers.ReceiptMaker(papers.FontBook(papers.FONTS), code).make(letter()).pdf


@pytest.fixture(scope="module")
def office(plain: bytes) -> Office:
    root = make_root(NOW)
    certificate = issue(root, KEY, BRANCH, NOW)
    key = SealKey(MemoryRsa(KEY), certificate, (root.certificate,))
    return Office(root, certificate, PadesSeal(key, FixedClock()).seal(plain))


@pytest.fixture
def roots(office: Office, tmp_path: Path) -> Path:
    (tmp_path / "root.pem").write_bytes(office.root.certificate.public_bytes(Encoding.PEM))
    return tmp_path


def judged(letter: bytes, roots: Path) -> tuple[SignatureVerdict, bool]:
    (only,) = judge_signatures(letter, roots)
    return only.verdict, only.is_revocation_known


GOOD_UNKNOWN = (SignatureVerdict.GOOD, False)
GOOD_KNOWN = (SignatureVerdict.GOOD, True)
REVOKED = (SignatureVerdict.REVOKED, True)


def test_without_any_list_it_is_not_known(office: Office, roots: Path) -> None:
    assert judged(office.letter, roots) == GOOD_UNKNOWN


@pytest.mark.parametrize("place", ["a.crl", "revoked/a.crl"])
def test_a_list_beside_the_roots_clears_or_revokes(office: Office, roots: Path, place: str) -> None:
    path = roots / place
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(office.listed())
    assert judged(office.letter, roots) == GOOD_KNOWN
    path.write_bytes(office.listed(office.certificate.serial_number))
    assert judged(office.letter, roots) == REVOKED


def test_a_list_that_is_damaged_or_of_somebody_else_says_nothing(
    office: Office, roots: Path
) -> None:
    (roots / "damaged.crl").write_bytes(b"\x30\x03no list")
    stranger = make_root(NOW)
    (roots / "strange.crl").write_bytes(
        office.listed(office.certificate.serial_number, by=stranger)
    )
    assert judged(office.letter, roots) == GOOD_UNKNOWN


def test_a_list_that_had_run_out_before_the_signing_clears_nobody(
    office: Office, roots: Path
) -> None:
    (roots / "old.crl").write_bytes(office.listed(until=NOW - DAY))
    assert judged(office.letter, roots) == GOOD_UNKNOWN
    (roots / "old.crl").write_bytes(
        office.listed(office.certificate.serial_number, until=NOW - DAY)
    )
    assert judged(office.letter, roots) == REVOKED


def delegate(office: Office, *, may_answer: bool) -> Issuer:
    """Return somebody with a certificate of the authority."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    usage = ExtendedKeyUsageOID.OCSP_SIGNING if may_answer else ExtendedKeyUsageOID.CLIENT_AUTH
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "样本应答")]))
        .issuer_name(office.root.certificate.subject)
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + 9 * DAY)
        .public_key(key.public_key())
        .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        .sign(office.root.key, hashes.SHA256())
    )
    return Issuer(key, certificate)


Carried = Callable[[Office], bytes]
CARRIED: dict[str, tuple[Carried, tuple[SignatureVerdict, bool]]] = {
    "a list": (lambda one: one.with_store([one.listed()], []), GOOD_KNOWN),
    "a list with the signer": (
        lambda one: one.with_store([one.listed(one.certificate.serial_number)], []),
        REVOKED,
    ),
    "a good answer": (
        lambda one: one.with_store([], [one.answered(ocsp.OCSPCertStatus.GOOD)]),
        GOOD_KNOWN,
    ),
    "an answer of revocation": (
        lambda one: one.with_store([], [one.answered(ocsp.OCSPCertStatus.REVOKED)]),
        REVOKED,
    ),
    "an answer that knows nothing": (
        lambda one: one.with_store([], [one.answered(ocsp.OCSPCertStatus.UNKNOWN)]),
        GOOD_UNKNOWN,
    ),
    "an answer of a delegate": (
        lambda one: one.with_store(
            [], [one.answered(ocsp.OCSPCertStatus.GOOD, delegate(one, may_answer=True))]
        ),
        GOOD_KNOWN,
    ),
    "an answer of one who may not": (
        lambda one: one.with_store(
            [], [one.answered(ocsp.OCSPCertStatus.GOOD, delegate(one, may_answer=False))]
        ),
        GOOD_UNKNOWN,
    ),
}


@pytest.mark.parametrize("what", CARRIED)
def test_what_the_file_carries_counts_where_the_authority_signed_it(
    office: Office, roots: Path, what: str
) -> None:
    make, verdict = CARRIED[what]
    assert judged(make(office), roots) == verdict


@pytest.mark.parametrize("is_carried", [True, False])
def test_what_the_signature_itself_carries_counts_too(
    plain: bytes, tmp_path: Path, is_carried: bool
) -> None:
    now = datetime.now(UTC)
    root = make_root(now)
    office = Office(root, issue(root, KEY, BRANCH, now), b"")
    (tmp_path / "root.pem").write_bytes(root.certificate.public_bytes(Encoding.PEM))
    trusted = asn1_x509.Certificate.load(root.certificate.public_bytes(Encoding.DER))
    registry = SimpleCertificateStore()
    registry.register(trusted)
    signer = signers.SimpleSigner(
        asn1_x509.Certificate.load(office.certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(
            KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        registry,
    )
    context = ValidationContext(
        trust_roots=[trusted], crls=[office.listed(until=now + DAY)], allow_fetching=False
    )
    meta = signers.PdfSignatureMetadata(
        field_name="signature",
        subfilter=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
        embed_validation_info=is_carried,
        validation_context=context if is_carried else None,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(plain))
    signed = signers.sign_pdf(writer, meta, signer=signer)
    assert judged(signed.getvalue(), tmp_path) == (SignatureVerdict.GOOD, is_carried)


def told(*signatures: ElectronicSignature) -> tuple[tuple[Notice, ...], str | None]:
    reading = with_signatures(Reading(DocumentKind.LETTER), signatures)
    return reading.notices, reading.signer


def test_a_revoked_signer_is_a_finding_and_no_signer() -> None:
    revoked = ElectronicSignature("样本甲", SignatureVerdict.REVOKED, NOW, True)
    good = ElectronicSignature("样本乙", SignatureVerdict.GOOD, NOW, True)
    assert told(revoked) == ((Notice.SIGNATURE_REVOKED,), None)
    assert told(good, revoked) == ((Notice.SIGNATURE_REVOKED,), None)


def test_what_is_not_known_is_said_beside_the_good_signature() -> None:
    good = ElectronicSignature("样本乙", SignatureVerdict.GOOD, NOW)
    both = (Notice.SIGNED_ELECTRONICALLY, Notice.REVOCATION_UNKNOWN)
    assert told(good) == (both, "样本乙")
    known = ElectronicSignature("样本乙", SignatureVerdict.GOOD, NOW, True)
    assert told(known) == ((Notice.SIGNED_ELECTRONICALLY,), "样本乙")
