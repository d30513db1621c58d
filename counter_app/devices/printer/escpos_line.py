"""What every connection to a thermal printer has in common, whatever carries the bytes."""

from __future__ import annotations

from abc import abstractmethod

from escpos.escpos import Escpos

from counter_app.errors import FailureCode


class EscposLine(Escpos):  # type: ignore[misc] # python-escpos has no types
    """An open connection; python-escpos writes its commands through it.

    Attributes:
        is_two_way: The printer answers what it is asked (DLE EOT).
    """

    def __init__(self) -> None:
        self.is_two_way = True
        super().__init__(profile="default")  # some profiles refuse 576 dots

    def trouble(self) -> FailureCode | None:
        """Say what keeps a printer that does not answer from printing, as far as is known."""
        return None

    def finish(self) -> None:
        """Hand over what was written; called once everything was."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection; may be called twice."""

    @abstractmethod
    def _raw(self, msg: bytes) -> None:
        """Write bytes."""

    @abstractmethod
    def _read(self) -> bytes:
        """Read the answer to what was asked; empty when none comes."""
