"""Reading a file that somebody hands in instead of a picture from the camera."""

from __future__ import annotations

import stat
from pathlib import Path

from counter_app.errors import CounterError, FailureCode


def picture_bytes(path: Path, most: int) -> bytes:
    """Return a file's bytes.

    Args:
        path: A picture or a PDF file; what it is, its content says.
        most: Bytes that whoever asks can use; a larger file is refused unread.

    Raises:
        CounterError: IMAGE_UNREADABLE: it is gone, no plain file (a device or a pipe never
            ends) or not readable; IMAGE_TOO_LARGE.
    """
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise CounterError(FailureCode.IMAGE_UNREADABLE, reason="no plain file")
        if facts.st_size > most:
            raise CounterError(FailureCode.IMAGE_TOO_LARGE, bytes=facts.st_size)
        return path.read_bytes()
    except OSError as error:
        raise CounterError(FailureCode.IMAGE_UNREADABLE) from error
