"""Validation data and a timestamp let a seal outlive its certificate."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from asn1crypto import keys, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from counter_app.domain.paper_verdict import PaperFault
from counter_app.errors import CounterError, FailureCode
from counter_app.receipt.certificates import to_asn1
from counter_app.receipt.demo_pki import issue, make_root
from counter_app.receipt.keys import MemoryRsa, SealKey
from counter_app.receipt.long_term import LongTermSeal, with_validation_data
from counter_app.receipt.seal import PadesSeal
from counter_app.receipt.trust import Trust, load_trust
from counter_app.receipt.verify import PaperVerifier
from tests.contract.receipt import forgeries
from tests.contract.receipt.conftest import Desk, FixedClock
from tests.unit.receipt.records import BRANCH, NOW, delegated_receipt

LATER = FixedClock(NOW + timedelta(days=30))


@dataclass(frozen=True)
class Office:
    """A branch whose certificate ends after ten days, and a timestamp service that lasts."""

    trust: Trust
    sealed: bytes
    timestamper: DummyTimeStamper


@pytest.fixture(scope="module")
def office(desk: Desk) -> Office:
    root = make_root(NOW)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = issue(root, key, BRANCH, NOW, timedelta(days=10))
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.certificate.subject)
        .last_update(NOW)
        .next_update(NOW + timedelta(days=90))
        .sign(root.key, hashes.SHA256())
    )
    base = load_trust(desk.pki.trust_folder)
    trust = replace(base, roots=(*base.roots, root.certificate), revoked=(crl,))
    seal = PadesSeal(SealKey(MemoryRsa(key), certificate, (root.certificate,)), FixedClock())
    sealed = seal.seal(desk.maker.make(delegated_receipt()).pdf)
    stamp_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    stamp_certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "样本时间戳")]))
        .issuer_name(root.certificate.subject)
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=700))
        .public_key(stamp_key.public_key())
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key()),
            critical=False,
        )
        .sign(root.key, hashes.SHA256())
    )
    der = stamp_key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    at = NOW + timedelta(hours=1)
    timestamper = DummyTimeStamper(
        to_asn1(stamp_certificate), keys.PrivateKeyInfo.load(der), fixed_dt=at
    )
    return Office(trust, sealed, timestamper)


def test_validation_data_only_appends_and_the_paper_stays_good(desk: Desk, office: Office) -> None:
    longer = with_validation_data(office.sealed, office.trust, NOW + timedelta(hours=1))
    assert longer.startswith(office.sealed)
    assert len(longer) > len(office.sealed)
    assert PaperVerifier(office.trust, desk.book, FixedClock()).verify(longer).faults == ()


def test_a_timestamp_keeps_a_seal_good_after_its_certificate_ended(
    desk: Desk, office: Office
) -> None:
    at = NOW + timedelta(hours=1)
    plain = with_validation_data(office.sealed, office.trust, at)
    stamped = with_validation_data(office.sealed, office.trust, at, office.timestamper)
    later = PaperVerifier(office.trust, desk.book, LATER)
    assert later.verify(plain).faults == (PaperFault.CERTIFICATE_EXPIRED,)
    assert later.verify(stamped).faults == ()


def test_a_paper_painted_over_after_the_timestamp_is_found(desk: Desk, office: Office) -> None:
    at = NOW + timedelta(hours=1)
    stamped = with_validation_data(office.sealed, office.trust, at, office.timestamper)
    verdict = PaperVerifier(office.trust, desk.book, FixedClock()).verify(
        forgeries.repainted(stamped)
    )
    assert PaperFault.CHANGED_AFTER_SEALING in verdict.faults


def test_nothing_can_be_added_to_an_unsealed_file(desk: Desk, office: Office) -> None:
    with pytest.raises(CounterError) as caught:
        with_validation_data(desk.maker.make(delegated_receipt()).pdf, office.trust, NOW)
    assert caught.value.code is FailureCode.SEAL_FAILED


class StampService(BaseHTTPRequestHandler):
    """An RFC 3161 service on this machine."""

    timestamper: ClassVar[DummyTimeStamper]

    def do_POST(self) -> None:
        query = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        reply = self.timestamper.request_tsa_response(query).dump()
        is_refused = self.path != "/stamp"
        self.send_response(503 if is_refused else 200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def stamps(office: Office) -> Iterator[str]:
    StampService.timestamper = office.timestamper
    server = HTTPServer(("127.0.0.1", 0), StampService)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def trust_folder(office: Office, tmp_path: Path) -> Path:
    """What head office hands out, as files."""
    for part in ("roots", "codes", "revoked"):
        (tmp_path / part).mkdir()
    for number, root in enumerate(office.trust.roots):
        pem = root.public_bytes(serialization.Encoding.PEM)
        (tmp_path / "roots" / f"{number}.pem").write_bytes(pem)
    for number, crl in enumerate(office.trust.revoked):
        der = crl.public_bytes(serialization.Encoding.DER)
        (tmp_path / "revoked" / f"{number}.crl").write_bytes(der)
    return tmp_path


def test_a_timestamp_service_on_the_line_makes_the_seal_last(
    desk: Desk, office: Office, stamps: str, trust_folder: Path
) -> None:
    longer = LongTermSeal(trust_folder, f"{stamps}/stamp").extend(office.sealed, NOW)
    assert longer.startswith(office.sealed)
    assert PaperVerifier(office.trust, desk.book, LATER).verify(longer).faults == ()


def test_without_a_service_validation_data_alone_is_added(
    desk: Desk, office: Office, trust_folder: Path
) -> None:
    longer = LongTermSeal(trust_folder).extend(office.sealed, NOW)
    assert PaperVerifier(office.trust, desk.book, FixedClock()).verify(longer).faults == ()


@pytest.mark.parametrize("path", ["http://127.0.0.1:1/stamp", "ftp://127.0.0.1/stamp", "busy"])
def test_a_timestamp_service_that_fails_leaves_the_paper_for_later(
    office: Office, stamps: str, trust_folder: Path, path: str
) -> None:
    address = path if ":" in path else f"{stamps}/{path}"
    with pytest.raises(CounterError) as caught:
        LongTermSeal(trust_folder, address).extend(office.sealed, NOW)
    assert caught.value.code is FailureCode.SEAL_FAILED
