"""Writing the waiting messages to a stick."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from counter_app.domain.submission import OutboxMessage
from counter_app.errors import CounterError, FailureCode
from counter_app.wire.keys import SealingKeys
from counter_app.wire.outbox_file import write_outbox


def export_outbox(
    path: Path,
    messages: Sequence[OutboxMessage],
    image: Callable[[str], bytes],
    keys: SealingKeys,
    now: datetime,
) -> int:
    """Write messages to a signed `.outbox` file; they stay queued, and may go twice without harm.

    Args:
        path: Where; replaced as a whole.
        messages: In the order in which they were accepted; with everything before them in their
            lanes that head office may lack.
        image: Returns an image by its hash; may raise IMAGE_UNKNOWN for one that was purged.
        keys: The counter's.
        now: Aware UTC.

    Returns:
        How many messages were written.

    Raises:
        CounterError: DISK_FULL when the stick is full; INPUT_INVALID when nothing can be written
            there; whatever `image` raises otherwise.
    """
    try:
        return write_outbox(path, messages, lambda sha256: _kept(image, sha256), keys, now)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EIO}:
            raise CounterError(FailureCode.DISK_FULL, part="outbox file") from error
        cause = error.strerror or "unknown"
        raise CounterError(FailureCode.INPUT_INVALID, file=path.name, cause=cause) from error


def _kept(image: Callable[[str], bytes], sha256: str) -> bytes | None:
    try:
        return image(sha256)
    except CounterError as error:
        if error.code is not FailureCode.IMAGE_UNKNOWN:
            raise
        return None
