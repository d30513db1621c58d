"""Reading a file that somebody hands in instead of a picture from the camera."""

from __future__ import annotations

from pathlib import Path

from counter_app.errors import CounterError, FailureCode


def picture_bytes(path: Path, most: int) -> bytes:
    """Return a file's bytes.

    Args:
        path: A picture or a PDF file; what it is, its content says.
        most: Bytes that whoever asks can use; a larger file is refused unread.

    Raises:
        CounterError: IMAGE_UNREADABLE: it is gone or not readable; IMAGE_TOO_LARGE.
    """
    try:
        size = path.stat().st_size
        if size > most:
            raise CounterError(FailureCode.IMAGE_TOO_LARGE, bytes=size)
        return path.read_bytes()
    except OSError as error:
        raise CounterError(FailureCode.IMAGE_UNREADABLE) from error
