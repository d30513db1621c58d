"""The branch copy with the customer's ink on it: pictured, matched by its code, kept and sent.

A clerk never says to which case a page belongs: the signed code on the page does. What was kept
first stays; a page that is pictured again is kept beside it, and the journal counts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import JournalAction, JournalEntry
from counter_app.domain.paper_parts import PaperKind
from counter_app.domain.paper_verdict import PaperFault, Verdict
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.clock import Clock
from counter_app.ports.paper import Verifier
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import CaseFilter, StoredCase
from counter_app.ports.vault import Vault
from counter_app.services.evidence import KIND, Evidence
from counter_app.services.pad_signatures import KIND as PAD_KIND

SIGNED = frozenset(
    {
        PaperKind.RECEIPT,
        PaperKind.SWAP_SLIP,
        PaperKind.VOID_NOTICE,
        PaperKind.CORRECTION,
    }
)
"""The papers of an accepted case that the customer signs."""
_GONE = frozenset({CaseState.VOIDED})


@dataclass(frozen=True, slots=True)
class SignedCopy:
    """A signed page that was kept.

    Attributes:
        count: How many different pictures of this paper are kept now; 1 is the one that counts.
        is_new: False when this very picture was kept before.
        is_queued: It was queued to head office now.
    """

    case_id: str
    number: str
    kind: PaperKind
    count: int
    is_new: bool
    is_queued: bool = False


@dataclass(frozen=True, slots=True)
class SignedCopies:
    """Keeps signed pages of one counter."""

    store: CaseStore
    vault: Vault
    verifier: Verifier
    clock: Clock
    evidence: Evidence

    def keep(self, pictures: tuple[bytes, ...], by: str) -> SignedCopy:
        """Match a pictured page to its case, keep the picture, and queue it to head office.

        Args:
            pictures: The same page as picture files, the one to keep first; the code may be
                readable on any of them.
            by: Staff number.

        Raises:
            CounterError: SIGNED_COPY_UNREADABLE: no readable code; SIGNED_COPY_FOREIGN: the code is
                forged or another institution's; SIGNED_COPY_UNKNOWN: no such paper was made at
                this counter; what store and vault raise.
        """
        verdict = self._judged(pictures)
        with self.store.view() as unit:
            case, kind = _match(unit, verdict)
        name = KIND + kind.value
        before = [kept for kept in self.vault.images(case.case_id) if kept.kind == name]
        now = self.clock.now()
        ref = self.vault.put(pictures[0], name, case.case_id, now)
        is_new = all(kept.sha256 != ref.sha256 for kept in before)
        copy = SignedCopy(case.case_id, verdict.number, kind, len(before) + int(is_new), is_new)
        facts = (("kind", kind.value), ("sha256", ref.sha256), ("copy", str(copy.count)))
        kept = self.vault.images(case.case_id)
        with self.store.begin() as unit:
            if is_new:
                act = JournalAction.SIGNED_COPY_KEPT
                unit.journal(JournalEntry(now, by, act, case.case_id, facts))
            is_queued = self.evidence.queue(unit, case.case_id, kept, by)
        return replace(copy, is_queued=is_queued)

    def owed(self) -> tuple[StoredCase, ...]:
        """Return the cases whose receipt came out but whose signed copy is not kept, oldest first.

        A case whose images were purged owes nothing any more.
        """
        with self.store.view() as unit:
            states = frozenset(CaseState) - _GONE
            cases = [
                case
                for case in unit.cases(CaseFilter(states=states))
                if case.acceptance_no is not None and case.purged_at is None
            ]
            out = [case for case in cases if _has_come_out(unit, case.case_id)]
        owed = [case for case in out if not self.is_kept(case.case_id)]
        return tuple(sorted(owed, key=lambda case: case.acceptance_no or ""))

    def is_kept(self, case_id: str) -> bool:
        """Say whether the signed receipt of a case is kept, on paper or from a pad."""
        names = {KIND + PaperKind.RECEIPT.value, PAD_KIND}
        return any(kept.kind in names for kept in self.vault.images(case_id))

    def _judged(self, pictures: tuple[bytes, ...]) -> Verdict:
        """Return what the first readable code says."""
        verdict = None
        for picture in pictures:
            verdict = self.verifier.verify(picture)
            if PaperFault.CODE_MISSING not in verdict.faults:
                break
        if verdict is None or PaperFault.CODE_MISSING in verdict.faults:
            raise CounterError(FailureCode.SIGNED_COPY_UNREADABLE)
        if verdict.faults:
            raise CounterError(FailureCode.SIGNED_COPY_FOREIGN, fault=verdict.faults[0].value)
        return verdict


def _match(unit: Unit, verdict: Verdict) -> tuple[StoredCase, PaperKind]:
    """Find the paper that was made here with this number and this record."""
    for case in unit.cases(CaseFilter(text=verdict.number)):
        for status in unit.paper_status(case.case_id):
            kind = PaperKind(status.kind)
            if kind not in SIGNED or case.acceptance_no != verdict.number:
                continue
            record = unit.paper(case.case_id, status.kind).record
            if hashlib.sha256(record).hexdigest() == verdict.record_sha256:
                return case, kind
    raise CounterError(FailureCode.SIGNED_COPY_UNKNOWN)


def _has_come_out(unit: Unit, case_id: str) -> bool:
    papers = unit.paper_status(case_id)
    return any(
        paper.kind == PaperKind.RECEIPT.value and paper.confirmed_at is not None for paper in papers
    )
