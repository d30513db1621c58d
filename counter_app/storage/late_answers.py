"""Which answers of head office come too late to move a case."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain.submission import MessageType
from counter_app.ports.stored import QueuedMessage

_ABOUT_THE_CHANGE = (MessageType.PHONE_REBIND, MessageType.MORE_DOCUMENTS)


def is_overtaken(queued: QueuedMessage, of_the_case: Sequence[QueuedMessage]) -> bool:
    """Say whether more documents were queued after this message: they will be answered instead.

    A restored head office gives its old answers once more; they must not open the case again.
    """
    if queued.message.type not in _ABOUT_THE_CHANGE:
        return False
    ids = [one.message.message_id for one in of_the_case]
    later = of_the_case[ids.index(queued.message.message_id) + 1 :]
    return any(one.message.type is MessageType.MORE_DOCUMENTS for one in later)
