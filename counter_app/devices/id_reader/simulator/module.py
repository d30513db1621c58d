"""The simulated security module: a card field, a state and the answers to requests."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from counter_app.devices.id_reader.frame import (
    SHORTEST_REQUEST,
    FrameBuffer,
    FrameFault,
    encode_frame,
)
from counter_app.devices.id_reader.sam_v import Command
from counter_app.devices.id_reader.simulator.disturbance import Disturbance, Piece, pieces
from counter_app.devices.id_reader.simulator.specimen import ResidentCardSpecimen
from counter_app.errors import CounterError, FailureCode

SPECIMEN_MODULE_NUMBER = bytes.fromhex("05000100A53A340187D61200B1CB7400")

_FORGET_AFTER_S = 1.0
_Code = tuple[int, int]
_READ_WITH_FINGERPRINTS: _Code = (0x30, 0x10)
_READ_BODY_NUMBER: _Code = (0x30, 0x05)
_SET_FRAME_SIZE: _Code = (0x61, 0xFF)
_SPEEDS: tuple[_Code, ...] = tuple((0x60, index) for index in range(5))
_READS: frozenset[_Code] = frozenset({Command.READ.value, _READ_WITH_FINGERPRINTS})


class CardPolicy(StrEnum):
    """Whether a card that was read is found again while it lies there."""

    LIFT_REQUIRED = "lift_required"
    REPEAT_ALLOWED = "repeat_allowed"


class Removal(StrEnum):
    """What the module does when the card leaves during a read."""

    REFUSE = "refuse"
    HANG_UP = "hang_up"


@dataclass(frozen=True, slots=True)
class Latency:
    """How long the module works on a request, in seconds."""

    find_s: float = 0.0
    select_s: float = 0.0
    read_s: float = 0.0

    def of(self, code: _Code) -> float:
        """Return the time for a request."""
        if code in _READS:
            return self.read_s
        return {Command.FIND.value: self.find_s, Command.SELECT.value: self.select_s}.get(code, 0.0)


LIFELIKE = Latency(find_s=0.1, select_s=0.05, read_s=0.8)


class _Phase(Enum):
    IDLE = auto()
    FOUND = auto()
    SELECTED = auto()
    CONSUMED = auto()


@dataclass(slots=True)
class _Order:
    """Something that is to happen to the next requests of one kind, or of any."""

    on: Command | None
    times: int
    status: tuple[int, int] | None = None
    disturbance: Disturbance | None = None

    def fits(self, code: _Code) -> bool:
        return self.times > 0 and (self.on is None or self.on.value == code)


class SimulatedIdCardReader:
    """A module with a card field; front ends carry its bytes over a pty, TCP or USB.

    Any thread may lay cards, remove them and order faults while a front end serves.
    """

    def __init__(
        self,
        *,
        environment: str,
        policy: CardPolicy = CardPolicy.LIFT_REQUIRED,
        latency: Latency | None = None,
        module_number: bytes = SPECIMEN_MODULE_NUMBER,
    ) -> None:
        """Set the module up without a card.

        Args:
            environment: Name of the environment from the settings.
            policy: Whether a card must be lifted before it is found again.
            latency: How long requests take; at once when not given.
            module_number: 16 bytes.

        Raises:
            CounterError: SIMULATOR_IN_PRODUCTION.
        """
        if environment == "production":
            raise CounterError(FailureCode.SIMULATOR_IN_PRODUCTION, simulator="id_reader")
        self._policy = policy
        self._latency = latency or Latency()
        self._module_number = module_number
        self._guard = threading.RLock()
        self._buffer = FrameBuffer(SHORTEST_REQUEST)
        self._fed_at = 0.0
        self._card: ResidentCardSpecimen | None = None
        self._phase = _Phase.IDLE
        self._orders: list[_Order] = []
        self._removal: Removal | None = None
        self._requests: list[_Code] = []

    @property
    def requests(self) -> tuple[_Code, ...]:
        """Command and parameter of every whole request so far."""
        with self._guard:
            return tuple(self._requests)

    @property
    def card(self) -> ResidentCardSpecimen | None:
        """The card on the reader."""
        with self._guard:
            return self._card

    def insert(self, card: ResidentCardSpecimen) -> None:
        """Lay a card on the reader."""
        with self._guard:
            self._card = card
            self._phase = _Phase.IDLE

    def remove(self) -> None:
        """Lift the card."""
        with self._guard:
            self._card = None
            self._phase = _Phase.IDLE

    def remove_during_read(self, removal: Removal) -> None:
        """Lift the card while the next read is under way."""
        with self._guard:
            self._removal = removal

    def inject(
        self, status: int, *, on: Command | None = None, times: int = 1, card_status: int = 0
    ) -> None:
        """Answer the next `times` requests with a status instead of doing what they ask.

        Args:
            status: The module's status byte.
            on: Only requests of this kind; any request when not given.
            times: How many requests.
            card_status: The two status bytes of the card.
        """
        with self._guard:
            self._orders.append(_Order(on, times, status=(card_status, status)))

    def disturb(
        self, disturbance: Disturbance, *, on: Command | None = None, times: int = 1
    ) -> None:
        """Spoil the next `times` answers, after the request was carried out."""
        with self._guard:
            self._orders.append(_Order(on, times, disturbance=disturbance))

    def receive(self, content: bytes) -> tuple[Piece, ...]:
        """Take bytes from the counter and return what goes back."""
        with self._guard:
            now = time.monotonic()
            if now - self._fed_at > _FORGET_AFTER_S:
                self._buffer.clear()
            self._fed_at = now
            self._buffer.feed(content)
            answers: list[Piece] = []
            while frame := self._buffer.take():
                match frame.fault:
                    case FrameFault.CHECKSUM:
                        answers += pieces(_answer(0x10), None, 0.0)
                    case FrameFault.LENGTH:
                        answers += pieces(_answer(0x11), None, 0.0)
                    case None:
                        answers += self._serve(frame.payload)
            return tuple(answers)

    def _serve(self, request: bytes) -> tuple[Piece, ...]:
        code = (request[0], request[1])
        self._requests.append(code)
        order = next((order for order in self._orders if order.fits(code)), None)
        if order is not None:
            order.times -= 1
        if order is not None and order.status is not None:
            card_status, status = order.status
            return pieces(_answer(status, card_status=card_status), None, self._latency.of(code))
        if code in _READS and self._removal is not None:
            return self._lift_during_read(code)
        frame = self._carry_out(code, request[2:])
        disturbance = order.disturbance if order is not None else None
        return pieces(frame, disturbance, self._latency.of(code))

    def _lift_during_read(self, code: _Code) -> tuple[Piece, ...]:
        removal, self._removal = self._removal, None
        self.remove()
        if removal is Removal.HANG_UP:
            return ()
        return pieces(_answer(0x41, card_status=0x6A82), None, self._latency.of(code))

    def _carry_out(self, code: _Code, parameters: bytes) -> bytes:
        actions: dict[_Code, Callable[[], bytes]] = {
            Command.RESET.value: self._reset,
            Command.STATUS.value: lambda: _answer(0x90),
            Command.MODULE_NUMBER.value: lambda: _answer(0x90, self._module_number),
            Command.FIND.value: self._find,
            Command.SELECT.value: self._select,
            Command.READ.value: lambda: self._read(with_fingerprints=False),
            _READ_WITH_FINGERPRINTS: lambda: self._read(with_fingerprints=True),
            Command.READ_APPENDED.value: self._read_appended,
            _READ_BODY_NUMBER: lambda: _answer(0x90, bytes(28)) if self._card else _answer(0x41),
            _SET_FRAME_SIZE: lambda: _answer(0x90 if _is_frame_size(parameters) else 0x21),
            **dict.fromkeys(_SPEEDS, lambda: _answer(0x90)),
        }
        return actions.get(code, lambda: _answer(0x21))()

    def _reset(self) -> bytes:
        self._phase = _Phase.IDLE
        return _answer(0x90)

    def _find(self) -> bytes:
        is_spent = self._phase is _Phase.CONSUMED and self._policy is CardPolicy.LIFT_REQUIRED
        if self._card is None or is_spent:
            return _answer(0x80)
        self._phase = _Phase.FOUND
        return _answer(0x9F, bytes(4))

    def _select(self) -> bytes:
        if self._phase is not _Phase.FOUND:
            return _answer(0x81)
        self._phase = _Phase.SELECTED
        return _answer(0x90, bytes(8))

    def _read(self, *, with_fingerprints: bool) -> bytes:
        if self._card is None or self._phase is not _Phase.SELECTED:
            return _answer(0x41)
        if self._card.refusal is not None:
            self._phase = _Phase.IDLE
            return _answer(self._card.refusal, card_status=0x6988)
        self._phase = _Phase.CONSUMED
        if with_fingerprints:
            return _answer(0x90, self._card.reading_with_fingerprints)
        return _answer(0x90, self._card.reading)

    def _read_appended(self) -> bytes:
        if self._card is None:
            return _answer(0x41)
        return _answer(0x90, self._card.appended) if self._card.appended else _answer(0x91)


def _answer(status: int, content: bytes = b"", *, card_status: int = 0) -> bytes:
    return encode_frame(card_status.to_bytes(2, "big") + bytes([status]) + content)


def _is_frame_size(parameters: bytes) -> bool:
    return len(parameters) == 1 and parameters[0] >= 0x18
