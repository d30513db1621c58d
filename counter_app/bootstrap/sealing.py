"""The branch's seal as the settings name it: key, codes, trusted certificates."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import keyring
import keyring.errors

from counter_app.bootstrap.clock import SystemClock
from counter_app.bootstrap.places import Places
from counter_app.domain.paper_parts import Branch
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.clock import Clock
from counter_app.ports.paper import Seal
from counter_app.receipt.demo_pki import TRUST_FOLDER, make_demo_pki
from counter_app.receipt.keys import SealKey, load_seal_key
from counter_app.receipt.long_term import LongTermSeal
from counter_app.receipt.pin_guard import PinGuard
from counter_app.receipt.seal import PadesSeal
from counter_app.receipt.service_seal import ServiceSeal
from counter_app.receipt.token import TokenPlace, TokenRsa, seal_key_on
from counter_app.services.extend_papers import PaperExtension
from counter_app.settings import SealTable, Settings
from counter_app.storage.data_folder import DataFolder

DEMO = "demo"
KEYRING = "counter_app"
SEAL_PIN = "COUNTER_APP_SEAL_PIN"
CODE_PIN = "COUNTER_APP_CODE_PIN"
REFUSED = "seal-pin.refused"


@dataclass(frozen=True, slots=True)
class SealPlaces:
    """Where the parts of the seal are.

    Attributes:
        code_file: PKCS#12 with the key of the codes.
    """

    code_file: Path
    code_passphrase: bytes = field(repr=False)
    trust_folder: Path


def seal_places(settings: Settings, places: Places, branch: Branch, clock: Clock) -> SealPlaces:
    """Return where codes and trust are; demonstration keys are made on first use.

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION; SETTINGS_INVALID: a part is not named.
    """
    table = settings.seal
    if table.key == DEMO:
        pki = make_demo_pki(places.pki, branch, clock.now(), settings.environment.value)
        return SealPlaces(pki.code_file, pki.passphrase, pki.trust_folder)
    for name in ("code_key", "trust"):
        if not getattr(table, name):
            raise _unset(f"seal.{name}")
    return SealPlaces(Path(table.code_key), secret(CODE_PIN).encode(), Path(table.trust))


def open_seal(settings: Settings, places: Places, branch: Branch, clock: Clock) -> Seal:
    """Open what seals papers.

    Raises:
        CounterError: SEAL_KEY_MISSING, SEAL_PIN_WRONG, SETTINGS_INVALID, SIMULATOR_IN_PRODUCTION.
    """
    kind, _, place = settings.seal.key.partition(":")
    match kind:
        case "demo":
            pki = make_demo_pki(places.pki, branch, clock.now(), settings.environment.value)
            return PadesSeal(load_seal_key(pki.seal_file, pki.passphrase), clock)
        case "pkcs12":
            return PadesSeal(load_seal_key(Path(place), secret(SEAL_PIN).encode()), clock)
        case "pkcs11":
            guard = PinGuard(places.pki / REFUSED)
            return PadesSeal(_on_token(Path(place), settings.seal, guard), clock)
        case _:
            return ServiceSeal(place, clock)


def trust_folder(settings: Settings, places: Places) -> Path:
    """Return the folder of trusted certificates, whether it exists or not."""
    is_demo = settings.seal.key == DEMO
    return places.pki / TRUST_FOLDER if is_demo else Path(settings.seal.trust)


def paper_extension(
    data: DataFolder, settings: Settings, places: Places, is_online: Callable[[], bool]
) -> PaperExtension:
    """Return what gives sealed papers their validation data while the counter is online."""
    extender = LongTermSeal(trust_folder(settings, places), settings.seal.timestamps)
    return PaperExtension(data.store, extender, SystemClock(), is_online)


def _on_token(module: Path, table: SealTable, guard: PinGuard) -> SealKey:
    pin = secret(SEAL_PIN)
    guard.require_untried(pin)
    try:
        token = TokenRsa(TokenPlace(module, table.token, table.label, pin))
    except CounterError as error:
        if error.code is FailureCode.SEAL_PIN_WRONG and "asked" not in error.facts:
            guard.note_refused(pin)
        raise
    guard.note_accepted()
    return seal_key_on(token)


def secret(name: str) -> str:
    """Return a PIN or passphrase: of the environment, else of the system's keyring.

    Raises:
        CounterError: SEAL_PIN_WRONG, fact `tries` "kept": there is none, so nothing was tried.
    """
    told = os.environ.get(name)
    if told is None:
        try:
            told = keyring.get_password(KEYRING, name)
        except keyring.errors.KeyringError:
            told = None
    if not told:
        raise CounterError(FailureCode.SEAL_PIN_WRONG, tries="kept", missing=name)
    return told


def _unset(key: str) -> CounterError:
    return CounterError(
        FailureCode.SETTINGS_INVALID, file="settings.toml", line=1, key=key, allowed="a path"
    )
