"""Reading the chip of a passport or travel permit, and watching the card readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from counter_app.domain.mrz import MrzKey
from counter_app.domain.travel_document import TravelDocumentChip
from counter_app.ports.stop import Stop


class ChipPhase(StrEnum):
    """Where a reading stands."""

    WAITING = "waiting"
    OPENING = "opening"
    READING = "reading"
    CHECKING = "checking"


class PassedOver(StrEnum):
    """Why a card in a reader was not taken."""

    OTHER_FAMILY = "other_family"
    MUTE = "mute"
    IN_USE = "in_use"


@dataclass(frozen=True, slots=True)
class PassedOverCard:
    """A card that lies in a reader and is not the one that is waited for.

    Attributes:
        lay_before: It was there when the wait began.
    """

    reader: str
    reason: PassedOver
    lay_before: bool = False


@dataclass(frozen=True, slots=True)
class ChipProgress:
    """One step of a reading.

    Attributes:
        done_bytes: Read so far, over all files.
        total_bytes: Of the files whose length is known by now; grows when another file is begun.
        passed_over: Cards of other kinds lying in readers, while waiting.
    """

    phase: ChipPhase
    done_bytes: int = 0
    total_bytes: int = 0
    passed_over: tuple[PassedOverCard, ...] = ()


class TravelDocumentReader(Protocol):
    """Waits for a travel document and reads its chip."""

    def read(
        self, key: MrzKey, stop: Stop, on_progress: Callable[[ChipProgress], None]
    ) -> TravelDocumentChip:
        """Wait until a travel document lies on a reader, open it and read it.

        A card of another kind that lay in a reader before is passed over, and the waiting goes on
        unless no reader is free; one that is put in while waiting ends the reading.

        Args:
            key: From the printed machine readable zone.
            stop: Ends the waiting or reading within 0.25 s.
            on_progress: Called on the caller's thread.

        Raises:
            CounterError: STOPPED; PCSC_UNAVAILABLE, READER_MISSING, READER_LOST, READER_BUSY;
                CARD_WRONG_KIND (no travel document), CARD_ACCESS_DENIED (the key does not open
                it), CARD_REMOVED, CARD_RESET, CARD_UNREADABLE (no answer), CARD_PROTOCOL (an
                answer outside the standard), CARD_RECORD_INVALID (data group 1 makes no sense).
        """
        ...


class ReaderState(StrEnum):
    """What a reader holds."""

    EMPTY = "empty"
    CARD = "card"
    MUTE_CARD = "mute_card"
    IN_USE = "in_use"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ReaderStatus:
    """One reader for the diagnostics.

    Attributes:
        name: As the service lists it.
        atr: Answer to reset, upper-case hex; empty without a card.
        insertions: Cards put in since the watcher began to see the reader.
        last_error: Name of the last failure on this reader; empty when there was none.
    """

    name: str = field(repr=False)
    state: ReaderState
    atr: str
    insertions: int
    last_error: str


@dataclass(frozen=True, slots=True)
class CardInserted:
    """A card was put in or laid down; also told after a swap too quick to see the removal.

    Attributes:
        lay_before: It was there when the reader was looked at for the first time.
    """

    reader: str
    atr: str
    lay_before: bool = False


@dataclass(frozen=True, slots=True)
class CardTakenAway:
    """The card is gone."""

    reader: str


@dataclass(frozen=True, slots=True)
class ReadersChanged:
    """Readers were plugged in or out; `names` are those present now."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardServiceLost:
    """The smart card service does not answer; the watcher tries again by itself."""

    error: str


@dataclass(frozen=True, slots=True)
class CardServiceBack:
    """The smart card service answers (again)."""


CardEvent = CardInserted | CardTakenAway | ReadersChanged | CardServiceLost | CardServiceBack


class CardWatcher(Protocol):
    """Tells what happens on the card readers until it is closed."""

    def start(self, on_event: Callable[[CardEvent], None]) -> None:
        """Begin to watch; returns at once.

        Args:
            on_event: Called on the watcher's own thread; must return soon and never raise.
        """
        ...

    def readers(self) -> tuple[ReaderStatus, ...]:
        """Return what is known now; never blocks."""
        ...

    def service_error(self) -> str:
        """Return the name of the service's failure, or an empty text while it answers."""
        ...

    def close(self) -> None:
        """Stop watching; no event comes after this returns."""
        ...
