"""Handing one message over: its images first, and before it what head office lacks of its lane."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from counter_app.domain.submission import MessageState, OutboxMessage
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.back_office import Ack, BackOffice, SkipReason
from counter_app.ports.outbox import Outbox
from counter_app.ports.stop import Stop
from counter_app.services.delivery_treatment import PREDECESSOR_MISSING

log = logging.getLogger(__name__)


class DeliveryStore(Protocol):
    """The part of the store that delivery needs; `CaseStore` is one."""

    def begin(self) -> AbstractContextManager[Outbox]:
        """Open a transaction that may write."""
        ...

    def view(self) -> AbstractContextManager[Outbox]:
        """Open a view for reading."""
        ...


class Images(Protocol):
    """Where the images of messages are; `Vault` is one."""

    def get(self, sha256: str) -> bytes:
        """Return the bytes. Raises IMAGE_UNKNOWN."""
        ...


class HandOver:
    """Puts messages into head office's hands."""

    def __init__(self, store: DeliveryStore, images: Images, office: BackOffice) -> None:
        self._store = store
        self._images = images
        self._office = office

    def to_office(
        self, message: OutboxMessage, stop: Stop, arrived: Callable[[OutboxMessage, Ack], None]
    ) -> None:
        """Hand a message over.

        Args:
            message: What is due.
            stop: Ends the call early.
            arrived: Called for every message that head office now holds, the oldest first.

        Raises:
            CounterError: As `BackOffice`, and as the store.
        """
        chain = [message]
        while chain:
            try:
                ack = self._put(chain[-1], stop)
            except CounterError as error:
                if error.facts.get("problem") != PREDECESSOR_MISSING:
                    raise
                self._go_back(chain, stop)
                continue
            arrived(chain.pop(), ack)

    def _put(self, message: OutboxMessage, stop: Stop) -> Ack:
        for sha256 in message.blobs:
            self._send_image(sha256, stop)
        ack = self._office.put_message(message, stop)
        if not ack.missing:
            return ack
        sent = [self._send_image(sha256, stop) for sha256 in ack.missing]
        return self._office.put_message(message, stop) if any(sent) else ack

    def _send_image(self, sha256: str, stop: Stop) -> bool:
        try:
            data = self._images.get(sha256)
        except CounterError as error:
            if error.code is not FailureCode.IMAGE_UNKNOWN:
                raise
            log.info("image no longer kept here: the message goes without it")
            return False
        self._office.put_blob(sha256, data, stop)
        return True

    def _go_back(self, chain: list[OutboxMessage], stop: Stop) -> None:
        """Head office lacks the one before: send that first, or say that it will not come."""
        missing = chain[-1].prev
        if missing is None or any(message.message_id == missing for message in chain):
            raise CounterError(
                FailureCode.OFFICE_REFUSED, problem=PREDECESSOR_MISSING + "-loop", retry="later"
            )
        try:
            with self._store.view() as outbox:
                before = outbox.message(missing)
        except CounterError as error:
            if error.code is not FailureCode.CASE_UNKNOWN:
                raise
            self._office.skip(missing, SkipReason.PURGED, stop)
            return
        reason = _will_not_come(before.state, before.message)
        if reason is None:
            chain.append(before.message)
            return
        self._office.skip(missing, reason, stop)


def _will_not_come(state: MessageState, message: OutboxMessage) -> SkipReason | None:
    if state is MessageState.VOIDED:
        return SkipReason.VOIDED
    if state is MessageState.FROZEN:
        return SkipReason.FROZEN
    return None if message.payload else SkipReason.PURGED
