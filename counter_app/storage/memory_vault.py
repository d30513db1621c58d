"""Pictures in memory: for rehearsals and tests."""

from __future__ import annotations

import hashlib
from datetime import datetime

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.vault import ImageRef

LARGEST_BYTES = 32 * 1024 * 1024


class MemoryVault:
    """Keeps pictures as long as the object lasts."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[ImageRef, bytes]] = {}

    def put(self, data: bytes, kind: str, case_id: str, now: datetime) -> ImageRef:
        """Keep bytes; the same bytes for the same case are kept once."""
        if len(data) > LARGEST_BYTES:
            raise CounterError(FailureCode.IMAGE_TOO_LARGE, bytes=len(data))
        digest = hashlib.sha256(data).hexdigest()
        ref = ImageRef(digest, len(data), kind, case_id, now)
        return self._kept.setdefault((digest, case_id), (ref, data))[0]

    def get(self, sha256: str) -> bytes:
        """Return the bytes."""
        for ref, data in self._kept.values():
            if ref.sha256 == sha256:
                return data
        raise CounterError(FailureCode.IMAGE_UNKNOWN)

    def images(self, case_id: str) -> tuple[ImageRef, ...]:
        """Return what is kept of a case, oldest first."""
        return tuple(ref for ref, _ in self._kept.values() if ref.case_id == case_id)

    def erase(self, sha256: str, case_id: str) -> None:
        """Forget a picture of a case."""
        if self._kept.pop((sha256, case_id), None) is None:
            raise CounterError(FailureCode.IMAGE_UNKNOWN)

    def sweep(self, _now: datetime) -> int:
        """Nothing can be left over in memory."""
        return 0
