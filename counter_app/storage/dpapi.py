"""Windows' data protection (DPAPI) as the keyring of one data folder.

Secrets lie in `key.dpapi` beside `key.json`, each protected for the Windows account that made it
and for its own name: another account, another machine or an exchanged name opens nothing.
"""

from __future__ import annotations

import base64
import ctypes
import json
import sys
from ctypes import POINTER, Structure, byref, c_char, c_uint32
from pathlib import Path
from typing import Protocol

import keyring.errors

from counter_app.storage.durable import write_durably

FILE = "key.dpapi"
CRYPTPROTECT_UI_FORBIDDEN = 0x1


class Protection(Protocol):
    """Protects bytes for the account of this session."""

    def protect(self, secret: bytes, purpose: bytes) -> bytes:
        """Return protected bytes; KeyringError when the system refuses."""
        ...

    def open(self, blob: bytes, purpose: bytes) -> bytes:
        """Return the secret; KeyringError when it is not ours, or for another purpose."""
        ...


class DpapiRing:
    """What `KeyKeeper` uses of a keyring, on DPAPI."""

    def __init__(self, folder: Path, protection: Protection) -> None:
        self._path = folder / FILE
        self._protection = protection

    def get_password(self, service_name: str, username: str) -> str | None:
        """Return a secret, or None."""
        blob = self._kept().get(username)
        if blob is None:
            return None
        purpose = _purpose(service_name, username)
        return self._protection.open(base64.b64decode(blob), purpose).decode()

    def set_password(self, service_name: str, username: str, password: str) -> None:
        """Keep a secret."""
        blob = self._protection.protect(password.encode(), _purpose(service_name, username))
        self._keep({**self._kept(), username: base64.b64encode(blob).decode()})

    def delete_password(self, service_name: str, username: str) -> None:  # noqa: ARG002 - the port's
        """Forget a secret."""
        self._keep({name: blob for name, blob in self._kept().items() if name != username})

    def _kept(self) -> dict[str, str]:
        try:
            said = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise keyring.errors.KeyringError(FILE) from error
        return {str(name): str(blob) for name, blob in dict(said).items()}

    def _keep(self, kept: dict[str, str]) -> None:
        write_durably(self._path, json.dumps(kept, indent=1).encode())


class DataBlob(Structure):
    """DATA_BLOB of wincrypt.h: a length and a pointer."""

    _fields_ = (("cbData", c_uint32), ("pbData", POINTER(c_char)))


class Crypt32(Protocol):
    """What is used of crypt32.dll; arguments as the header declares them."""

    def CryptProtectData(self, *arguments: object) -> int:  # noqa: N802 - its name
        """Protect; 0 means failure."""
        ...

    def CryptUnprotectData(self, *arguments: object) -> int:  # noqa: N802 - its name
        """Open; 0 means failure."""
        ...


class Kernel32(Protocol):
    """What is used of kernel32.dll."""

    def LocalFree(self, memory: object) -> object:  # noqa: N802 - its name
        """Give memory back that the system handed out."""
        ...


class WindowsProtection:
    """CryptProtectData and CryptUnprotectData, without any dialog.

    Source: Windows, dpapi.h.
    """

    def __init__(self, crypt32: Crypt32, kernel32: Kernel32) -> None:
        self._crypt32, self._kernel32 = crypt32, kernel32

    def protect(self, secret: bytes, purpose: bytes) -> bytes:
        """Return protected bytes."""
        out, given, entropy = DataBlob(), _blob(secret), _blob(purpose)
        is_done = self._crypt32.CryptProtectData(
            byref(given), None, byref(entropy), None, None, CRYPTPROTECT_UI_FORBIDDEN, byref(out)
        )
        return self._taken(is_done, out)

    def open(self, blob: bytes, purpose: bytes) -> bytes:
        """Return the secret."""
        out, given, entropy = DataBlob(), _blob(blob), _blob(purpose)
        is_done = self._crypt32.CryptUnprotectData(
            byref(given), None, byref(entropy), None, None, CRYPTPROTECT_UI_FORBIDDEN, byref(out)
        )
        return self._taken(is_done, out)

    def _taken(self, is_done: int, out: DataBlob) -> bytes:
        if not is_done:
            raise keyring.errors.KeyringError("DPAPI")
        try:
            return ctypes.string_at(out.pbData, out.cbData)
        finally:
            self._kernel32.LocalFree(out.pbData)


def _blob(content: bytes) -> DataBlob:
    buffer = ctypes.create_string_buffer(content, len(content))
    return DataBlob(len(content), ctypes.cast(buffer, POINTER(c_char)))


def _purpose(service: str, name: str) -> bytes:
    return f"{service}\n{name}".encode()


if sys.platform == "win32":

    def windows_ring(folder: Path) -> DpapiRing | None:
        """Return the ring of a data folder."""
        return DpapiRing(folder, WindowsProtection(ctypes.windll.crypt32, ctypes.windll.kernel32))

else:

    def windows_ring(folder: Path) -> DpapiRing | None:  # noqa: ARG001 - of the other system
        """Return nothing: this system has another keyring."""
        return None
