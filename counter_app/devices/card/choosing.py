"""Waits for the right card in any reader, and knows why it did not take the others."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from counter_app.devices.card import pcsc
from counter_app.devices.card.connection import PcscLink
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import Stop
from counter_app.ports.travel_document import PassedOver, PassedOverCard

LOOK_EVERY_MS = 200
READERS_GRACE_S = 2.0
SERVICE_GRACE_S = 10.0
RETRY_PAUSE_S = 0.2
BUSY_AGAIN_S = 1.0

_log = logging.getLogger(__name__)

IsWanted = Callable[[PcscLink], bool]
OnPassedOver = Callable[[tuple[PassedOverCard, ...]], None]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What came of looking at the card that lies in a reader."""

    moves: int
    reason: PassedOver
    at_s: float

    def is_stale(self, now: pcsc.Seen) -> bool:
        is_moved = self.moves != now.moves
        is_busy = self.reason is PassedOver.IN_USE
        return is_moved or (is_busy and time.monotonic() - self.at_s > BUSY_AGAIN_S)


class CardChooser:
    """One waiting for one card."""

    def __init__(self, is_wanted: IsWanted, stop: Stop, reader: str = "") -> None:
        """Prepare to wait.

        Args:
            is_wanted: Looks at a connected card; may raise CounterError.
            stop: Ends the waiting.
            reader: Only this reader; any when empty.
        """
        self._is_wanted = is_wanted
        self._stop = stop
        self._only = reader
        self._looked: dict[str, _Looked] = {}
        self._is_first_look = True
        self._readers_missing_since = 0.0
        self._service_missing_since = 0.0

    def wait(self, on_passed_over: OnPassedOver) -> PcscLink:
        """Wait for the card.

        Args:
            on_passed_over: Told when the set of other cards changes.

        Returns:
            The card, connected and reset; the caller closes it.

        Raises:
            CounterError: STOPPED; PCSC_UNAVAILABLE, at once when the service was not there at
                first, after ten seconds when it went away; READER_MISSING and READER_LOST;
                CARD_WRONG_KIND and CARD_UNREADABLE for a card that was put in meanwhile.
        """
        told: tuple[PassedOverCard, ...] | None = None
        context: pcsc.Context | None = None
        try:
            while not self._stop.is_set():
                context, link = self._step(context)
                if link is not None:
                    return link
                passed_over = self.passed_over()
                if passed_over != told:
                    told = passed_over
                    on_passed_over(passed_over)
            raise CounterError(FailureCode.STOPPED)
        finally:
            if context is not None:
                context.release()

    def passed_over(self) -> tuple[PassedOverCard, ...]:
        """Return the cards that lie in readers and are others."""
        return tuple(PassedOverCard(name, found.reason) for name, found in self._looked.items())

    def _step(self, context: pcsc.Context | None) -> tuple[pcsc.Context | None, PcscLink | None]:
        try:
            context = context or pcsc.Context()
            self._service_missing_since = 0.0
            return context, self._look(context)
        except CounterError as error:
            if context is not None:
                context.release()
            if error.code is not FailureCode.PCSC_UNAVAILABLE:
                raise
            self._bear_without_service(error)
            return None, None

    def _bear_without_service(self, error: CounterError) -> None:
        now = time.monotonic()
        since = self._service_missing_since or now
        if self._is_first_look or now - since > SERVICE_GRACE_S:
            raise error
        self._service_missing_since = since
        self._looked.clear()
        self._readers_missing_since = 0.0
        self._stop.wait(RETRY_PAUSE_S)

    def _look(self, context: pcsc.Context) -> PcscLink | None:
        names = [name for name in context.readers() if self._only in ("", name)]
        if not names:
            self._bear_without_readers()
            return None
        self._readers_missing_since = 0.0
        seen = self._states(context, names)
        self._forget_what_moved(seen)
        for now in seen:
            if now.has_card and now.name not in self._looked:
                link = self._examined(now)
                if link is not None:
                    return link
        self._refuse_when_full(seen)
        self._is_first_look = False
        self._pause(context, seen)
        return None

    def _states(self, context: pcsc.Context, names: list[str]) -> tuple[pcsc.Seen, ...]:
        try:
            return context.wait([(name, 0) for name in names], 0) or ()
        except CounterError as error:
            if error.code is not FailureCode.READER_LOST:
                raise
            return ()

    def _pause(self, context: pcsc.Context, seen: tuple[pcsc.Seen, ...]) -> None:
        known = [(now.name, now.state & ~pcsc.STATE_CHANGED) for now in seen]
        try:
            context.wait(known, LOOK_EVERY_MS)
        except CounterError as error:
            if error.code is not FailureCode.READER_LOST:
                raise

    def _bear_without_readers(self) -> None:
        now = time.monotonic()
        self._readers_missing_since = self._readers_missing_since or now
        if now - self._readers_missing_since > READERS_GRACE_S:
            had_readers = not self._is_first_look
            code = FailureCode.READER_LOST if had_readers else FailureCode.READER_MISSING
            raise CounterError(code, reader=self._only)
        self._stop.wait(RETRY_PAUSE_S)

    def _forget_what_moved(self, seen: tuple[pcsc.Seen, ...]) -> None:
        present = {now.name: now for now in seen if now.has_card}
        for name in list(self._looked):
            if name not in present or self._looked[name].is_stale(present[name]):
                del self._looked[name]

    def _examined(self, now: pcsc.Seen) -> PcscLink | None:
        if now.state & pcsc.STATE_MUTE:
            self._pass_over(now, PassedOver.MUTE)
            return None
        try:
            link = PcscLink(now.name, self._stop)
        except CounterError as error:
            self._unconnected(now, error)
            return None
        try:
            if self._is_wanted(link):
                link.reset()
                return link
        except CounterError as error:
            link.close()
            self._unconnected(now, error)
            return None
        link.close()
        self._pass_over(now, PassedOver.OTHER_FAMILY)
        return None

    def _unconnected(self, now: pcsc.Seen, error: CounterError) -> None:
        match error.code:
            case FailureCode.CARD_REMOVED | FailureCode.CARD_RESET:
                # Put in and taken out again, or still bouncing: the next look will tell.
                self._stop.wait(RETRY_PAUSE_S)
            case FailureCode.READER_BUSY:
                self._pass_over(now, PassedOver.IN_USE)
            case FailureCode.CARD_UNREADABLE:
                self._pass_over(now, PassedOver.MUTE)
            case FailureCode.CARD_PROTOCOL:
                self._pass_over(now, PassedOver.OTHER_FAMILY)
            case _:
                raise error

    def _pass_over(self, now: pcsc.Seen, reason: PassedOver) -> None:
        _log.info("card passed over: reason=%s", reason.value)
        if not self._is_first_look and reason is not PassedOver.IN_USE:
            raise _refusal(reason)
        self._looked[now.name] = _Looked(now.moves, reason, time.monotonic())

    def _refuse_when_full(self, seen: tuple[pcsc.Seen, ...]) -> None:
        if not seen or any(not now.has_card for now in seen):
            return
        reasons = [found.reason for found in self._looked.values()]
        if len(reasons) == len(seen) and PassedOver.IN_USE not in reasons:
            raise _refusal(reasons[0])


def _refusal(reason: PassedOver) -> CounterError:
    if reason is PassedOver.MUTE:
        return CounterError(FailureCode.CARD_UNREADABLE, card="mute")
    return CounterError(FailureCode.CARD_WRONG_KIND)
