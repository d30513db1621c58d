"""A folder that takes the sealed files where there is no printer."""

from __future__ import annotations

import errno
import os
import re
import threading
from pathlib import Path

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.paper import JobId, PrinterHealth, PrintPhase, PrintState

_NOT_IN_A_NAME = re.compile(r"[^0-9A-Za-z-]+")


class FolderPrinter:
    """Writes each paper once, whatever the number of copies, under its title.

    Args:
        folder: Made when it is missing; files in it can be read by their owner only.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def submit(self, pdf: bytes, title: str, copies: int) -> JobId:  # noqa: ARG002 - one file
        """Write the very bytes.

        Raises:
            CounterError: DISK_FULL, PRINTER_REFUSED.
        """
        stem = _NOT_IN_A_NAME.sub("-", title).strip("-") or "paper"
        try:
            with self._lock:
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                path = self._free_path(stem)
                self._write(path, pdf)
        except OSError as error:
            is_full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            code = FailureCode.DISK_FULL if is_full else FailureCode.PRINTER_REFUSED
            raise CounterError(code, part="folder") from error
        return JobId(path.name)

    def state(self, job: JobId) -> PrintState:
        """Say that the file is there, or was taken away."""
        if Path(job).name == job and (self._folder / job).is_file():
            return PrintState(PrintPhase.DONE_BY_SPOOLER)
        return PrintState(PrintPhase.BLOCKED, FailureCode.PRINTER_REFUSED, goes_on=False)

    def cancel(self, job: JobId) -> None:
        """Do nothing: what is written is written."""

    def health(self) -> PrinterHealth:
        """Say whether the folder can be written."""
        existing = next(path for path in (self._folder, *self._folder.parents) if path.exists())
        is_ready = existing.is_dir() and os.access(existing, os.W_OK)
        return PrinterHealth("folder", None if is_ready else FailureCode.PRINTER_REFUSED)

    def _free_path(self, stem: str) -> Path:
        path, count = self._folder / f"{stem}.pdf", 1
        while path.exists():
            count += 1
            path = self._folder / f"{stem}-{count}.pdf"
        return path

    def _write(self, path: Path, pdf: bytes) -> None:
        half = path.with_suffix(".part")
        try:
            with os.fdopen(
                os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
            ) as file:
                file.write(pdf)
                file.flush()
                os.fsync(file.fileno())
            half.replace(path)
        except OSError:
            half.unlink(missing_ok=True)
            raise
