"""Where the sealing key comes from: a file, a token (SoftHSM2), and what can be wrong with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.errors import CounterError, FailureCode
from counter_app.receipt.demo_pki import make_demo_pki
from counter_app.receipt.keys import load_code_key, load_seal_key
from counter_app.receipt.seal import PadesSeal
from counter_app.receipt.token import TokenPlace, TokenRsa, seal_key_on
from counter_app.receipt.trust import load_trust
from tests.contract.receipt.conftest import Desk, FixedClock
from tests.contract.receipt.soft_token import MODULE, PIN, Token
from tests.unit.receipt.records import BRANCH, NOW, delegated_receipt


def code_of(call: object) -> FailureCode:
    assert callable(call)
    with pytest.raises(CounterError) as caught:
        call()
    return caught.value.code


def test_demonstration_keys_are_marked_private_and_made_once(tmp_path: Path) -> None:
    pki = make_demo_pki(tmp_path / "pki", BRANCH, NOW, "demonstration")
    before = pki.seal_file.read_bytes()
    assert make_demo_pki(tmp_path / "pki", BRANCH, NOW, "demonstration") == pki
    assert pki.seal_file.read_bytes() == before
    key = load_seal_key(pki.seal_file, pki.passphrase)
    assert "DEMONSTRATION" in key.certificate.subject.rfc4514_string()
    assert pki.seal_file.stat().st_mode & 0o077 == 0


def test_no_demonstration_keys_in_production(tmp_path: Path) -> None:
    found = code_of(lambda: make_demo_pki(tmp_path, BRANCH, NOW, "production"))
    assert found is FailureCode.SIMULATOR_IN_PRODUCTION
    assert not list(tmp_path.iterdir())


def test_each_way_a_key_file_can_be_wrong_has_its_code(desk: Desk, tmp_path: Path) -> None:
    absent = tmp_path / "absent.p12"
    assert code_of(lambda: load_seal_key(absent, b"x")) is FailureCode.SEAL_KEY_MISSING
    wrong = lambda: load_seal_key(desk.pki.seal_file, b"wrong")  # noqa: E731
    assert code_of(wrong) is FailureCode.SEAL_PIN_WRONG
    damaged = tmp_path / "damaged.p12"
    damaged.write_bytes(desk.pki.seal_file.read_bytes()[:500])
    assert code_of(lambda: load_seal_key(damaged, b"x")) is FailureCode.SEAL_PIN_WRONG
    swapped = lambda: load_seal_key(desk.pki.code_file, desk.pki.passphrase)  # noqa: E731
    assert code_of(swapped) is FailureCode.SEAL_KEY_MISSING
    other = lambda: load_code_key(desk.pki.seal_file, desk.pki.passphrase)  # noqa: E731
    assert code_of(other) is FailureCode.SEAL_KEY_MISSING


@pytest.mark.parametrize("days", [-3, 731])
def test_nothing_is_sealed_outside_the_certificates_validity(desk: Desk, days: int) -> None:
    key = load_seal_key(desk.pki.seal_file, desk.pki.passphrase)
    seal = PadesSeal(key, FixedClock(NOW + timedelta(days=days)))
    pdf = desk.maker.make(delegated_receipt()).pdf
    assert code_of(lambda: seal.seal(pdf)) is FailureCode.SEAL_CERTIFICATE_EXPIRED


def test_the_days_left_are_counted_for_the_warning(desk: Desk) -> None:
    key = load_seal_key(desk.pki.seal_file, desk.pki.passphrase)
    assert PadesSeal(key, FixedClock()).days_left() == 729
    assert PadesSeal(key, FixedClock(NOW + timedelta(days=700))).days_left() == 29
    assert PadesSeal(key, FixedClock(NOW + timedelta(days=740))).days_left() < 0


def test_what_is_no_pdf_cannot_be_sealed(desk: Desk) -> None:
    assert code_of(lambda: desk.seal.seal(b"no pdf")) is FailureCode.SEAL_FAILED


def test_no_private_thing_shows_in_a_repr(desk: Desk) -> None:
    key = load_seal_key(desk.pki.seal_file, desk.pki.passphrase)
    place = TokenPlace(MODULE, "t", "k", PIN)
    assert PIN not in repr(place)
    assert "signer" not in repr(key)
    assert "demonstration" not in repr(desk.pki).replace(str(desk.pki.trust_folder), "")


def test_a_folder_without_roots_or_with_damage_is_said(tmp_path: Path) -> None:
    assert code_of(lambda: load_trust(tmp_path)) is FailureCode.TRUST_MISSING
    (tmp_path / "roots").mkdir()
    (tmp_path / "roots" / "a.pem").write_text("-----BEGIN CERTIFICATE-----\nxx\n")
    assert code_of(lambda: load_trust(tmp_path)) is FailureCode.SETTINGS_INVALID


def test_a_key_on_a_token_seals_as_one_in_a_file_does(desk: Desk, token: Token) -> None:
    held = TokenRsa(token.place)
    try:
        seal = PadesSeal(seal_key_on(held), FixedClock())
        sealed = seal.seal(desk.maker.make(delegated_receipt()).pdf)
        assert token.root_trusting.verify(sealed).faults == ()
    finally:
        held.close()


def test_a_wrong_pin_is_tried_once_and_said(token: Token) -> None:
    with pytest.raises(CounterError) as caught:
        TokenRsa(replace(token.place, pin="000000"))
    assert caught.value.code is FailureCode.SEAL_PIN_WRONG
    assert caught.value.facts["tries"] in {"many", "few", "last", "none"}
    TokenRsa(token.place).close()


@pytest.mark.parametrize(
    "change", [{"token_label": "other"}, {"key_label": "other"}, {"module": Path("/nowhere.so")}]
)
def test_a_token_or_key_that_is_not_there_is_missing(
    token: Token, change: dict[str, object]
) -> None:
    place = replace(token.place, **change)  # type: ignore[arg-type]
    assert code_of(lambda: TokenRsa(place)) is FailureCode.SEAL_KEY_MISSING
