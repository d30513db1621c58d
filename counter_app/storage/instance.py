"""One program at a data folder at a time."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from counter_app.errors import CounterError, FailureCode
from counter_app.storage.failures import disk_failure

WINDOW_LOCK = "window.lock"
"""Held in a data folder by the window that has it open."""

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class InstanceLock:
    """A lock that the operating system gives back when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Args:
            path: The lock file; it is made when absent and stays.

        Raises:
            CounterError: ANOTHER_INSTANCE when another process, or this one, holds it.
        """
        try:
            self._handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise disk_failure(error) from error
        try:
            _take(self._handle)
        except OSError as error:
            os.close(self._handle)
            self._handle = None
            raise CounterError(FailureCode.ANOTHER_INSTANCE, file=path.name) from error

    def release(self) -> None:
        """Give the lock back; more than once does no harm."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
