"""The data key: 32 random bytes, wrapped by the operating system's keyring or by a passphrase."""

from __future__ import annotations

import base64
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import keyring
import keyring.errors
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from counter_app.errors import CounterError, FailureCode
from counter_app.storage.database import KEY_BYTES
from counter_app.storage.dpapi import windows_ring
from counter_app.storage.durable import write_durably
from counter_app.storage.failures import translated

SERVICE = "counter-app data key"
KEY_FILE = "key.json"
_PURPOSE = b"counter-app data key v1"
_NONCE_BYTES = 12


class Keyring(Protocol):
    """What is used of a keyring; the modules of `keyring` and its backends have it."""

    def get_password(self, service_name: str, username: str) -> str | None:
        """Return a secret, or None."""
        ...

    def set_password(self, service_name: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service_name: str, username: str) -> None:
        """Forget a secret."""
        ...


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of deriving a key from a passphrase. Source: RFC 9106, section 4."""

    memory_kib: int = 256 * 1024
    passes: int = 3
    lanes: int = 4


class KeyKeeper:
    """Keeps the data key of one data folder.

    `key.json` in the folder says how the key is wrapped, and holds it only in wrapped form:
    by a second key that the keyring keeps under the folder's own random name, or by argon2id.
    """

    def __init__(self, folder: Path, ring: Keyring | None = None, cost: Cost | None = None) -> None:
        self._path = folder / KEY_FILE
        self._given = ring
        self._ring: Keyring = ring or windows_ring(folder) or keyring
        self._cost = cost or Cost()

    def at(self, folder: Path) -> KeyKeeper:
        """Return the keeper of another folder, with the same keyring and cost."""
        return KeyKeeper(folder, self._given, self._cost)

    def exists(self) -> bool:
        """Say whether the folder has a key."""
        return self._path.exists()

    def needs_passphrase(self) -> bool:
        """Say whether opening, or making, the key takes a passphrase."""
        if self.exists():
            return self._read()["wrap"] == "argon2id"
        return not self._ring_works()

    def unlock(self, passphrase: str | None = None) -> bytes:
        """Return the data key, making it on first use.

        Raises:
            CounterError: STORE_KEY_WRONG when the passphrase is wrong, or the keyring no longer has
                this folder's secret; PASSPHRASE_MISSING when one is needed and none was given;
                STORE_CORRUPT when the key file is not one.
        """
        if not self.exists():
            key = secrets.token_bytes(KEY_BYTES)
            self._write(key, passphrase)
            return key
        kept = self._read()
        try:
            return _unwrap(self._wrapping(kept, passphrase), _bytes(kept["wrapped"]))
        except (KeyError, ValueError, HashingError) as error:
            raise CounterError(FailureCode.STORE_CORRUPT, file=KEY_FILE) from error

    def rewrap(self, key: bytes, passphrase: str | None) -> None:
        """Wrap the same key anew: with a passphrase, or with None by the keyring."""
        self._write(key, passphrase)

    def forget(self) -> None:
        """Remove the wrapped key and what the keyring keeps for it: the data cannot be read again.

        A keyring that fails here keeps a secret that opens nothing once `key.json` is gone.
        """
        if self.exists():
            kept = self._read()
            if kept["wrap"] == "keyring":
                with suppress(keyring.errors.KeyringError, OSError, RuntimeError):
                    self._ring.delete_password(SERVICE, str(kept["name"]))
            self._path.unlink()

    def _write(self, key: bytes, passphrase: str | None) -> None:
        if passphrase is None:
            name, wrapping = secrets.token_hex(16), secrets.token_bytes(KEY_BYTES)
            self._into_ring(name, wrapping)
            kept: dict[str, str | int] = {"wrap": "keyring", "name": name}
        else:
            salt = os.urandom(16)
            wrapping = self._derived(passphrase, salt, self._cost)
            kept = {
                "wrap": "argon2id",
                "salt": base64.b64encode(salt).decode(),
                "memory_kib": self._cost.memory_kib,
                "passes": self._cost.passes,
                "lanes": self._cost.lanes,
            }
        kept["wrapped"] = base64.b64encode(_wrap(wrapping, key)).decode()
        write_durably(self._path, json.dumps(kept, indent=1).encode())

    def _wrapping(self, kept: dict[str, str | int], passphrase: str | None) -> bytes:
        if kept["wrap"] == "keyring":
            return self._from_ring(str(kept["name"]))
        cost = Cost(int(kept["memory_kib"]), int(kept["passes"]), int(kept["lanes"]))
        return self._derived(passphrase, _bytes(kept["salt"]), cost)

    def _read(self) -> dict[str, str | int]:
        try:
            kept = json.loads(self._content())
            if kept["wrap"] not in {"argon2id", "keyring"}:
                raise CounterError(FailureCode.STORE_NEWER, file=KEY_FILE)
        except (ValueError, KeyError, TypeError) as error:
            raise CounterError(FailureCode.STORE_CORRUPT, file=KEY_FILE) from error
        return dict(kept)

    def _content(self) -> bytes:
        with translated():
            return self._path.read_bytes()

    def _ring_works(self) -> bool:
        name = f"probe-{secrets.token_hex(4)}"
        try:
            self._ring.set_password(SERVICE, name, "probe")
            works = self._ring.get_password(SERVICE, name) == "probe"
            self._ring.delete_password(SERVICE, name)
        except (keyring.errors.KeyringError, OSError, RuntimeError):
            return False
        return works

    def _into_ring(self, name: str, wrapping: bytes) -> None:
        try:
            self._ring.set_password(SERVICE, name, base64.b64encode(wrapping).decode())
        except (keyring.errors.KeyringError, OSError, RuntimeError) as error:
            raise CounterError(FailureCode.PASSPHRASE_MISSING, cause="keyring") from error

    def _from_ring(self, name: str) -> bytes:
        try:
            text = self._ring.get_password(SERVICE, name)
        except (keyring.errors.KeyringError, OSError, RuntimeError) as error:
            raise CounterError(FailureCode.STORE_KEY_WRONG, cause="keyring") from error
        if text is None:
            raise CounterError(FailureCode.STORE_KEY_WRONG, cause="keyring_has_none")
        return base64.b64decode(text)

    def _derived(self, passphrase: str | None, salt: bytes, cost: Cost) -> bytes:
        if not passphrase:
            raise CounterError(FailureCode.PASSPHRASE_MISSING)
        return hash_secret_raw(
            passphrase.encode(),
            salt,
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )


def _bytes(value: str | int) -> bytes:
    return base64.b64decode(str(value))


def _wrap(wrapping: bytes, key: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(wrapping).encrypt(nonce, key, _PURPOSE)


def _unwrap(wrapping: bytes, wrapped: bytes) -> bytes:
    try:
        return AESGCM(wrapping).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], _PURPOSE)
    except (InvalidTag, ValueError) as error:
        raise CounterError(FailureCode.STORE_KEY_WRONG) from error
