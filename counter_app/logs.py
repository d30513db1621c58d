"""Logging without personal data: constant texts, codes and counts; no texts of exceptions."""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from counter_app.errors import CounterError, FailureCode

FILE_NAME = "counter.log"
MOST_BYTES = 2_000_000
KEPT_FILES = 5
FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class DiscreetFormatter(logging.Formatter):
    """Writes where an exception arose and of which type, never what it says.

    A parser's message may quote the very data that it could not read.
    """

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - logging's name
        """Return type and places of an exception, and the code of a `CounterError`."""
        kind, error, trace = ei
        if kind is None:
            return ""
        places = [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        code = f" {error.code.value}" if isinstance(error, CounterError) else ""
        return "\n".join([*places, f"{kind.__name__}{code}"])


def start_logging(folder: Path | None) -> None:
    """Log to a rotating file in a folder, or to nowhere.

    Raises:
        CounterError: DISK_FULL when the file cannot be opened.
    """
    root = logging.getLogger("counter_app")
    root.setLevel(logging.INFO)
    root.propagate = False
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    if folder is None:
        root.addHandler(logging.NullHandler())
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(
            folder / FILE_NAME, maxBytes=MOST_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
        )
    except OSError as error:
        raise CounterError(FailureCode.DISK_FULL, part="log") from error
    file.setFormatter(DiscreetFormatter(FORMAT))
    root.addHandler(file)
