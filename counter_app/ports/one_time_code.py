"""One-time codes by text message; the code itself never passes through the counter's store."""

from __future__ import annotations

from typing import Protocol

from counter_app.ports.stop import Stop


class CodeSender(Protocol):
    """A gateway that sends codes and checks what the customer typed."""

    def send(self, number: str, stop: Stop) -> str:
        """Send a code to a number and return the gateway's name for the message.

        Raises:
            CounterError: CODE_GATEWAY_OFFLINE, CODE_NOT_SENT, STOPPED.
        """
        ...

    def check(self, message_id: str, code: str, stop: Stop) -> bool:
        """Say whether this is the code of that message.

        Raises:
            CounterError: CODE_GATEWAY_OFFLINE, STOPPED.
        """
        ...
