"""What judges receipts at head office: the verifier over a folder of trusted certificates."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from counter_app.bootstrap.clock import SystemClock
from counter_app.ports.clock import Clock
from counter_app.ports.receipt_judge import JudgedReceipt


@dataclass(frozen=True, slots=True)
class TrustedJudge:
    """Judges one receipt at a time.

    The folder is read anew for each, so that a certificate or a revocation counts at once. What
    draws and judges is loaded with the first: head office does not wait for it when it starts.
    """

    trust: Path
    clock: Clock = field(default_factory=SystemClock)
    _turn: Lock = field(default_factory=Lock, repr=False)

    def require(self) -> None:
        """Read the folder once, to fail early.

        Raises:
            CounterError: TRUST_MISSING, SETTINGS_INVALID.
        """
        from counter_app.receipt.trust import load_trust

        load_trust(self.trust)

    def judge(self, data: bytes, language: str) -> JudgedReceipt:
        """Judge a receipt; see `ports.receipt_judge.ReceiptJudge`."""
        from counter_app.bootstrap.places import fonts_folder
        from counter_app.receipt.commands import verdict_words, verifier

        with self._turn:
            verdict = verifier(fonts_folder(), self.trust, self.clock).verify(data)
        return JudgedReceipt(verdict, tuple(verdict_words(verdict, language)))
