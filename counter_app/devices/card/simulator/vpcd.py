"""Puts a simulated card into a virtual reader (vpcd), so that everything else is real.

Source: the protocol of vsmartcard's vpcd: two bytes of length, then a command; one-byte messages
0 to 4 are power off, power on, reset and "give the answer to reset".
"""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Callable

from counter_app.devices.card.simulator.card import SimulatedCard, refuse_in_production
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import Stop

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 35963
POWER_OFF, POWER_ON, RESET, GIVE_ATR = 0, 1, 2, 4
LOOK_EVERY_S = 0.1

_log = logging.getLogger(__name__)


def insert(
    card: SimulatedCard,
    address: tuple[str, int],
    stop: Stop,
    environment: str,
    on_inserted: Callable[[], None] = lambda: None,
) -> None:
    """Keep the card in the virtual reader until `stop` is set or the reader goes away.

    Args:
        card: What answers.
        address: Host and port of vpcd; one port is one reader slot.
        stop: Takes the card out.
        environment: The counter's environment.
        on_inserted: Called when the reader has accepted the card.

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION; READER_MISSING, nothing listens there.
    """
    refuse_in_production(environment)
    try:
        connection = socket.create_connection(address, timeout=5)
    except OSError as error:
        raise CounterError(FailureCode.READER_MISSING, port=address[1]) from error
    with connection:
        connection.settimeout(LOOK_EVERY_S)
        card.reset()
        on_inserted()
        _serve(card, connection, stop)


def _serve(card: SimulatedCard, connection: socket.socket, stop: Stop) -> None:
    while not stop.is_set():
        message = _message(connection, stop)
        if message is None:
            return
        answer = _answer(card, message)
        if answer is None:
            continue
        try:
            connection.sendall(len(answer).to_bytes(2, "big") + answer)
        except OSError:
            _log.info("virtual reader gone while answering")
            return


def _answer(card: SimulatedCard, message: bytes) -> bytes | None:
    if len(message) != 1:
        return card.process(message)
    if message[0] == GIVE_ATR:
        return card.atr
    if message[0] in (POWER_OFF, POWER_ON, RESET):
        card.reset()
    return None


def _message(connection: socket.socket, stop: Stop) -> bytes | None:
    head = _exactly(connection, 2, stop)
    return None if head is None else _exactly(connection, int.from_bytes(head, "big"), stop)


def _exactly(connection: socket.socket, count: int, stop: Stop) -> bytes | None:
    data = b""
    while len(data) < count:
        # vpcd sends length and body apart: without this each command waits 40 ms for the other
        # side's acknowledgement.
        if sys.platform == "linux":
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        try:
            part = connection.recv(count - len(data))
        except TimeoutError:
            if stop.is_set():
                return None
            continue
        except OSError:
            return None
        if not part:
            return None
        data += part
    return data
