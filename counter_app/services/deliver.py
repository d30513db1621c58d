"""Delivering what waits to head office, and bringing the answers back.

One step does one thing, so that a process loop, a rehearsal and a simulation in virtual time run
the same code. Time and chance are handed in. Nothing is ever deleted, whatever head office says.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from counter_app.domain.submission import MessageState, OutboxMessage
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.back_office import Ack, BackOffice, Contact
from counter_app.ports.outbox import Outbox
from counter_app.ports.stop import Stop
from counter_app.services.delivery_handover import DeliveryStore, HandOver, Images
from counter_app.services.delivery_pace import Pace, jittered
from counter_app.services.delivery_treatment import (
    Treatment,
    reason_of,
    treatment,
    treatment_of_question,
)

log = logging.getLogger(__name__)

_JUMP_S = 30.0
_LOOK_S = 1.0


class Delivery:
    """Sends message after message, each lane in its order, one request at a time."""

    def __init__(
        self,
        store: DeliveryStore,
        images: Images,
        office: BackOffice,
        chance: Callable[[], float],
        pace: Pace | None = None,
    ) -> None:
        self._store = store
        self._office = office
        self._handover = HandOver(store, images, office)
        self._chance = chance
        self._pace = pace or Pace()
        self._failures = 0
        self._lane_failures: dict[str, int] = {}
        self._quiet_until = 0.0
        self._release_at: float | None = 0.0
        self._poll_at = 0.0
        self._clock_offset: float | None = None
        self.contact = Contact()

    def resume(self) -> None:
        """Try at once: somebody signed in, mended the clock or plugged the network in."""
        self._quiet_until = 0.0
        self._release_at = 0.0
        self._failures = 0

    def is_online(self) -> bool:
        """Say whether head office answered when it was last asked."""
        return self.contact.last_contact is not None and self.contact.trouble is None

    def step(self, now: datetime, tick_s: float, stop: Stop, wait_s: float = 0.0) -> float:
        """Do one thing: send one message, or else ask for answers.

        Args:
            now: Wall clock, aware UTC.
            tick_s: Monotonic clock, seconds.
            stop: Ends the step early.
            wait_s: How long a question for answers may be held when there is nothing to send.

        Returns:
            Seconds until the next step is worth while; 0 for at once.

        Raises:
            CounterError: STOPPED, or a failure of the store (never one of head office).
        """
        self._notice_clock(now, tick_s)
        if tick_s < self._quiet_until:
            return self._quiet_until - tick_s
        self._release(tick_s)
        with self._store.view() as outbox:
            message = outbox.next_due(now)
        if message is not None and tick_s < self._poll_at:
            return self._send(message, now, tick_s, stop)
        if message is None and wait_s == 0.0 and tick_s < self._poll_at:
            return min(_LOOK_S, self._poll_at - tick_s)
        return self._question(now, tick_s, stop, 0.0 if message else wait_s)

    def _send(self, message: OutboxMessage, now: datetime, tick_s: float, stop: Stop) -> float:
        try:
            self._deliver(message, now, stop)
        except CounterError as error:
            return self._failed(treatment(error), error, message, now, tick_s)
        return 0.0

    def _question(self, now: datetime, tick_s: float, stop: Stop, wait_s: float) -> float:
        try:
            found = self._ask(now, tick_s, stop, wait_s)
        except CounterError as error:
            return self._failed(treatment_of_question(error), error, None, now, tick_s)
        return 0.0 if found or wait_s == 0.0 else _LOOK_S

    def _notice_clock(self, now: datetime, tick_s: float) -> None:
        """After a jump of the wall clock, waits that were set by the old time mean nothing."""
        offset = now.timestamp() - tick_s
        if self._clock_offset is None or abs(offset - self._clock_offset) > _JUMP_S:
            self._poll_at = 0.0
            with self._store.begin() as outbox:
                for queued in outbox.waiting():
                    if queued.state is MessageState.READY and queued.retry_at is not None:
                        outbox.postpone(queued.message.message_id, now, queued.reason)
        self._clock_offset = offset

    def _release(self, tick_s: float) -> None:
        if self._release_at is None or tick_s < self._release_at:
            return
        self._release_at = None
        with self._store.begin() as outbox:
            outbox.release_held()

    def _deliver(self, message: OutboxMessage, now: datetime, stop: Stop) -> None:
        with self._store.begin() as outbox:
            outbox.claim(message.message_id, now)
        self._handover.to_office(message, stop, lambda done, ack: self._arrived(done, ack, now))
        self._lane_failures.pop(message.lane, None)

    def _arrived(self, message: OutboxMessage, ack: Ack, now: datetime) -> None:
        with self._store.begin() as outbox:
            again = self._same_office(outbox, ack.epoch, now)
            outbox.mark(message.message_id, MessageState.ACKED, "", now)
        self._heard(ack.server_time, now)
        log.info("delivered: message=%s again=%d", message.message_id, again)

    def _same_office(self, outbox: Outbox, epoch: str, now: datetime) -> int:
        before = outbox.office_epoch()
        if before == epoch:
            return 0
        if before is not None:
            self._poll_at = 0.0
        return outbox.set_office_epoch(epoch, now)

    def _ask(self, now: datetime, tick_s: float, stop: Stop, wait_s: float) -> bool:
        with self._store.view() as outbox:
            after = outbox.cursor()
        watching = _UntilDue(stop, self._store, now)
        try:
            page = self._office.decisions(after, watching if wait_s > 0 else stop, wait_s)
        except CounterError as error:
            if error.code is FailureCode.STOPPED and not stop.is_set():
                return True
            raise
        self._poll_at = tick_s + self._pace.poll_s
        with self._store.begin() as outbox:
            restarted = outbox.office_epoch() not in {None, page.epoch}
            self._same_office(outbox, page.epoch, now)
            if page.decisions and not restarted:
                outbox.store_decisions(page.decisions, page.cursor, now)
        if restarted:
            self._poll_at = 0.0
        self._heard(page.server_time, now, wait_s)
        return bool(page.decisions) or restarted

    def _heard(self, server_time: datetime, now: datetime, held_s: float = 0.0) -> None:
        """Note a contact; a held answer came up to `held_s` seconds after `now`."""
        self._failures = 0
        skew = (now - server_time).total_seconds()
        if skew < 0.0:
            skew = min(0.0, skew + held_s)
        self.contact = Contact(last_contact=now, skew_s=skew)

    def _failed(
        self,
        how: Treatment,
        error: CounterError,
        message: OutboxMessage | None,
        now: datetime,
        tick_s: float,
    ) -> float:
        match how:
            case Treatment.RAISE:
                raise error
            case Treatment.HOLD_ALL:
                return self._hold(error, message, now, tick_s)
            case Treatment.BACK_OFF:
                return self._back_off(error, now, tick_s)
            case one_message:
                assert message is not None
                self._set_aside(one_message, error, message, now, tick_s)
                return 0.0

    def _hold(
        self, error: CounterError, message: OutboxMessage | None, now: datetime, tick_s: float
    ) -> float:
        if message is not None:
            self._mark(message, MessageState.HELD, reason_of(error), now)
        wait_s = self._pace.hold_s * (0.5 + self._chance())
        self._release_at = tick_s + wait_s
        return self._quiet(error, wait_s, now, tick_s)

    def _back_off(self, error: CounterError, now: datetime, tick_s: float) -> float:
        self._failures += 1
        wait_s = jittered(self._pace, self._failures, self._chance)
        told = error.facts.get("retry_after_s")
        if isinstance(told, int):
            wait_s = max(wait_s, told * (1.0 + 0.1 * self._chance()))
        return self._quiet(error, wait_s, now, tick_s)

    def _quiet(self, error: CounterError, wait_s: float, now: datetime, tick_s: float) -> float:
        self._quiet_until = tick_s + wait_s
        self.contact = Contact(
            last_contact=self.contact.last_contact,
            trouble=error.code,
            next_try=now + timedelta(seconds=wait_s),
            skew_s=self.contact.skew_s,
        )
        log.info("head office not reached: %s wait_s=%.1f", error.code.value, wait_s)
        return wait_s

    def _set_aside(
        self,
        how: Treatment,
        error: CounterError,
        message: OutboxMessage,
        now: datetime,
        tick_s: float,
    ) -> None:
        reason = reason_of(error)
        if how is Treatment.HOLD_MESSAGE:
            self._mark(message, MessageState.HELD, reason, now)
            self._release_at = tick_s + self._pace.cap_s
            return
        if how is Treatment.FREEZE:
            self._mark(message, MessageState.FROZEN, reason, now)
            log.warning("message frozen: message=%s reason=%s", message.message_id, reason)
            return
        failures = self._lane_failures.get(message.lane, 0) + 1
        self._lane_failures[message.lane] = failures
        wait_s = jittered(self._pace, failures, self._chance)
        with self._store.begin() as outbox:
            outbox.postpone(message.message_id, now + timedelta(seconds=wait_s), reason)

    def _mark(
        self, message: OutboxMessage, state: MessageState, reason: str, now: datetime
    ) -> None:
        with self._store.begin() as outbox:
            outbox.mark(message.message_id, state, reason, now)


class _UntilDue:
    """A stop that also ends a held question when something is there to be sent."""

    def __init__(self, stop: Stop, store: DeliveryStore, now: datetime) -> None:
        self._stop = stop
        self._store = store
        self._now = now
        self._looks = 0

    def is_set(self) -> bool:
        if self._stop.is_set():
            return True
        self._looks += 1
        if self._looks % 4:
            return False
        with self._store.view() as outbox:
            return outbox.next_due(self._now) is not None

    def wait(self, timeout_s: float) -> bool:
        return self._stop.wait(timeout_s) or self.is_set()
