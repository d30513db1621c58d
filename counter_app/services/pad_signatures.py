"""A signature written on a pad: bound to the paper it stands for, closed for the archive alone.

The movements of a hand are biometric data: they are never kept in the clear, and only the archive's
key, which is not on this computer, opens them. Ink on paper stays the rule; a pad needs the
customer's own consent. What was signed first stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.domain.paper_parts import PaperKind
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.clock import Clock
from counter_app.ports.store import CaseStore
from counter_app.ports.vault import Vault
from counter_app.wire import jose
from counter_app.wire.envelope import seal_blob
from counter_app.wire.keys import SealingKeys

KIND = "pad_receipt"
LEAST_SAMPLES = 12
"""Fewer are a touch, not a signature."""


class PenSource(StrEnum):
    """What wrote."""

    PEN = "pen"
    MOUSE = "mouse"


@dataclass(frozen=True, slots=True)
class PenSample:
    """Where the pen was.

    Attributes:
        t_ms: Milliseconds since the first sample.
        x: From the pad's left edge in tenths of a pixel; y from its upper edge.
        pressure: 0 (lifted) to 1023.
    """

    t_ms: int
    x: int = field(repr=False)
    y: int = field(repr=False)
    pressure: int


@dataclass(frozen=True, slots=True)
class PadSheet:
    """What is signed.

    Attributes:
        record_sha256: Of the receipt's canonical record, lower-case hex; shown beside the pad.
    """

    case_id: str
    number: str
    record_sha256: str


@dataclass(frozen=True, slots=True)
class PadSignatures:
    """Keeps signatures of one counter's pad.

    Attributes:
        keys: The institution's public key closes them.
        nonce: Makes a fresh text for each.
    """

    store: CaseStore
    vault: Vault
    keys: SealingKeys
    clock: Clock
    nonce: Callable[[], str]

    def sheet(self, case_id: str) -> PadSheet:
        """Return what a case's customer signs.

        Raises:
            CounterError: CASE_UNKNOWN: there is no receipt yet.
        """
        with self.store.view() as unit:
            case = unit.load(case_id)
            record = unit.paper(case_id, PaperKind.RECEIPT.value).record
        return PadSheet(case_id, case.acceptance_no or "", hashlib.sha256(record).hexdigest())

    def keep(
        self, sheet: PadSheet, samples: tuple[PenSample, ...], source: PenSource, by: str
    ) -> int:
        """Close a signature and keep it; returns how many are kept now, 1 is the one that counts.

        Args:
            sheet: As it was shown when the customer signed.
            samples: In order.
            source: What wrote.
            by: Staff number.

        Raises:
            CounterError: SIGNATURE_TOO_SHORT; CASE_UNKNOWN: the receipt is another one by now; what
                store and vault raise.
        """
        self._require_signed(sheet, samples)
        now = self.clock.now()
        copy = 1 + sum(kept.kind == KIND for kept in self.vault.images(sheet.case_id))
        record = _signature_record(sheet, samples, source, now, self.nonce())
        closed = seal_blob(record, self.keys.institution_key)
        ref = self.vault.put(closed, KIND, sheet.case_id, now)
        facts = (("sha256", ref.sha256), ("record", sheet.record_sha256), ("copy", str(copy)))
        with self.store.begin() as unit:
            act = JournalAction.SIGNED_ON_PAD
            unit.journal(JournalEntry(now, by, act, sheet.case_id, facts))
        return copy

    def _require_signed(self, sheet: PadSheet, samples: tuple[PenSample, ...]) -> None:
        if sum(sample.pressure > 0 for sample in samples) < LEAST_SAMPLES:
            raise CounterError(FailureCode.SIGNATURE_TOO_SHORT)
        if self.sheet(sheet.case_id) != sheet:
            raise CounterError(FailureCode.CASE_UNKNOWN, paper=PaperKind.RECEIPT.value)


def _signature_record(
    sheet: PadSheet, samples: tuple[PenSample, ...], source: PenSource, at: datetime, nonce: str
) -> bytes:
    """Return what the archive reads when it opens the signature: canonical JSON."""
    written: dict[str, jose.Json] = {
        "v": 1,
        "case": sheet.case_id,
        "number": sheet.number,
        "record_sha256": sheet.record_sha256,
        "at": at.isoformat(),
        "source": source.value,
        "nonce": nonce,
        "samples": [[one.t_ms, one.x, one.y, one.pressure] for one in samples],
    }
    return jose.canonical(written)
