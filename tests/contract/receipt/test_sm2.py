"""Seals by SM2 over SM3, made by openssl and judged by us."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from counter_app.domain.paper_verdict import PaperFault
from counter_app.receipt.sm2 import is_signed, issued, sm2_key, sm3
from counter_app.receipt.trust import load_trust
from counter_app.receipt.verify import PaperVerifier
from tests.contract.receipt.conftest import Desk, FixedClock
from tests.contract.receipt.sm2_signer import Sm2Branch, openssl
from tests.contract.receipt.tampering import TAMPERS
from tests.unit.receipt.records import BRANCH, receipt

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here")


@dataclass(frozen=True)
class Bench:
    """A branch that seals by SM2, and what judges its papers."""

    branch: Sm2Branch
    sealed: bytes
    trust: Path
    desk: Desk

    def faults(self, data: bytes, days_later: int = 0) -> tuple[PaperFault, ...]:
        clock = FixedClock(datetime.now(UTC) + timedelta(days=days_later, seconds=5))
        return PaperVerifier(load_trust(self.trust), self.desk.book, clock).verify(data).faults


@pytest.fixture(scope="module")
def bench(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("sm2")
    branch = Sm2Branch.founded(folder / "branch")
    trust = folder / "trust"
    shutil.copytree(desk.pki.trust_folder, trust)
    shutil.copy(branch.folder / "root.pem", trust / "roots" / "sm2.pem")
    sealed = branch.seal(desk.maker.make(receipt()).pdf)
    return Bench(branch, sealed, trust, desk)


def in_seal(der: str) -> tuple[bytes, bytes]:
    """Return DER as it may be spelled in a seal's place."""
    return der.lower().encode(), der.upper().encode()


def test_a_seal_of_the_branch_is_good_beside_those_by_rsa(bench: Bench) -> None:
    assert bench.faults(bench.sealed) == ()
    by_rsa = bench.desk.seal.seal(bench.desk.maker.make(receipt()).pdf)
    assert bench.faults(by_rsa) == ()


def test_who_sealed_is_told(bench: Bench) -> None:
    clock = FixedClock(datetime.now(UTC) + timedelta(seconds=5))
    verdict = PaperVerifier(load_trust(bench.trust), bench.desk.book, clock).verify(bench.sealed)
    assert (verdict.branch, verdict.number) == (BRANCH.name, receipt().number)
    assert not verdict.demonstration


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_a_flipped_byte_is_found(bench: Bench, place: float) -> None:
    data = bytearray(bench.sealed)
    at = int(bench.sealed.index(b"/ByteRange") * place)
    data[at] ^= 1
    assert bench.faults(bytes(data)) != ()


def test_a_changed_signature_is_found(bench: Bench) -> None:
    start = bench.sealed.index(b"/Contents <") + len(b"/Contents <")
    used = 8 + 2 * int(bench.sealed[start + 4 : start + 8], 16)  # 30 82 and two bytes of length
    data = bytearray(bench.sealed)
    last = start + used - 10  # inside s, the last number of the message
    data[last] = ord("a") if data[last] != ord("a") else ord("b")
    assert bench.faults(bytes(data)) == (PaperFault.CONTENT_CHANGED,)


def test_another_key_under_the_branchs_name_is_found(bench: Bench) -> None:
    openssl(bench.branch.folder, "genpkey", "-algorithm", "SM2", "-out", "thief.key")
    forged = bench.branch.seal(bench.desk.maker.make(receipt()).pdf, key="thief")
    assert bench.faults(forged) == (PaperFault.CONTENT_CHANGED,)


def test_a_branch_under_another_root_is_not_trusted(bench: Bench, tmp_path: Path) -> None:
    stranger = Sm2Branch.founded(tmp_path / "stranger", "/O=样本机构/CN=SM2 root")
    sealed = stranger.seal(bench.desk.maker.make(receipt()).pdf)
    assert bench.faults(sealed) == (PaperFault.UNKNOWN_SEALER,)


def test_another_branch_of_the_institution_is_told(bench: Bench) -> None:
    openssl(bench.branch.folder, "genpkey", "-algorithm", "SM2", "-out", "other.key")
    bench.branch.issue("other", "110198")
    sealed = bench.branch.seal(bench.desk.maker.make(receipt()).pdf, key="other", named="other")
    assert bench.faults(sealed) == (PaperFault.OTHER_BRANCH,)


def test_a_certificate_that_ended_is_told(bench: Bench) -> None:
    assert bench.faults(bench.sealed, days_later=31) == (PaperFault.CERTIFICATE_EXPIRED,)


@pytest.mark.parametrize("name", [name for name in TAMPERS if "other file" not in name])
def test_what_is_found_behind_our_own_seals_is_found_behind_these(bench: Bench, name: str) -> None:
    assert bench.faults(TAMPERS[name](bench.sealed)) != ()


def test_a_seal_of_a_kind_nobody_here_can_judge_is_said_to_be_one(bench: Bench) -> None:
    other = bench.sealed.replace(b"/ETSI.CAdES.detached", b"/GBT.SESeal.detached")
    assert other != bench.sealed
    signed_data, unknown = in_seal("06092A864886F70D010702"), in_seal("06092A864886F70D010763")
    for one, another in zip(signed_data, unknown, strict=True):
        other = other.replace(one, another)
    assert bench.faults(other) == (PaperFault.SEAL_NOT_JUDGED,)


def test_an_algorithm_without_a_judge_is_not_called_tampering(bench: Bench) -> None:
    before, after = in_seal("06082A811CCF55018375"), in_seal("06082A811CCF55018376")
    changed = bench.sealed
    for one, other in zip(before, after, strict=True):
        changed = changed.replace(one, other)
    assert changed != bench.sealed
    assert bench.faults(changed) == (PaperFault.SEAL_NOT_JUDGED,)


def test_openssl_and_we_agree_on_hash_and_signature(bench: Bench) -> None:
    branch = bench.branch
    key = sm2_key(branch.certificate("branch").public_key)
    assert key is not None
    for length in (0, 1, 55, 56, 64, 1000):
        said = bytes(range(256)) * 4
        said = said[:length]
        assert sm3(said) == branch.sm3(said)
        if said:
            signature = branch.signature(said)
            assert is_signed(key, said, signature)
            assert not is_signed(key, said + b"x", signature)
            assert not is_signed(key, said, signature[:-1])
            assert not is_signed(key, said, signature + b"\0")


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        b"\x30\x06\x02\x01\x00\x02\x01\x00",
        b"\x30\x06\x02\x01\x01\x02\x01\xff",
        b"\x30\x07\x02\x02\x00\x01\x02\x01\x01",
        b"\x30\x26\x02\x21\x00" + b"\xff" * 32 + b"\x02\x01\x01",
    ],
)
def test_a_signature_out_of_range_or_shape_is_none(bench: Bench, signature: bytes) -> None:
    key = sm2_key(bench.branch.certificate("branch").public_key)
    assert key is not None
    assert not is_signed(key, b"said", signature)


def test_a_point_that_is_not_on_the_curve_signs_nothing(bench: Bench) -> None:
    signature = bench.branch.signature(b"said")
    assert not is_signed(b"\x04" + bytes(63) + b"\x01", b"said", signature)
    assert not is_signed(b"\x04" + bytes(64), b"said", signature)


def test_only_a_certificate_authority_issues(bench: Bench) -> None:
    root, branch = bench.branch.certificate("root"), bench.branch.certificate("branch")
    assert issued(root, root)
    assert issued(root, branch)
    assert not issued(branch, branch)
    assert not issued(branch, root)
