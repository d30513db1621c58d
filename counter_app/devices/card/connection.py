"""One card in one reader, spoken to from a thread of its own.

PC/SC knows no time limit: a card that never answers blocks its thread for ever. The caller here
waits for the thread with a limit and a `Stop`, and leaves it behind when one of them is reached.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from smartcard import scard

from counter_app.devices.card import pcsc
from counter_app.devices.card.capability import longest_answer
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import Stop

ANSWER_LIMIT_S = 20.0
LOOK_EVERY_S = 0.05
Result = TypeVar("Result")


@dataclass(slots=True)
class _Task(Generic[Result]):
    """Work for the thread, and what came of it."""

    work: Callable[[], Result]
    done: threading.Event = field(default_factory=threading.Event)
    results: list[Result] = field(default_factory=list)
    error: CounterError | None = None

    def run(self) -> None:
        try:
            self.results.append(self.work())
        except CounterError as error:
            self.error = error
        finally:
            self.done.set()


class PcscLink:
    """A card link over PC/SC; holds one transaction from connecting to closing."""

    def __init__(self, reader: str, stop: Stop, limit_s: float = ANSWER_LIMIT_S) -> None:
        """Connect and begin the transaction.

        Args:
            reader: Name as the service lists it.
            stop: Looked at while waiting for the card.
            limit_s: Longest time for one answer, in seconds.

        Raises:
            CounterError: READER_BUSY, READER_LOST, CARD_REMOVED, CARD_UNREADABLE,
                PCSC_UNAVAILABLE, STOPPED.
        """
        self.reader = reader
        self._stop = stop
        self._limit_s = limit_s
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._card = _Card(reader)
        self._is_left_behind = False
        self._thread = threading.Thread(target=self._work, name="card link", daemon=True)
        self._thread.start()
        try:
            self._most_answer = self._ask(self._card.connect)
        except CounterError:
            self.close()
            raise

    @property
    def most_answer(self) -> int:
        """Bytes of the longest answer that reader and card carry."""
        return self._most_answer

    def transmit(self, sent: bytes) -> bytes:
        """Send one encoded command and return data and status word."""
        return self._ask(lambda: self._card.transmit(sent))

    def reset(self) -> None:
        """Reset the card, keeping the transaction."""
        self._ask(self._card.reset)

    def close(self) -> None:
        """Reset the card and let it go; a thread that still waits for it ends when it can."""
        self._tasks.put(self._card.close)
        self._tasks.put(None)
        if not self._is_left_behind:
            self._thread.join(timeout=1.0)

    def _ask(self, work: Callable[[], Result]) -> Result:
        if self._is_left_behind:
            raise CounterError(FailureCode.CARD_UNREADABLE, step="no answer before")
        task = _Task(work)
        self._tasks.put(task.run)
        until = time.monotonic() + self._limit_s
        while not task.done.wait(LOOK_EVERY_S):
            if self._stop.is_set():
                self._is_left_behind = True
                raise CounterError(FailureCode.STOPPED)
            if time.monotonic() > until:
                self._is_left_behind = True
                raise CounterError(FailureCode.CARD_UNREADABLE, step="no answer")
        if task.error is not None:
            raise task.error
        return task.results[0]

    def _work(self) -> None:
        while (work := self._tasks.get()) is not None:
            work()


class _Card:
    """The PC/SC calls, all made on the link's own thread."""

    def __init__(self, reader: str) -> None:
        self._reader = reader
        self._context: pcsc.Context | None = None
        self._handle: int | None = None
        self._protocol = 0
        self._is_gone = False

    def connect(self) -> int:
        self._context = pcsc.Context()
        either = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        result, handle, protocol = scard.SCardConnect(
            self._context.handle, self._reader, scard.SCARD_SHARE_SHARED, either
        )
        pcsc.check(result, "connect")
        self._handle, self._protocol = handle, protocol
        pcsc.check(scard.SCardBeginTransaction(handle), "begin")
        result, _, _, _, atr = scard.SCardStatus(handle)
        pcsc.check(result, "status")
        is_block_wise = protocol == scard.SCARD_PROTOCOL_T1
        return longest_answer(self._control, bytes(atr)) if is_block_wise else 256

    def _control(self, code: int) -> bytes:
        result, answer = scard.SCardControl(self._handle, code, [])
        return bytes(answer) if result == scard.SCARD_S_SUCCESS else b""

    def transmit(self, sent: bytes) -> bytes:
        is_byte_wise = self._protocol == scard.SCARD_PROTOCOL_T0
        way = scard.SCARD_PCI_T0 if is_byte_wise else scard.SCARD_PCI_T1
        raw = without_expected(sent) if is_byte_wise else sent
        result, answer = scard.SCardTransmit(self._handle, way, list(raw))
        self._is_gone = result != scard.SCARD_S_SUCCESS or len(answer) < 2
        pcsc.check(result, "transmit")
        if self._is_gone:
            raise CounterError(FailureCode.CARD_REMOVED, step="transmit", length=len(answer))
        return bytes(byte & 0xFF for byte in answer)

    def reset(self) -> None:
        either = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        result, protocol = scard.SCardReconnect(
            self._handle, scard.SCARD_SHARE_SHARED, either, scard.SCARD_RESET_CARD
        )
        pcsc.check(result, "reset")
        self._protocol = protocol

    def close(self) -> None:
        if self._handle is not None:
            # A card that is gone must not be reset: pcscd would note an empty reader without
            # telling its own poll, and not see the next card until that is taken out again.
            last = scard.SCARD_LEAVE_CARD if self._is_gone else scard.SCARD_RESET_CARD
            scard.SCardEndTransaction(self._handle, scard.SCARD_LEAVE_CARD)
            scard.SCardDisconnect(self._handle, last)
            self._handle = None
        if self._context is not None:
            self._context.release()
            self._context = None


def without_expected(sent: bytes) -> bytes:
    """Drop the expected length where a command has data: with T=0 the answer is fetched apart.

    Source: ISO/IEC 7816-3 section 12.2.3, case 4S.
    """
    has_both = len(sent) > 5 and sent[4] and len(sent) == 5 + sent[4] + 1
    return sent[:-1] if has_both else sent
