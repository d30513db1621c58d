from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from counter_app.domain.case_state import CaseState
from counter_app.domain.submission import Verdict
from counter_app.ports.stored import Retention
from counter_app.storage.memory import MemoryCaseStore
from counter_app.storage.memory_vault import MemoryVault
from counter_app.storage.purge import Purged, purge
from tests.contract.store.builders import NOW, decision, draft, queued


def test_a_refused_cases_pictures_go_at_once_and_its_reason_stays() -> None:
    store, vault = MemoryCaseStore(), MemoryVault()
    vault.put(b"1", "id_front", "case-1", NOW)
    with store.begin() as unit:
        unit.save_draft(draft(), NOW)
        unit.set_state("case-1", CaseState.REFUSED, NOW, "c01", "A11.used")
    assert purge(store, vault, Retention(), NOW) == Purged(0, 1, 0, 0)
    assert vault.images("case-1") == ()
    with store.view() as unit:
        assert unit.load("case-1").reason == "A11.used"
    assert purge(store, vault, Retention(), NOW + timedelta(days=90)) == Purged(1, 0, 0, 0)


def test_pictures_of_a_suspected_fraud_stay_with_the_case() -> None:
    store, vault = MemoryCaseStore(), MemoryVault()
    vault.put(b"1", "id_front", "case-1", NOW)
    with store.begin() as unit:
        suspect = replace(draft().summary, reason_code="11")
        unit.save_draft(draft(summary=suspect), NOW)
        unit.set_state("case-1", CaseState.REFUSED, NOW, "c01", "risk")
    assert purge(store, vault, Retention(), NOW).images == 0
    assert purge(store, vault, Retention(), NOW + timedelta(days=90)).images == 1


def test_an_interrupted_purge_is_finished_by_the_next() -> None:
    store, vault = MemoryCaseStore(), MemoryVault()
    queued(store)
    vault.put(b"1", "id_front", "case-1", NOW)
    vault.put(b"2", "id_back", "case-1", NOW)
    with store.begin() as unit:
        unit.store_decisions([decision(1, Verdict.APPLIED)], 1, NOW)
    vault.erase(vault.images("case-1")[0].sha256, "case-1")
    later = NOW + timedelta(days=8)
    assert purge(store, vault, Retention(), later) == Purged(1, 1, 0, 0)
    assert purge(store, vault, Retention(), later) == Purged(0, 0, 0, 0)


def test_waiting_cases_keep_their_pictures() -> None:
    store, vault = MemoryCaseStore(), MemoryVault()
    queued(store)
    vault.put(b"1", "id_front", "case-1", NOW)
    assert purge(store, vault, Retention(), NOW + timedelta(days=700)).images == 0


def test_a_parked_case_that_nobody_takes_up_goes_with_its_pictures() -> None:
    store, vault = MemoryCaseStore(), MemoryVault()
    with store.begin() as unit:
        unit.save_draft(draft(state=CaseState.PARKED), NOW)
    vault.put(b"1", "id_front", "case-1", NOW)
    assert purge(store, vault, Retention(), NOW + timedelta(days=89)) == Purged(0, 0, 0, 0)
    assert purge(store, vault, Retention(), NOW + timedelta(days=90)) == Purged(1, 1, 0, 0)
    assert vault.images("case-1") == ()
    with store.view() as unit:
        assert unit.parked() == ()
        assert unit.load("case-1").draft == b""


def test_giving_up_a_case_that_was_interrupted_is_finished_by_the_next() -> None:
    store, vault = MemoryCaseStore(), MemoryVault()
    with store.begin() as unit:
        unit.save_draft(draft(state=CaseState.PARKED), NOW)
        unit.abandon(Retention(), NOW + timedelta(days=90))
    vault.put(b"1", "id_front", "case-1", NOW)
    assert purge(store, vault, Retention(), NOW + timedelta(days=90)) == Purged(1, 1, 0, 0)
