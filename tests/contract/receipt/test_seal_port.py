"""What every seal promises: ours, and a vendor's behind a service in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.paper import Seal
from counter_app.receipt.posting import post
from counter_app.receipt.service_seal import ServiceSeal
from tests.contract.receipt.conftest import Desk, FixedClock
from tests.unit.receipt.records import delegated_receipt

ROOT = Path(__file__).resolve().parents[3]
StartService = Callable[[str], ServiceSeal]


@pytest.fixture(scope="module")
def service(desk: Desk) -> Iterator[StartService]:
    """One running service; asked in a given manner."""
    command = [sys.executable, "-m", "tests.contract.receipt.seal_service"]
    folder = str(desk.pki.seal_file.parent)
    with subprocess.Popen(
        [*command, folder], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        address = f"http://127.0.0.1:{int(process.stdout.readline())}"
        yield lambda manner: ServiceSeal(f"{address}/{manner}/", FixedClock())
        process.kill()


@pytest.fixture(params=["pades", "service"])
def seal(request: pytest.FixtureRequest, desk: Desk, service: StartService) -> Seal:
    return desk.seal if request.param == "pades" else service("well")


def refused(call: Callable[[], object]) -> FailureCode:
    with pytest.raises(CounterError) as caught:
        call()
    return caught.value.code


def test_the_sealed_bytes_begin_with_the_paper_and_can_be_judged(desk: Desk, seal: Seal) -> None:
    paper = desk.maker.make(delegated_receipt()).pdf
    sealed = seal.seal(paper)
    assert sealed.startswith(paper)
    assert desk.verifier.verify(sealed).is_valid


def test_the_days_until_the_certificate_ends_are_told(desk: Desk, seal: Seal) -> None:
    assert seal.days_left() == desk.seal.days_left()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("pin", FailureCode.SEAL_PIN_WRONG),
        ("key", FailureCode.SEAL_KEY_MISSING),
        ("ended", FailureCode.SEAL_CERTIFICATE_EXPIRED),
        ("broken", FailureCode.SEAL_FAILED),
    ],
)
def test_each_refusal_of_a_service_has_its_code(
    service: StartService, answer: str, code: FailureCode
) -> None:
    seal = service(answer)
    assert refused(lambda: seal.seal(b"%PDF-1.7")) is code
    assert refused(seal.days_left) is code


@pytest.mark.parametrize("answer", ["same", "other", "long"])
def test_other_bytes_than_ours_with_a_seal_behind_are_not_taken(
    service: StartService, answer: str
) -> None:
    seal = service(answer)
    assert refused(lambda: seal.seal(b"%PDF-1.7")) is FailureCode.SEAL_FAILED


@pytest.mark.parametrize("answer", ["odd", "garbage", "bare"])
def test_an_odd_number_of_days_is_not_taken(service: StartService, answer: str) -> None:
    assert refused(service(answer).days_left) is FailureCode.SEAL_FAILED


def test_a_service_that_is_not_there_is_said() -> None:
    nowhere = ServiceSeal("http://127.0.0.1:1", FixedClock())
    assert refused(lambda: nowhere.seal(b"%PDF-1.7")) is FailureCode.SEAL_FAILED


def test_no_paper_leaves_the_machine_in_the_clear() -> None:
    for address in ("http://192.0.2.1/seal", "ftp://127.0.0.1/", "file:///etc/hosts", "seal"):
        with pytest.raises(ValueError, match="https"):
            post(address, b"", "application/pdf", 10)
