from __future__ import annotations

import json
from pathlib import Path

import keyring.errors
import pytest

from counter_app.errors import CounterError, FailureCode
from counter_app.storage.keys import Cost, KeyKeeper

QUICK = Cost(memory_kib=8, passes=1, lanes=1)


class MemoryRing:
    """A keyring that works."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service_name: str, username: str) -> str | None:
        return self.kept.get((service_name, username))

    def set_password(self, service_name: str, username: str, password: str) -> None:
        self.kept[service_name, username] = password

    def delete_password(self, service_name: str, username: str) -> None:
        del self.kept[service_name, username]


class BrokenRing(MemoryRing):
    """A machine without a keyring service."""

    def set_password(self, service_name: str, username: str, password: str) -> None:
        raise keyring.errors.NoKeyringError

    def get_password(self, service_name: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked


def refused(keeper: KeyKeeper, passphrase: str | None = None) -> CounterError:
    with pytest.raises(CounterError) as caught:
        keeper.unlock(passphrase)
    return caught.value


def test_the_keyring_gives_the_same_key_again(tmp_path: Path) -> None:
    ring = MemoryRing()
    assert not KeyKeeper(tmp_path, ring).needs_passphrase()
    assert ring.kept == {}
    key = KeyKeeper(tmp_path, ring).unlock()
    assert len(key) == 32
    assert KeyKeeper(tmp_path, ring).unlock() == key
    assert len(ring.kept) == 1


def test_without_a_keyring_a_passphrase_does(tmp_path: Path) -> None:
    keeper = KeyKeeper(tmp_path, BrokenRing(), QUICK)
    assert keeper.needs_passphrase()
    key = keeper.unlock("八个字的长口令")
    again = KeyKeeper(tmp_path, BrokenRing(), QUICK)
    assert again.needs_passphrase()
    assert again.unlock("八个字的长口令") == key
    assert refused(again, "wrong").code is FailureCode.STORE_KEY_WRONG
    assert refused(again).code is FailureCode.PASSPHRASE_MISSING


def test_the_key_file_holds_no_key(tmp_path: Path) -> None:
    ring = MemoryRing()
    key = KeyKeeper(tmp_path, ring).unlock()
    content = (tmp_path / "key.json").read_bytes()
    assert key not in content
    assert key.hex().encode() not in content
    assert key.hex() not in "".join(ring.kept.values())
    assert (tmp_path / "key.json").stat().st_mode & 0o077 == 0


def test_nobodys_key_opens_another_folder(tmp_path: Path) -> None:
    ring = MemoryRing()
    first, second = tmp_path / "1", tmp_path / "2"
    first.mkdir()
    second.mkdir()
    key = KeyKeeper(first, ring).unlock()
    assert KeyKeeper(second, ring).unlock() != key
    names = [json.loads((folder / "key.json").read_text())["name"] for folder in (first, second)]
    assert names[0] != names[1]
    stolen = json.loads((first / "key.json").read_text()) | {"name": names[1]}
    (first / "key.json").write_text(json.dumps(stolen))
    assert refused(KeyKeeper(first, ring)).code is FailureCode.STORE_KEY_WRONG


def test_a_keyring_that_lost_the_secret_is_named(tmp_path: Path) -> None:
    KeyKeeper(tmp_path, MemoryRing()).unlock()
    assert refused(KeyKeeper(tmp_path, MemoryRing())).facts == {"cause": "keyring_has_none"}
    assert refused(KeyKeeper(tmp_path, BrokenRing())).facts == {"cause": "keyring"}


def test_the_same_key_may_be_wrapped_anew(tmp_path: Path) -> None:
    ring = MemoryRing()
    keeper = KeyKeeper(tmp_path, ring, QUICK)
    key = keeper.unlock()
    keeper.rewrap(key, "a passphrase")
    assert keeper.needs_passphrase()
    assert keeper.unlock("a passphrase") == key
    keeper.rewrap(key, None)
    assert keeper.unlock() == key


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"wrap":"argon2id"}', b"{}"])
def test_a_damaged_key_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key.json").write_bytes(content)
    error = refused(KeyKeeper(tmp_path, MemoryRing(), QUICK), "a passphrase")
    assert error.code is FailureCode.STORE_CORRUPT
    assert error.facts == {"file": "key.json"}


def test_a_key_file_of_a_newer_version_is_named(tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text('{"wrap":"tpm"}')
    assert refused(KeyKeeper(tmp_path, MemoryRing())).code is FailureCode.STORE_NEWER


def test_a_changed_wrapped_key_opens_nothing(tmp_path: Path) -> None:
    ring = MemoryRing()
    KeyKeeper(tmp_path, ring).unlock()
    kept = json.loads((tmp_path / "key.json").read_text())
    kept["wrapped"] = "AAAA" + kept["wrapped"][4:]
    (tmp_path / "key.json").write_text(json.dumps(kept))
    assert refused(KeyKeeper(tmp_path, ring)).code is FailureCode.STORE_KEY_WRONG
