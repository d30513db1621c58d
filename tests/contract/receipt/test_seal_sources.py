"""Where the settings say the seal is: files, a token, a service; secrets never stand there."""

from __future__ import annotations

from pathlib import Path

import keyring
import keyring.backends.fail
import pytest

from counter_app.bootstrap.places import Places
from counter_app.bootstrap.sealing import (
    CODE_PIN,
    KEYRING,
    SEAL_PIN,
    open_seal,
    seal_places,
    secret,
    trust_folder,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.receipt.pin_guard import PinGuard
from counter_app.receipt.seal import PadesSeal
from counter_app.receipt.service_seal import ServiceSeal
from counter_app.settings import Environment, SealTable, Settings
from tests.contract.receipt.conftest import Desk, FixedClock
from tests.contract.receipt.soft_token import MODULE, PIN, Token
from tests.unit.receipt.records import BRANCH, delegated_receipt


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """No secrets of this machine."""
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    monkeypatch.delenv(SEAL_PIN, raising=False)
    monkeypatch.delenv(CODE_PIN, raising=False)
    yield
    keyring.set_keyring(before)


def production(**seal: str) -> Settings:
    return Settings(environment=Environment.PRODUCTION, seal=SealTable(**seal))


def refusal(settings: Settings, places: Places) -> CounterError:
    with pytest.raises(CounterError) as caught:
        open_seal(settings, places, BRANCH, FixedClock())
    return caught.value


def test_a_branchs_own_files_seal_in_production(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = production(
        key=f"pkcs12:{desk.pki.seal_file}",
        code_key=str(desk.pki.code_file),
        trust=str(desk.pki.trust_folder),
    )
    monkeypatch.setenv(SEAL_PIN, "demonstration")
    monkeypatch.setenv(CODE_PIN, "demonstration")
    places = Places(tmp_path)
    where = seal_places(settings, places, BRANCH, FixedClock())
    assert where.code_file == desk.pki.code_file
    assert "demonstration" not in repr(where).replace(str(where.trust_folder), "")
    assert trust_folder(settings, places) == desk.pki.trust_folder
    sealed = open_seal(settings, places, BRANCH, FixedClock()).seal(
        desk.maker.make(delegated_receipt()).pdf
    )
    assert desk.verifier.verify(sealed).is_valid


def test_a_wrong_passphrase_and_no_passphrase_are_told_apart(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = production(key=f"pkcs12:{desk.pki.seal_file}")
    missing = refusal(settings, Places(tmp_path))
    assert (missing.code, missing.facts["missing"]) == (FailureCode.SEAL_PIN_WRONG, SEAL_PIN)
    monkeypatch.setenv(SEAL_PIN, "wrong")
    wrong = refusal(settings, Places(tmp_path))
    assert (wrong.code, wrong.facts["file"]) == (FailureCode.SEAL_PIN_WRONG, "seal.p12")


def test_production_never_uses_demonstration_keys(tmp_path: Path) -> None:
    code = refusal(production(), Places(tmp_path)).code
    assert code is FailureCode.SIMULATOR_IN_PRODUCTION


@pytest.mark.parametrize("named", [{}, {"code_key": "c.p12"}])
def test_a_part_that_is_not_named_is_said(tmp_path: Path, named: dict[str, str]) -> None:
    settings = production(key="service:https://seal.example", **named)
    with pytest.raises(CounterError) as caught:
        seal_places(settings, Places(tmp_path), BRANCH, FixedClock())
    assert caught.value.code is FailureCode.SETTINGS_INVALID


def test_a_service_is_opened_without_asking_it(tmp_path: Path) -> None:
    seal = open_seal(
        production(key="service:https://seal.example"), Places(tmp_path), BRANCH, FixedClock()
    )
    assert isinstance(seal, ServiceSeal)


def test_the_keyring_is_asked_where_the_environment_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Ring(keyring.backends.fail.Keyring):
        def get_password(self, service: str, username: str) -> str | None:
            return "from the ring" if (service, username) == (KEYRING, SEAL_PIN) else None

    keyring.set_keyring(Ring())
    assert secret(SEAL_PIN) == "from the ring"
    monkeypatch.setenv(SEAL_PIN, "from the environment")
    assert secret(SEAL_PIN) == "from the environment"


def on_token(token: Token) -> Settings:
    return production(
        key=f"pkcs11:{MODULE}", token=token.place.token_label, label=token.place.key_label
    )


def test_a_token_seals_and_a_wrong_pin_is_tried_once_however_often_the_program_starts(
    token: Token, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, places = on_token(token), Places(tmp_path)
    monkeypatch.setenv(SEAL_PIN, "000000")
    first = refusal(settings, places)
    assert first.code is FailureCode.SEAL_PIN_WRONG
    assert first.facts["tries"] in {"many", "few", "last", "none"}
    for _ in range(5):
        assert refusal(settings, places).facts["tries"] == "kept"
    monkeypatch.setenv(SEAL_PIN, PIN)
    seal = open_seal(settings, places, BRANCH, FixedClock())
    assert isinstance(seal, PadesSeal)
    sealed = seal.seal(desk.maker.make(delegated_receipt()).pdf)
    seal._key.signer.close()  # the token lets one session in
    assert token.root_trusting.verify(sealed).is_valid
    assert not list(places.pki.glob("*.refused"))


def test_a_refused_pin_is_kept_as_a_hash_for_this_person_only(tmp_path: Path) -> None:
    path = tmp_path / "pki" / "refused"
    guard = PinGuard(path)
    guard.require_untried("123456")
    guard.note_refused("123456")
    assert b"123456" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    guard.require_untried("654321")
    with pytest.raises(CounterError):
        PinGuard(path).require_untried("123456")
    guard.note_accepted()
    guard.note_accepted()
    guard.require_untried("123456")
