"""A PIN that was refused once is never tried again by itself: tokens lock after a few tries.

Programs are restarted when they fail, so what keeps the tries has to outlive the program. Kept is
a salted scrypt hash of the refused PIN, beside the settings, not the PIN.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from contextlib import suppress
from pathlib import Path

from counter_app.errors import CounterError, FailureCode

_SALT = 16


class PinGuard:
    """Remembers the PIN that was refused last.

    Args:
        path: Where; absent until a PIN is refused.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def require_untried(self, pin: str) -> None:
        """Refuse a PIN that was refused before.

        Raises:
            CounterError: SEAL_PIN_WRONG, fact `tries` "kept": the token was not asked.
        """
        try:
            kept = self._path.read_bytes()
        except OSError:
            return
        if hmac.compare_digest(_hash(pin, kept[:_SALT]), kept[_SALT:]):
            raise CounterError(FailureCode.SEAL_PIN_WRONG, tries="kept")

    def note_refused(self, pin: str) -> None:
        """Remember a PIN that the token refused."""
        salt = os.urandom(_SALT)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        self._path.write_bytes(salt + _hash(pin, salt))

    def note_accepted(self) -> None:
        """Forget: the right PIN is in place."""
        with suppress(FileNotFoundError):
            self._path.unlink()


def _hash(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=2**14, r=8, p=1)
