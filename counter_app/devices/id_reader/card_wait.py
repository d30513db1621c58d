"""One wait for a card: find, select, read, and what to do when a step fails."""

from __future__ import annotations

import logging
from collections.abc import Callable

from counter_app.devices.id_reader.sam_v import (
    EMPTY,
    FOUND,
    NO_CARD,
    SUCCESS,
    UNRECOGNISED_ERROR,
    Answer,
    Command,
    SamV,
)
from counter_app.domain.resident_card import ResidentCard
from counter_app.domain.resident_record import RECORD_BYTES, parse_appended, parse_record
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.id_reader import ReadPhase, ReadProgress
from counter_app.ports.stop import Stop

log = logging.getLogger(__name__)

MAX_TRIES = 3

_LENGTH_BYTES = 4
_LONGEST_PHOTO = 1_024
_TROUBLE_WITH_CARD = frozenset(
    {
        FailureCode.CARD_UNREADABLE,
        FailureCode.CARD_REFUSED_READER,
        FailureCode.CARD_NOT_GENUINE,
    }
)
_TROUBLE_ON_LINE = frozenset({FailureCode.READER_GARBLED, FailureCode.READER_NO_ANSWER})
"""Failures that can pass when the sequence starts again at find."""

_LOOKS_LIKE_REMOVAL = frozenset({FailureCode.CARD_UNREADABLE, FailureCode.READER_NO_ANSWER})
"""Failures that mean a removed card when the next find finds none."""
_SILENT_ON_SECOND_LOOK = frozenset({ReadPhase.FOUND, ReadPhase.READING, ReadPhase.AGAIN})


class CardWait:
    """Polls one module until a card was read.

    Modules differ once a card was read: some find it again as long as it lies there, others say
    "no card" until it was lifted. Both end the same way here: the card handed over last is not
    handed over again before a find came back empty.
    """

    def __init__(
        self,
        module: SamV,
        stop: Stop,
        on_progress: Callable[[ReadProgress], None],
        last_identity: str | None,
    ) -> None:
        self._module = module
        self._stop = stop
        self._on_progress = on_progress
        self._last_identity = last_identity
        self._pauses = module.limits
        self._setbacks = 0
        self._setback: CounterError | None = None
        self._told: ReadProgress | None = None

    def run(self) -> ResidentCard:
        """Poll until a card was read; for the failures see `IdCardReader.wait_for_card`."""
        self._tell(ReadPhase.WAITING)
        while True:
            card = self._read() if self._is_found() else None
            if card is None:
                self._pause(self._pauses.poll_s)
            elif card.identity == self._last_identity:
                self._tell(ReadPhase.SAME_CARD)
                self._pause(self._pauses.same_card_s)
            else:
                self._tell(ReadPhase.DONE, RECORD_BYTES + len(card.photo_wlt))
                return card

    def _is_found(self) -> bool:
        answer = self._module.ask_again(Command.FIND, self._stop)
        if answer.status == FOUND:
            return True
        if answer.status == NO_CARD:
            self._note_empty()
        else:
            self._start_over(answer.failure(), _TROUBLE_WITH_CARD)
        return False

    def _note_empty(self) -> None:
        """Take an empty field for a removal, unless it is the card handed over last that left."""
        setback, self._setback = self._setback, None
        looks_like_removal = setback is not None and setback.code in _LOOKS_LIKE_REMOVAL
        if setback is not None and not looks_like_removal:
            raise setback
        if setback is not None and self._last_identity is None:
            raise CounterError(FailureCode.CARD_REMOVED, **setback.facts)
        self._setbacks = 0
        if self._last_identity is not None:
            self._last_identity = None
            self._tell(ReadPhase.WAITING)

    def _read(self) -> ResidentCard | None:
        """Read the found card; None when the sequence must start again."""
        self._tell(ReadPhase.FOUND)
        try:
            self._expect_success(self._module.ask(Command.SELECT, self._stop))
            answer = self._module.ask(Command.READ, self._stop, self._tell_bytes)
            self._expect_success(answer)
            text, photo = split_reading(answer.data)
        except CounterError as error:
            self._start_over(error, _TROUBLE_WITH_CARD | _TROUBLE_ON_LINE)
            return None
        card = parse_record(text, photo, self._module.number, self._appended())
        self._setback = None
        return card

    def _expect_success(self, answer: Answer) -> None:
        if answer.status == UNRECOGNISED_ERROR:
            self._module.ask(Command.RESET, self._stop)
        if answer.status != SUCCESS:
            raise answer.failure()

    def _start_over(self, error: CounterError, passing: frozenset[FailureCode]) -> None:
        """Count a setback, and give up after the last one or one that cannot pass."""
        self._setback = error
        self._setbacks += 1
        if error.code not in passing or self._setbacks >= MAX_TRIES:
            raise error
        log.info("id card read starts over: %s try=%d", error, self._setbacks)
        self._tell(ReadPhase.AGAIN)

    def _appended(self) -> tuple[str, ...]:
        """Read the addresses added after issue; a card or module without them is no failure."""
        try:
            answer = self._module.ask(Command.READ_APPENDED, self._stop)
            if answer.status == SUCCESS:
                return parse_appended(answer.data)
            if answer.status != EMPTY:
                log.info("appended addresses not read: status=%02X", answer.status)
        except CounterError as error:
            if error.code is FailureCode.STOPPED:
                raise
            log.info("appended addresses not read: %s", error)
        return ()

    def _tell(self, phase: ReadPhase, done: int = 0) -> None:
        self._tell_progress(ReadProgress(done, done, phase))

    def _tell_bytes(self, received: int, expected: int) -> None:
        self._tell_progress(ReadProgress(received, expected, ReadPhase.READING))

    def _tell_progress(self, progress: ReadProgress) -> None:
        """Pass on what is new; looking whether the same card still lies there is not."""
        is_second_look = self._told is not None and self._told.phase is ReadPhase.SAME_CARD
        if progress == self._told or (is_second_look and progress.phase in _SILENT_ON_SECOND_LOOK):
            return
        self._told = progress
        self._on_progress(progress)

    def _pause(self, duration_s: float) -> None:
        """Wait between two finds, looking at the stop as `Stop.wait` does."""
        if self._stop.wait(duration_s):
            raise CounterError(FailureCode.STOPPED)


def split_reading(reading: bytes) -> tuple[bytes, bytes]:
    """Split the answer to a read into text record and portrait.

    Args:
        reading: Two lengths of two bytes (big-endian), text, portrait.

    Raises:
        CounterError: READER_GARBLED when there is less data than the lengths say.
    """
    text_length, photo_length = (int.from_bytes(reading[at : at + 2], "big") for at in (0, 2))
    is_whole = len(reading) >= _LENGTH_BYTES + text_length + photo_length
    if len(reading) < _LENGTH_BYTES or not is_whole or photo_length > _LONGEST_PHOTO:
        raise CounterError(FailureCode.READER_GARBLED, reason="lengths", bytes=len(reading))
    split_at = _LENGTH_BYTES + text_length
    return reading[_LENGTH_BYTES:split_at], reading[split_at : split_at + photo_length]
