"""Forgetting what may go, across database and pictures; the sender runs it after answers came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.case_state import CaseState
from counter_app.ports.retention import SUSPECTED_FRAUD
from counter_app.ports.store import CaseStore
from counter_app.ports.stored import CaseFilter, Retention, StoredCase
from counter_app.ports.vault import Vault
from counter_app.storage.data_folder import DataFolder

_ENDED = frozenset({CaseState.REFUSED, CaseState.ADVISED_ONLINE, CaseState.ABANDONED})


@dataclass(frozen=True, slots=True)
class Purged:
    """How much went."""

    cases: int
    images: int
    payloads: int
    journal_rows: int


def purge(store: CaseStore, vault: Vault, retention: Retention, now: datetime) -> Purged:
    """Forget every class that is past its time.

    A case goes only when head office has decided every message of it, or when nobody went on with
    it before it was accepted. Pictures go first: a power cut in between leaves a case that the next
    run finishes, never a picture without a case.

    Args:
        store: The counter's.
        vault: The counter's.
        retention: How long each class stays.
        now: Not later than the true time: what goes does not come back.
    """
    with store.begin() as unit:
        unit.abandon(retention, now)
    images = _purge_ended(store, vault)
    cases = 0
    with store.view() as unit:
        due = unit.due_for_purge(retention, now)
    for case_id in due:
        erased = _erase(vault, case_id)
        with store.begin() as unit:
            unit.purge_case(case_id, erased, now)
        images += erased
        cases += 1
    with store.begin() as unit:
        payloads = unit.purge_payloads(retention, now)
        unit.purge_registers(retention, now)
        rows = unit.purge_journal(retention, now)
    return Purged(cases, images, payloads, rows)


def purge_folder(data: DataFolder, retention: Retention, now: datetime) -> Purged:
    """Forget as `purge` does, and leave no trace of it in the write-ahead log either.

    Files without a key, left by a power cut, go too.
    """
    done = purge(data.store, data.vault, retention, now)
    data.vault.sweep(now)
    data.database.checkpoint()
    return done


def _purge_ended(store: CaseStore, vault: Vault) -> int:
    with store.view() as unit:
        ended = unit.cases(CaseFilter(states=_ENDED, limit=100_000))
    return sum(_erase(vault, case.case_id) for case in ended if not _is_kept(case))


def _is_kept(case: StoredCase) -> bool:
    """Say whether pictures stay as long as the case, or went with it already."""
    return case.purged_at is not None or case.summary.reason_code == SUSPECTED_FRAUD


def _erase(vault: Vault, case_id: str) -> int:
    images = vault.images(case_id)
    for image in images:
        vault.erase(image.sha256, case_id)
    return len(images)
