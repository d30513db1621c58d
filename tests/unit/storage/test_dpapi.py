"""DPAPI: the documented calls, made to a stand-in of crypt32 that works on the same structures."""

from __future__ import annotations

import ctypes
import hashlib
import hmac
from pathlib import Path

import keyring.errors
import pytest

from counter_app.errors import CounterError, FailureCode
from counter_app.storage.dpapi import (
    CRYPTPROTECT_UI_FORBIDDEN,
    DataBlob,
    DpapiRing,
    WindowsProtection,
    windows_ring,
)
from counter_app.storage.keys import Cost, KeyKeeper

QUICK = Cost(memory_kib=8, passes=1, lanes=1)


class FakeWindows:
    """crypt32 and kernel32 of one Windows account: keyed, authenticated, freed by the caller."""

    def __init__(self, account: str) -> None:
        self.account = account.encode()
        self.lent: dict[int, ctypes.Array[ctypes.c_char]] = {}

    def CryptProtectData(self, *arguments: object) -> int:  # noqa: N802 - its name
        secret, entropy, out = self._taken(arguments)
        mask = hashlib.shake_256(self.account + entropy).digest(len(secret))
        body = bytes(a ^ b for a, b in zip(secret, mask, strict=True))
        self._lend(out, hmac.digest(self.account + entropy, body, "sha256") + body)
        return 1

    def CryptUnprotectData(self, *arguments: object) -> int:  # noqa: N802 - its name
        blob, entropy, out = self._taken(arguments)
        tag, body = blob[:32], blob[32:]
        if not hmac.compare_digest(tag, hmac.digest(self.account + entropy, body, "sha256")):
            return 0
        mask = hashlib.shake_256(self.account + entropy).digest(len(body))
        self._lend(out, bytes(a ^ b for a, b in zip(body, mask, strict=True)))
        return 1

    def LocalFree(self, memory: object) -> object:  # noqa: N802 - its name
        address = ctypes.cast(memory, ctypes.c_void_p).value  # type: ignore[arg-type] # a pointer
        assert address is not None
        del self.lent[address]
        return None

    def _taken(self, arguments: tuple[object, ...]) -> tuple[bytes, bytes, DataBlob]:
        given, words, entropy, reserved, prompt, flags, out = arguments
        assert (words, reserved, prompt, flags) == (None, None, None, CRYPTPROTECT_UI_FORBIDDEN)
        blobs = [vars_of(one) for one in (given, entropy, out)]
        read = [ctypes.string_at(one.pbData, one.cbData) for one in blobs[:2]]
        return read[0], read[1], blobs[2]

    def _lend(self, out: DataBlob, content: bytes) -> None:
        buffer = ctypes.create_string_buffer(content, len(content))
        self.lent[ctypes.addressof(buffer)] = buffer
        out.cbData, out.pbData = (
            len(content),
            ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)),
        )


def vars_of(reference: object) -> DataBlob:
    """Return what `byref` refers to."""
    blob = getattr(reference, "_obj")  # noqa: B009 - ctypes keeps it there
    assert isinstance(blob, DataBlob)
    return blob


def ring(folder: Path, windows: FakeWindows) -> DpapiRing:
    return DpapiRing(folder, WindowsProtection(windows, windows))


def test_the_data_key_is_the_same_in_the_next_session(tmp_path: Path) -> None:
    windows = FakeWindows("clerk")
    keeper = KeyKeeper(tmp_path, ring(tmp_path, windows), QUICK)
    assert not keeper.needs_passphrase()
    key = keeper.unlock()
    assert KeyKeeper(tmp_path, ring(tmp_path, windows), QUICK).unlock() == key
    assert windows.lent == {}, "memory that the system lent was not given back"
    kept = (tmp_path / "key.dpapi").read_bytes() + (tmp_path / "key.json").read_bytes()
    assert key not in kept
    assert key.hex().encode() not in kept


def test_another_windows_account_opens_nothing(tmp_path: Path) -> None:
    KeyKeeper(tmp_path, ring(tmp_path, FakeWindows("clerk")), QUICK).unlock()
    with pytest.raises(CounterError) as caught:
        KeyKeeper(tmp_path, ring(tmp_path, FakeWindows("thief")), QUICK).unlock()
    assert caught.value.code is FailureCode.STORE_KEY_WRONG


def test_a_secret_serves_only_under_its_own_name(tmp_path: Path) -> None:
    one = ring(tmp_path, FakeWindows("clerk"))
    one.set_password("service", "a", "secret of a")
    one.set_password("service", "b", "secret of b")
    text = (tmp_path / "key.dpapi").read_text()
    (tmp_path / "key.dpapi").write_text(text.replace('"a"', '"x"').replace('"b"', '"a"'))
    with pytest.raises(keyring.errors.KeyringError):
        one.get_password("service", "a")
    one.delete_password("service", "a")
    assert one.get_password("service", "a") is None
    (tmp_path / "key.dpapi").write_text("torn")
    with pytest.raises(keyring.errors.KeyringError):
        one.get_password("service", "x")


def test_here_the_systems_own_keyring_is_used(tmp_path: Path) -> None:
    assert windows_ring(tmp_path) is None
