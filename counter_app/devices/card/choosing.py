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
MUTE_AGAIN_S, MOST_TRIES = 0.4, 4

_log = logging.getLogger(__name__)

IsWanted = Callable[[PcscLink], bool]
OnPassedOver = Callable[[tuple[PassedOverCard, ...]], None]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What came of looking at the card that lies in a reader; new when put in meanwhile."""

    moves: int
    reason: PassedOver
    at_s: float
    is_new: bool
    tries: int = 1

    def is_final(self) -> bool:
        """Say whether looking again would not help."""
        is_tried_out = self.tries >= MOST_TRIES or self.reason is not PassedOver.MUTE
        return is_tried_out and self.reason is not PassedOver.IN_USE

    def is_due(self, now: pcsc.Seen) -> bool:
        """Say whether to look again: it moved, was busy, or may have lain badly at first."""
        if self.moves != now.moves:
            return True
        age_s = time.monotonic() - self.at_s
        if self.reason is PassedOver.MUTE:
            return self.tries < MOST_TRIES and age_s > MUTE_AGAIN_S
        return self.reason is PassedOver.IN_USE and age_s > BUSY_AGAIN_S


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
        return tuple(
            PassedOverCard(name, found.reason, lay_before=not found.is_new)
            for name, found in self._looked.items()
        )

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
            known = self._looked.get(now.name)
            if now.has_card and (known is None or known.is_due(now)):
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
            if name not in present or self._looked[name].moves != present[name].moves:
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
        _log.info("card not examined: %s", error)
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
        known = self._looked.get(now.name)
        tries = known.tries + 1 if known is not None and known.reason is reason else 1
        _log.info("card passed over: reason=%s tries=%d", reason.value, tries)
        is_new = known.is_new if known is not None else not self._is_first_look
        found = _Looked(now.moves, reason, time.monotonic(), is_new, tries)
        if found.is_final() and is_new:
            raise _refusal(reason)
        self._looked[now.name] = found

    def _refuse_when_full(self, seen: tuple[pcsc.Seen, ...]) -> None:
        if not seen or any(not now.has_card for now in seen):
            return
        found = list(self._looked.values())
        if len(found) == len(seen) and all(looked.is_final() for looked in found):
            raise _refusal(found[0].reason)


def _refusal(reason: PassedOver) -> CounterError:
    if reason is PassedOver.MUTE:
        return CounterError(FailureCode.CARD_UNREADABLE, card="mute")
    return CounterError(FailureCode.CARD_WRONG_KIND)
