"""Files that head office signs: accounts and the directory (Ed25519, RFC 8032).

What is signed is a line naming the purpose, followed by the SHA-256 of the content, so that a large
file is read once and never held in memory. The signature is base64 text, either in a file beside it
with `.sig` appended, or as the content's last line: `{"signature":"..."}`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from counter_app.errors import CounterError, FailureCode
from counter_app.storage.failures import disk_failure

_TAIL_BYTES = 4096


class Purpose(StrEnum):
    """What a signed file is for; a signature for one purpose is worth nothing for another."""

    ACCOUNTS = "accounts"
    DIRECTORY = "directory"


@dataclass(frozen=True, slots=True)
class _Parts:
    content_bytes: int
    signature: str


def sign_file(path: Path, purpose: Purpose, key: Ed25519PrivateKey) -> Path:
    """Write the signature beside a file and return its path."""
    digest = _digest(path, path.stat().st_size)
    signature = base64.b64encode(key.sign(_message(purpose, digest))).decode()
    beside = signature_of(path)
    beside.write_text(signature + "\n", encoding="ascii")
    return beside


def with_signature(content: bytes, purpose: Purpose, key: Ed25519PrivateKey) -> bytes:
    """Return content, which ends with a newline, with its signature as the last line."""
    digest = hashlib.sha256(content).digest()
    signature = base64.b64encode(key.sign(_message(purpose, digest))).decode()
    return content + json.dumps({"signature": signature}).encode() + b"\n"


def check_file(path: Path, purpose: Purpose, key: Ed25519PublicKey) -> int:
    """Check a file's signature before anything in it is believed.

    Returns:
        How many bytes from the beginning are the signed content.

    Raises:
        CounterError: RULES_SIGNATURE (fact `file`); INPUT_INVALID when there is no such file;
            STORE_LOCKED when it cannot be read.
    """
    try:
        parts = _parts(path)
        digest = _digest(path, parts.content_bytes)
    except (FileNotFoundError, IsADirectoryError) as error:
        allowed = "a file that can be read"
        raise CounterError(FailureCode.INPUT_INVALID, file=path.name, allowed=allowed) from error
    except OSError as error:
        raise disk_failure(error) from error
    try:
        signature = base64.b64decode(parts.signature, validate=True)
        key.verify(signature, _message(purpose, digest))
    except (InvalidSignature, binascii.Error, ValueError) as error:
        raise CounterError(FailureCode.RULES_SIGNATURE, file=path.name) from error
    return parts.content_bytes


def _parts(path: Path) -> _Parts:
    size = path.stat().st_size
    beside = signature_of(path)
    if beside.exists():
        return _Parts(size, beside.read_text("utf-8", errors="replace").strip())
    with path.open("rb") as file:
        file.seek(max(0, size - _TAIL_BYTES))
        tail = file.read()
    last = tail.rstrip(b"\n").rsplit(b"\n", 1)[-1]
    try:
        said = json.loads(last)
    except ValueError:
        said = None
    if not isinstance(said, dict) or set(said) != {"signature"}:
        return _Parts(size, "")
    return _Parts(size - len(tail) + tail.rindex(last), str(said["signature"]))


def _digest(path: Path, count: int) -> bytes:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while count > 0 and (chunk := file.read(min(count, 1 << 20))):
            found.update(chunk)
            count -= len(chunk)
    return found.digest()


def _message(purpose: Purpose, digest: bytes) -> bytes:
    return f"counter_app {purpose.value} v1\n".encode() + digest


def signature_of(path: Path) -> Path:
    """Return where the signature beside a file lies."""
    return path.with_name(path.name + ".sig")
