"""Watches the card readers and survives the service going and coming back.

The service's own counter of card movements is compared, so a card swapped between two looks is
told as well.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from counter_app.devices.card import pcsc
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.travel_document import (
    CardEvent,
    CardInserted,
    CardServiceBack,
    CardServiceLost,
    CardTakenAway,
    ReadersChanged,
    ReaderState,
    ReaderStatus,
)

WAIT_MS = 2000
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 2.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is known of one reader between two looks."""

    seen: pcsc.Seen
    insertions: int = 0
    last_error: str = ""


class PcscWatcher:
    """Implements `CardWatcher` with one thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._readers: dict[str, _Reader] = {}
        self._error = ""
        self._closing = threading.Event()
        self._context: pcsc.Context | None = None
        self._thread: threading.Thread | None = None
        self._on_event: Callable[[CardEvent], None] = _ignore

    def start(self, on_event: Callable[[CardEvent], None]) -> None:
        """Begin to watch; returns at once."""
        self._on_event = on_event
        self._thread = threading.Thread(target=self._run, name="card watcher", daemon=True)
        self._thread.start()

    def readers(self) -> tuple[ReaderStatus, ...]:
        """Return what is known now; never blocks for long."""
        with self._lock:
            known = tuple(self._readers.values())
        return tuple(
            ReaderStatus(
                reader.seen.name,
                state_of(reader.seen),
                reader.seen.atr.hex().upper(),
                reader.insertions,
                reader.last_error,
            )
            for reader in known
        )

    def service_error(self) -> str:
        """Return the name of the service's failure, or an empty text."""
        with self._lock:
            return self._error

    def close(self) -> None:
        """Stop watching; no event comes after this returns."""
        self._closing.set()
        thread = self._thread
        if thread is None:
            return
        while thread.is_alive():
            # A cancel between two waits is lost: repeat it until the thread is gone.
            context = self._context
            if context is not None:
                context.cancel()
            thread.join(timeout=0.02)

    def _run(self) -> None:
        pause_s = FIRST_PAUSE_S
        while not self._closing.is_set():
            try:
                self._watch()
            except CounterError as error:
                if error.code is FailureCode.STOPPED:
                    return
                if not self.service_error():
                    pause_s = FIRST_PAUSE_S
                self._lost(error)
            self._closing.wait(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    def _watch(self) -> None:
        context = pcsc.Context()
        self._context = context
        try:
            while not self._closing.is_set():
                self._look(context)
        finally:
            self._context = None
            context.release()

    def _look(self, context: pcsc.Context) -> None:
        names = context.readers()
        self._found()
        self._plugged(names)
        with self._lock:
            known = [
                (name, reader.seen.state & ~pcsc.STATE_CHANGED)
                for name, reader in self._readers.items()
            ]
        try:
            seen = context.wait([*known, (pcsc.PLUG_AND_PLAY, 0)], WAIT_MS)
        except CounterError as error:
            if error.code is FailureCode.READER_LOST:
                return
            raise
        for now in seen or ():
            if now.name != pcsc.PLUG_AND_PLAY and now.state & pcsc.STATE_CHANGED:
                self._changed(now)

    def _plugged(self, names: tuple[str, ...]) -> None:
        with self._lock:
            if tuple(self._readers) == names:
                return
            gone = [name for name in self._readers if name not in names]
            had_card = [name for name in gone if self._readers[name].seen.has_card]
            unaware = {name: _Reader(pcsc.Seen(name, 0, b"")) for name in names}
            self._readers = {name: self._readers.get(name, unaware[name]) for name in names}
        for name in had_card:
            self._tell(CardTakenAway(name))
        self._tell(ReadersChanged(names))

    def _changed(self, now: pcsc.Seen) -> None:
        with self._lock:
            before = self._readers.get(now.name)
            if before is None:
                return
            events = movements(before.seen, now)
            is_new = any(isinstance(event, CardInserted) for event in events)
            mute = "CARD_UNREADABLE" if now.state & pcsc.STATE_MUTE else before.last_error
            self._readers[now.name] = _Reader(now, before.insertions + is_new, mute)
        for event in events:
            self._tell(event)

    def _found(self) -> None:
        with self._lock:
            was_lost, self._error = bool(self._error), ""
        if was_lost:
            self._tell(CardServiceBack())

    def _lost(self, error: CounterError) -> None:
        with self._lock:
            is_new = not self._error
            self._error = str(error)
            held = [name for name, reader in self._readers.items() if reader.seen.has_card]
            self._readers = {}
        if is_new:
            _log.info("card service lost: %s", error)
            for name in held:
                self._tell(CardTakenAway(name))
            self._tell(CardServiceLost(error.code.value))

    def _tell(self, event: CardEvent) -> None:
        if not self._closing.is_set():
            self._on_event(event)


def _ignore(_event: CardEvent) -> None:
    """Nobody listens yet."""


def movements(before: pcsc.Seen, now: pcsc.Seen) -> tuple[CardEvent, ...]:
    """Return what happened on a reader between two looks, a swap included."""
    inserted = CardInserted(now.name, now.atr.hex().upper(), lay_before=not before.state)
    if before.has_card and now.has_card:
        is_swap = (now.moves - before.moves) % 65536 >= 2 or now.atr != before.atr
        return (CardTakenAway(now.name), inserted) if is_swap else ()
    if now.has_card:
        return (inserted,)
    return (CardTakenAway(now.name),) if before.has_card else ()


def state_of(seen: pcsc.Seen) -> ReaderState:
    """Return a reader's state for the diagnostics."""
    if seen.state & (pcsc.STATE_UNKNOWN | pcsc.STATE_UNAVAILABLE):
        return ReaderState.GONE
    if seen.state & pcsc.STATE_MUTE:
        return ReaderState.MUTE_CARD
    if seen.state & pcsc.STATE_EXCLUSIVE:
        return ReaderState.IN_USE
    return ReaderState.CARD if seen.has_card else ReaderState.EMPTY
