"""What a person is told about how long things stay is what purging does: no sooner, no later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from counter_app.domain.case_state import CaseState
from counter_app.domain.journal import JournalAction, JournalEntry, counter_day
from counter_app.domain.submission import MessageState, Verdict
from counter_app.ports.retention import Kept, Sort
from counter_app.ports.store import CaseStore, Unit
from counter_app.ports.stored import (
    AgentVisit,
    LetterUse,
    PhoneBinding,
    Retention,
    RetentionClass,
    StoredPaper,
)
from counter_app.storage.memory_vault import MemoryVault
from counter_app.storage.purge import purge
from counter_app.storage.subject import held_about, note_correction
from tests.contract.store.builders import LANE, NOW, decision, draft, message

PERSON, PHONE = "11019919900307001X", "13900005678"
BODY = f'{{"number":"{PERSON}","phone":"{PHONE}"}}'.encode()
KEPT = Retention(case=timedelta(days=3))
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)
FAR = NOW + 1000 * DAY

Life = Callable[[Unit], None]


def _is_in(state: CaseState, reason_code: str = "02") -> Life:
    def live(unit: Unit) -> None:
        summary = replace(draft().summary, reason_code=reason_code)
        unit.save_draft(draft(body=BODY, summary=summary), NOW)
        if state is not CaseState.DRAFT:
            unit.set_state("case-1", state, NOW, "c01", "because")

    return live


def _accept(unit: Unit) -> None:
    unit.save_draft(draft(body=BODY), NOW)
    number = unit.next_acceptance_no("110199", "01", counter_day(NOW))
    unit.accept("case-1", number, NOW, "c01")
    unit.add_message(message("m1"))
    _remember(unit)


def _remember(unit: Unit) -> None:
    unit.put_paper(StoredPaper("case-1", "receipt", b"{}", b"%PDF", NOW), "c01")
    unit.record_letter(LetterUse("digest", "L-1", "case-1", NOW.date()), NOW, "c01")
    unit.record_agent(AgentVisit("agent", PERSON, LANE, NOW.date(), "case-1"))
    unit.record_phone(PhoneBinding(PHONE, PERSON, LANE, NOW.date(), "case-1"))


def _decide(verdict: Verdict) -> Life:
    def live(unit: Unit) -> None:
        _accept(unit)
        unit.store_decisions([decision(1, verdict)], 1, NOW)

    return live


def _void(unit: Unit) -> None:
    _accept(unit)
    unit.void_messages("case-1", NOW, "c01")
    unit.set_state("case-1", CaseState.VOIDED, NOW, "c01", "void")


def _acknowledge(unit: Unit) -> None:
    _accept(unit)
    unit.mark("m1", MessageState.ACKED, "", NOW)


LIVES: dict[str, Life] = {
    "draft": _is_in(CaseState.DRAFT),
    "parked": _is_in(CaseState.PARKED),
    "awaiting review": _is_in(CaseState.AWAITING_REVIEW),
    "refused": _is_in(CaseState.REFUSED),
    "refused, suspected fraud": _is_in(CaseState.REFUSED, "11"),
    "sent online": _is_in(CaseState.ADVISED_ONLINE),
    "accepted": _accept,
    "acknowledged": _acknowledge,
    "more is wanted": _decide(Verdict.NEED_MORE),
    "applied": _decide(Verdict.APPLIED),
    "rejected": _decide(Verdict.REJECTED),
    "void": _void,
}


def lived(store: CaseStore, life: Life) -> MemoryVault:
    """Let a case live, with a picture, a signed page, a sample of a signature and a correction."""
    vault = MemoryVault()
    with store.begin() as unit:
        life(unit)
    for kind in ("id_front", "letter", "signed_receipt", "pad_signature"):
        vault.put(kind.encode(), kind, "case-1", NOW)
    note_correction(store, "case-1", "the name is wrong", "s01", NOW)
    return vault


def told(store: CaseStore, vault: MemoryVault) -> tuple[Kept, ...]:
    found = held_about(store, vault, PHONE, KEPT) or held_about(store, vault, PERSON, KEPT)
    return found[0].kept if found else ()


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES.keys())
def test_everything_goes_when_it_was_said_to_go(store: CaseStore, life: Life) -> None:
    vault = lived(store, life)
    ends = sorted({kept.ends_at for kept in told(store, vault) if kept.ends_at is not None})
    for end in ends:
        for now in (end - INSTANT, end):
            _forget(store, vault, now)
            left = told(store, vault)
            due = [kept for kept in left if kept.ends_at is not None and kept.ends_at <= now]
            assert due == []
        assert all(kept.ends_at is None or kept.ends_at > end for kept in told(store, vault))


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES.keys())
def test_nothing_goes_before_it_was_said_to_go(store: CaseStore, life: Life) -> None:
    vault = lived(store, life)
    before = told(store, vault)
    assert {kept.sort for kept in before} >= {Sort.CASE, Sort.PICTURE, Sort.CORRECTION}
    ends = sorted({kept.ends_at or FAR for kept in before} - {NOW})
    before = tuple(kept for kept in before if kept.ends_at != NOW)
    for end in ends:
        _forget(store, vault, end - INSTANT)
        left = told(store, vault)
        stays = [kept for kept in before if (kept.ends_at or FAR) >= end]
        assert [_what(kept) for kept in stays if kept.sort is not Sort.JOURNAL] == [
            _what(kept) for kept in left if kept.sort is not Sort.JOURNAL
        ]


def _forget(store: CaseStore, vault: MemoryVault, now: datetime) -> None:
    """Forget on a day on which the counter works, as its journal shows."""
    with store.begin() as unit:
        unit.journal(JournalEntry(now, "c01", JournalAction.DAY_OPENED))
    purge(store, vault, KEPT, now)


def _what(kept: Kept) -> tuple[str, str]:
    return kept.sort.value, kept.kind


@pytest.mark.parametrize(
    ("life", "of_case", "case_ends", "pictures_end"),
    [
        ("parked", RetentionClass.ABANDONED, NOW + 90 * DAY, NOW + 90 * DAY),
        ("refused", RetentionClass.REFUSED, NOW + 90 * DAY, NOW),
        (
            "refused, suspected fraud",
            RetentionClass.REFUSED,
            NOW + 90 * DAY,
            NOW + 90 * DAY,
        ),
        ("acknowledged", RetentionClass.CASE, None, None),
        ("more is wanted", RetentionClass.CASE, None, None),
        ("applied", RetentionClass.CASE, NOW + 3 * DAY, NOW + 3 * DAY),
        ("void", RetentionClass.CASE, NOW + 3 * DAY, NOW + 3 * DAY),
    ],
)
def test_the_class_and_the_end_of_each_state(
    store: CaseStore,
    life: str,
    of_case: RetentionClass,
    case_ends: datetime | None,
    pictures_end: datetime | None,
) -> None:
    vault = lived(store, LIVES[life])
    kept = told(store, vault)
    (case,) = [one for one in kept if one.sort is Sort.CASE]
    assert (case.retention, case.ends_at) == (of_case, case_ends)
    pictures = [one for one in kept if one.sort is Sort.PICTURE]
    assert [one.kind for one in pictures] == [
        "id_front",
        "letter",
        "signed_receipt",
        "pad_signature",
    ]
    assert {one.ends_at for one in pictures} == {pictures_end}


def test_a_person_whose_case_was_purged_is_told_what_is_still_remembered(store: CaseStore) -> None:
    vault = lived(store, LIVES["applied"])
    purge(store, vault, KEPT, NOW + 3 * DAY)
    (held,) = held_about(store, vault, "+86 139-0000-5678", KEPT)
    assert held.case.purged_at is not None
    assert {_what(kept) for kept in held.kept} == {
        ("MESSAGE", "PHONE_REBIND"),
        ("REGISTER", "letter"),
        ("REGISTER", "agent"),
        ("REGISTER", "phone"),
        ("JOURNAL", ""),
    }
    assert held_about(store, vault, PERSON.lower(), KEPT) == (held,)
