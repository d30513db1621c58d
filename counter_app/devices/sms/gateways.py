"""Gateways for one-time codes: the simulated one, and none.

A real gateway belongs to the institution; it implements `ports.one_time_code.CodeSender`.
"""

from __future__ import annotations

import secrets

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import Stop

PRODUCTION = "production"


class SimulatedCodeGateway:
    """Sends nothing: the code of a number is its last six digits, for training and demonstration.

    Raises:
        CounterError: SIMULATOR_IN_PRODUCTION.
    """

    def __init__(self, environment: str) -> None:
        if environment == PRODUCTION:
            raise CounterError(FailureCode.SIMULATOR_IN_PRODUCTION, device="codes")
        self._codes: dict[str, str] = {}

    def send(self, number: str, stop: Stop) -> str:
        """Note the code of a number under a fresh message name."""
        if stop.is_set():
            raise CounterError(FailureCode.STOPPED)
        if len(number) != 11:
            raise CounterError(FailureCode.CODE_NOT_SENT)
        message_id = secrets.token_hex(8)
        self._codes[message_id] = number[-6:]
        return message_id

    def check(self, message_id: str, code: str, stop: Stop) -> bool:
        """Compare in constant time."""
        if stop.is_set():
            raise CounterError(FailureCode.STOPPED)
        return secrets.compare_digest(self._codes.get(message_id, ""), code)


class NoCodeGateway:
    """The counter has no gateway, or no line to it: cases go on without a code (R22)."""

    def send(self, number: str, stop: Stop) -> str:  # noqa: ARG002 - the port's shape
        """Refuse."""
        raise CounterError(FailureCode.CODE_GATEWAY_OFFLINE)

    def check(self, message_id: str, code: str, stop: Stop) -> bool:  # noqa: ARG002
        """Refuse."""
        raise CounterError(FailureCode.CODE_GATEWAY_OFFLINE)
