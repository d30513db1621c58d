"""The outbox: messages to head office and its answers, inside one transaction of the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from counter_app.domain.submission import Decision, MessageState, OutboxMessage
from counter_app.ports.stored import QueuedMessage


class Outbox(Protocol):
    """Messages to head office, and its answers."""

    def last_in_lane(self, lane: str) -> str | None:
        """Return the message that the next one of `lane` must name as `prev`."""
        ...

    def add_message(self, message: OutboxMessage) -> None:
        """Queue a message. Raises CASE_UNKNOWN; CASE_IMMUTABLE for a known id or a wrong `prev`."""
        ...

    def next_due(self, now: datetime) -> OutboxMessage | None:
        """Return the oldest READY message that may go now.

        Its wait is over, and its predecessor has arrived or was set aside (frozen, voided): one bad
        message never blocks its lane.
        """
        ...

    def claim(self, message_id: str, now: datetime) -> None:
        """Note that sending begins; the case becomes SENT and can no longer be voided here.

        Raises:
            CounterError: CASE_UNKNOWN; CASE_IMMUTABLE when the message is not READY.
        """
        ...

    def postpone(self, message_id: str, until: datetime, reason: str) -> None:
        """Do not offer a READY message before `until`; `reason` is a failure code."""
        ...

    def mark(self, message_id: str, state: MessageState, reason: str, now: datetime) -> None:
        """Set where a message stands; a case whose messages are all there becomes ACKED."""
        ...

    def release_held(self) -> int:
        """Make every HELD message READY (after sign-in, clock or certificate were mended).

        Its reason stays with it until it has arrived or is held for another one.
        """
        ...

    def void_messages(self, case_id: str, now: datetime, by: str) -> None:
        """Withdraw a case's messages before they left; CASE_IMMUTABLE when one was claimed."""
        ...

    def message(self, message_id: str) -> QueuedMessage:
        """Return a message. Raises CASE_UNKNOWN."""
        ...

    def messages(self, case_id: str) -> tuple[QueuedMessage, ...]:
        """Return a case's messages in the order in which they were queued."""
        ...

    def waiting(self) -> tuple[QueuedMessage, ...]:
        """Return the messages that are READY, HELD or FROZEN, oldest first."""
        ...

    def message_ids(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of all messages there are, by case; their content is not read."""
        ...

    def waiting_count(self) -> int:
        """Return how many messages are READY, HELD or FROZEN."""
        ...

    def oldest_unsent(self, now: datetime) -> timedelta | None:
        """Return the age of the oldest waiting message, or None."""
        ...

    def store_decisions(self, decisions: Sequence[Decision], cursor: int, now: datetime) -> None:
        """Keep answers and the cursor together; cases follow where the answer may follow."""
        ...

    def decisions(self, case_id: str) -> tuple[Decision, ...]:
        """Return the answers for a case in the order in which they came."""
        ...

    def cursor(self) -> int:
        """Return the position up to which answers are kept; 0 before the first."""
        ...

    def office_epoch(self) -> str | None:
        """Return the incarnation of head office seen last."""
        ...

    def set_office_epoch(self, epoch: str, now: datetime) -> int:
        """Note head office's incarnation; when it changed, make everything kept READY again.

        Returns:
            How many messages will be sent again. The cursor starts again at 0 then.
        """
        ...

    def device_epoch(self) -> str:
        """Return this store's own incarnation; it changes when a backup is restored."""
        ...
