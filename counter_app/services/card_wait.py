"""Waiting on over a card of another kind: it is told, and the right one may still come."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from counter_app.domain.card_phase import CardPhase
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.identity import Progress
from counter_app.ports.stop import Stop

T = TypeVar("T")

LOOK_AGAIN_S = 1.0

log = logging.getLogger(__name__)


def past_other_cards(read: Callable[[], T], stop: Stop, on_progress: Progress) -> T:
    """Read until a card of the right kind was read.

    Args:
        read: Waits for a card; CARD_WRONG_KIND means that another one was laid down.
        stop: Ends the wait.
        on_progress: Told about the other card.

    Raises:
        CounterError: What `read` raises besides CARD_WRONG_KIND; STOPPED.
    """
    while True:
        try:
            return read()
        except CounterError as error:
            if error.code is not FailureCode.CARD_WRONG_KIND:
                raise
            log.info("card of another kind: %s", error)
        on_progress(0, 0, CardPhase.OTHER_FAMILY)
        if stop.wait(LOOK_AGAIN_S):
            raise CounterError(FailureCode.STOPPED)
